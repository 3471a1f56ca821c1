//! `a/b`, `mức tăng a so với b`, `nhỏ nhất(2; 2,5 × c/d)`.

use super::Problem;
use super::cursor::{Cursor, Parsed};
use super::token::Kind;
use crate::expr::{Expr, Function, Op};

type Named = Expr<String>;

/// A chain of operations is as deep as it is long.
const MAX_OPERANDS: usize = 100;

pub(super) fn expr(cursor: &mut Cursor) -> Parsed<Named> {
    cursor.deeper(|cursor| {
        let mut left = product(cursor)?;
        for _ in 0..MAX_OPERANDS {
            let op = if cursor.sign('+') {
                Op::Add
            } else if cursor.sign('-') {
                Op::Subtract
            } else {
                return Ok(left);
            };
            left = Expr::Binary(op, Box::new(left), Box::new(product(cursor)?));
        }
        Err(cursor.error(Problem::TooDeep))
    })
}

pub(super) fn product(cursor: &mut Cursor) -> Parsed<Named> {
    let mut left = factor(cursor)?;
    for _ in 0..MAX_OPERANDS {
        let op = if cursor.times() {
            Op::Multiply
        } else if cursor.over() {
            Op::Divide
        } else {
            return Ok(left);
        };
        left = Expr::Binary(op, Box::new(left), Box::new(factor(cursor)?));
    }
    Err(cursor.error(Problem::TooDeep))
}

fn factor(cursor: &mut Cursor) -> Parsed<Named> {
    if cursor.sign('-') {
        return cursor.deeper(|cursor| Ok(Expr::Negate(Box::new(factor(cursor)?))));
    }
    if cursor.sign('(') {
        return cursor.with_colon(true, parenthesis);
    }
    if let Some(value) = cursor.take_number() {
        return Ok(if cursor.sign('%') { Expr::Percent(value) } else { Expr::Number(value) });
    }
    // An input may be called like a word of the notation; then both readings are tried.
    let (declared, keyword) = (cursor.declared(), Keyword::at(cursor));
    let chosen = cursor.choose(declared.len() + usize::from(keyword.is_some()));
    match (declared.into_iter().nth(chosen), keyword) {
        (Some(found), _) => Ok(Expr::Input(cursor.take_declared(found))),
        (None, Some(keyword)) => keyword.read(cursor),
        (None, None) => input(cursor),
    }
}

/// The words with which an operand can begin.
enum Keyword {
    Max,
    Growth,
    Call(Function),
}

const MAX: &str = "điểm tối đa";
const GROWTH: &str = "mức tăng";

impl Keyword {
    fn at(cursor: &Cursor) -> Option<Self> {
        if cursor.sees(MAX) {
            Some(Self::Max)
        } else if cursor.sees(GROWTH) {
            Some(Self::Growth)
        } else {
            Function::ALL.into_iter().find(|function| cursor.sees(function.word())).map(Self::Call)
        }
    }

    fn read(self, cursor: &mut Cursor) -> Parsed<Named> {
        match self {
            Self::Max => {
                cursor.word(MAX);
                Ok(Expr::Max)
            }
            Self::Growth => {
                cursor.word(GROWTH);
                cursor.deeper(growth)
            }
            Self::Call(function) => {
                cursor.word(function.word());
                cursor.with_colon(true, |cursor| cursor.deeper(|cursor| call(cursor, function)))
            }
        }
    }
}

fn input(cursor: &mut Cursor) -> Parsed<Named> {
    match cursor.peek() {
        Some(Kind::Word(_) | Kind::Name(_)) => cursor.name().map(Expr::Input),
        _ => cursor.expected("số, tên số liệu hoặc dấu (", "a number, an input's name or ("),
    }
}

fn parenthesis(cursor: &mut Cursor) -> Parsed<Named> {
    let inner = expr(cursor)?;
    if cursor.sign(',') {
        cursor.need_word("nếu thiếu thì", "«nếu thiếu thì»", "“nếu thiếu thì” (if missing)")?;
        let second = expr(cursor)?;
        cursor.need_sign(')', "dấu )", ")")?;
        return Ok(Expr::Fallback(Box::new(inner), Box::new(second)));
    }
    cursor.need_sign(')', "dấu )", ")")?;
    Ok(inner)
}

fn growth(cursor: &mut Cursor) -> Parsed<Named> {
    let now = factor(cursor)?;
    cursor.need_word("so với", "«so với»", "“so với” (against)")?;
    Ok(Expr::Growth(Box::new(now), Box::new(factor(cursor)?)))
}

fn call(cursor: &mut Cursor, function: Function) -> Parsed<Named> {
    cursor.need_sign('(', "dấu (", "(")?;
    let mut arguments = vec![expr(cursor)?];
    while cursor.sign(';') {
        arguments.push(expr(cursor)?);
    }
    let (least, most) = function.arity();
    if arguments.len() < least || arguments.len() > most {
        return cursor.expected(
            "đúng số phần trong ngoặc (làm tròn, số ngày: 2 phần)",
            "the right number of arguments",
        );
    }
    cursor.need_sign(')', "dấu ; hoặc )", "; or )")?;
    Ok(Expr::Call(function, arguments))
}
