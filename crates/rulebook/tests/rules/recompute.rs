//! Recomputes a sentence as a person with a pocket calculator does: from nothing but what is printed.

use jiff::civil::Date;
use parindex_rulebook::calendar::{Calendar, days_between};
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;

/// What a sentence states.
#[derive(Debug, Default)]
pub struct Found {
    /// How many equations and comparisons it has; each of them is right.
    pub statements: usize,
    /// The points that it ends with.
    pub points: Option<Printed>,
}

/// A number as it is printed.
#[derive(Clone, Debug)]
pub struct Printed {
    value: Number,
    /// What the last digit is worth.
    unit: Number,
    /// Whether further digits were left out: `5,2347…`.
    cut: bool,
    /// Whether it was rounded: `≈ 5,2347`.
    near: bool,
}

impl Printed {
    /// Whether it is the value, its first digits, or the value rounded where it says so.
    pub fn stands_for(&self, value: &Number) -> bool {
        if self.near {
            return self.rounds(value);
        }
        let (printed, exact) = (self.value.clone().abs(), value.clone().abs());
        if self.cut { printed <= exact && exact < &printed + &self.unit } else { self.value == *value }
    }

    fn rounds(&self, value: &Number) -> bool {
        (self.value.clone() - value.clone()).abs() * Number::whole(2) <= self.unit
    }
}

#[derive(Clone, Debug)]
enum Token {
    Number(Printed),
    /// An operator, a parenthesis, or what compares two sides.
    Sign(char),
    Call(&'static str),
    Word(String),
}

/// Checks every equation and every comparison of a sentence.
pub fn recompute(sentence: &str, lang: Lang) -> Result<Found, String> {
    let told = sentence.split(lang.pick(" Số liệu:", " Figures:")).next().unwrap_or_default();
    let tokens = tokens(&without_labels(told), lang);
    let mut found = Found { statements: 0, points: points(&tokens) };
    for run in runs(&tokens) {
        found.statements += check(&run).map_err(|why| format!("{why}: «{sentence}»"))?;
    }
    for (phrase, holds) in phrases(lang) {
        let Some((before, after)) = told.split_once(phrase) else { continue };
        let (before, after) = (tokens_of(before, lang), tokens_of(after, lang));
        let (Some(left), Some(right)) = (before.last(), after.first()) else { continue };
        if !holds(left, right) {
            return Err(format!("{left:?}{phrase}{right:?}: «{sentence}»"));
        }
        found.statements += 1;
    }
    Ok(found)
}

type Holds = fn(&Printed, &Printed) -> bool;

/// What is said of the number before and the number after.
fn phrases(lang: Lang) -> [(&'static str, Holds); 4] {
    let below: Holds = |left, right| left.value < right.value;
    let reaches: Holds = |left, right| left.value >= right.value;
    let over: Holds = |left, right| left.value > right.value || (left.cut && left.value == right.value);
    lang.pick(
        [
            (", dưới ngưỡng ", below),
            (", dưới mức ", below),
            (", đạt ngưỡng ", reaches),
            (" vượt điểm tối đa nên lấy ", over),
        ],
        [
            (", below the threshold of ", below),
            (", below ", |left, right| left.value < right.value || right.value.is_zero()),
            (", reaches ", reaches),
            (" exceeds the maximum, so ", over),
        ],
    )
}

fn tokens_of(text: &str, lang: Lang) -> Vec<Printed> {
    let tokens = tokens(text, lang);
    let mut numbers = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Number(number) = token else { continue };
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        let operand = matches!(before(2), Some(Token::Number(_) | Token::Sign(')')));
        let negative = matches!(before(1), Some(Token::Sign('−'))) && !operand;
        let value = if negative { -number.value.clone() } else { number.value.clone() };
        numbers.push(Printed { value, ..number.clone() });
    }
    numbers
}

/// The last number with points behind it.
fn points(tokens: &[Token]) -> Option<Printed> {
    let is_unit = |token: &Token| matches!(token, Token::Word(unit) if ["điểm", "point", "points"].contains(&unit.as_str()));
    let at = (1..tokens.len())
        .rev()
        .find(|at| is_unit(&tokens[*at]) && matches!(tokens[at - 1], Token::Number(_)))?;
    let Token::Number(number) = &tokens[at - 1] else { return None };
    let near = at >= 2 && matches!(tokens[at - 2], Token::Sign('≈'));
    Some(Printed { near, ..number.clone() })
}

/// Labels of answers and figures are no arithmetic.
fn without_labels(text: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0;
    for letter in text.chars() {
        match letter {
            '«' | '“' => depth += 1,
            '»' | '”' => depth -= 1,
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

const CALLS: [&str; 12] = [
    "số ngày làm việc",
    "số ngày",
    "nhỏ nhất",
    "lớn nhất",
    "trung bình",
    "làm tròn",
    "working days",
    "days",
    "min",
    "max",
    "mean",
    "round",
];

/// What stands behind so many bytes.
fn after(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}

fn tokens(text: &str, lang: Lang) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((token, after)) = date_call(rest).or_else(|| number(rest, lang)) {
            tokens.push(Token::Number(token));
            rest = after;
            continue;
        }
        let call = CALLS
            .into_iter()
            .find(|call| rest.to_lowercase().strip_prefix(call).is_some_and(|after| after.starts_with('(')));
        if let Some(call) = call {
            tokens.push(Token::Call(call));
            rest = after(rest, call.len());
            continue;
        }
        let mut size = letter.len_utf8();
        match letter {
            ' ' => {}
            '+' | '−' | '×' | '/' | '÷' | '(' | ')' | '=' | '≈' | '<' | '>' | '≤' | '≥' | '≠' | ';' =>
            {
                tokens.push(Token::Sign(letter));
            }
            // As a division it stands between spaces.
            ':' if text.strip_suffix(rest).is_some_and(|before| before.ends_with(' ')) => {
                tokens.push(Token::Sign('÷'));
            }
            _ => {
                let word: String = rest.chars().take_while(|each| each.is_alphabetic()).collect();
                size = word.len().max(size);
                tokens.push(Token::Word(word));
            }
        }
        rest = after(rest, size);
    }
    tokens
}

/// Days between two dates, as the notation counts them.
fn date_call(text: &str) -> Option<(Printed, &str)> {
    let lower = text.to_lowercase();
    let names = ["số ngày làm việc(", "working days(", "số ngày(", "days("];
    let (at, name) = names.into_iter().enumerate().find(|(_, name)| lower.starts_with(name))?;
    let (arguments, rest) = after(text, name.len()).split_once(')')?;
    let (from, to) = arguments.split_once("; ")?;
    let date = |text: &str| -> Option<Date> {
        if text.contains('-') {
            return text.parse().ok();
        }
        let parts: Vec<i16> = text.split('/').filter_map(|part| part.parse().ok()).collect();
        let [day, month, year] = parts[..] else { return None };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let (from, to) = (date(from)?, date(to)?);
    let days =
        if at < 2 { Calendar::built_in().ok()?.working_days(from, to).ok()? } else { days_between(from, to) };
    Some((Printed { value: days.into(), unit: Number::ONE, cut: false, near: false }, rest))
}

fn number(text: &str, lang: Lang) -> Option<(Printed, &str)> {
    let (thousands, decimal) = lang.marks();
    let (mut plain, mut decimals, mut size) = (String::new(), None, 0);
    let digits = |from: usize| after(text, from).bytes().take_while(u8::is_ascii_digit).count();
    while let Some(letter) = after(text, size).chars().next() {
        match letter {
            '0'..='9' => plain.push(letter),
            _ if plain.is_empty() => return None,
            _ if letter == thousands && decimals.is_none() && digits(size + 1) == 3 => {}
            _ if letter == decimal && decimals.is_none() && digits(size + 1) > 0 => {
                decimals = Some(digits(size + 1));
                plain.push('.');
            }
            _ => break,
        }
        size += letter.len_utf8();
    }
    let mut value: Number = plain.parse().ok()?;
    let mut unit = Number::ONE;
    for _ in 0..decimals.unwrap_or(0) {
        unit = unit.checked_div(&Number::whole(10))?;
    }
    let mut rest = after(text, size);
    let cut = rest.starts_with('…');
    rest = rest.strip_prefix('…').unwrap_or(rest);
    if let Some(after) = rest.strip_prefix('%') {
        (value, unit, rest) = (value * Number::hundredths(1), unit * Number::hundredths(1), after);
    }
    Some((Printed { value, unit, cut, near: false }, rest))
}

/// Stretches of arithmetic between words; a semicolon parts them unless it stands between arguments.
fn runs(tokens: &[Token]) -> Vec<Vec<Token>> {
    let (mut runs, mut depth) = (vec![Vec::new()], 0_i32);
    for token in tokens {
        match token {
            Token::Word(_) => {
                depth = 0;
                runs.push(Vec::new());
                continue;
            }
            Token::Sign(';') if depth == 0 => {
                runs.push(Vec::new());
                continue;
            }
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth -= 1,
            _ => {}
        }
        if let Some(run) = runs.last_mut() {
            run.push(token.clone());
        }
    }
    runs
}

/// Checks each pair of sides of a run; gives how many there are.
fn check(run: &[Token]) -> Result<usize, String> {
    let compares = |token: &Token| matches!(token, Token::Sign('=' | '≈' | '<' | '>' | '≤' | '≥' | '≠'));
    let signs: Vec<char> = run
        .iter()
        .filter(|token| compares(token))
        .filter_map(|token| if let Token::Sign(sign) = token { Some(*sign) } else { None })
        .collect();
    let sides: Vec<&[Token]> = run.split(compares).collect();
    for (pair, sign) in sides.windows(2).zip(&signs) {
        let [left, right] = pair else { continue };
        let (exact, shown) = (value(left)?, printed(right)?);
        let holds = match sign {
            '=' => shown.stands_for(&exact),
            '≈' => shown.rounds(&exact),
            '<' => exact < shown.value,
            '>' => exact > shown.value,
            '≤' => exact <= shown.value,
            '≥' => exact >= shown.value,
            _ => exact != shown.value,
        };
        if !holds {
            return Err(format!("{exact} {sign} {shown:?} is false"));
        }
    }
    Ok(signs.len())
}

/// One side that was printed: a number, or what it comes to.
fn printed(side: &[Token]) -> Result<Printed, String> {
    match side {
        [Token::Number(number)] => Ok(number.clone()),
        [Token::Sign('−'), Token::Number(number)] => {
            Ok(Printed { value: -number.value.clone(), ..number.clone() })
        }
        _ => Ok(Printed { value: value(side)?, unit: Number::ZERO, cut: false, near: false }),
    }
}

fn value(side: &[Token]) -> Result<Number, String> {
    let mut parser = Parser { tokens: side, at: 0 };
    let value = parser.sum()?;
    if parser.at == side.len() { Ok(value) } else { Err(format!("cannot read {side:?}")) }
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Parser<'_> {
    fn sign(&self) -> Option<char> {
        if let Some(Token::Sign(sign)) = self.tokens.get(self.at) { Some(*sign) } else { None }
    }

    fn sum(&mut self) -> Result<Number, String> {
        let mut sum = self.product()?;
        while let Some(sign @ ('+' | '−')) = self.sign() {
            self.at += 1;
            let next = self.product()?;
            sum = if sign == '+' { sum + next } else { sum - next };
        }
        Ok(sum)
    }

    fn product(&mut self) -> Result<Number, String> {
        let mut product = self.operand()?;
        while let Some(sign @ ('×' | '/' | '÷')) = self.sign() {
            self.at += 1;
            let next = self.operand()?;
            product = match sign {
                '×' => product * next,
                _ => product.checked_div(&next).ok_or("divides by zero")?,
            };
        }
        Ok(product)
    }

    fn operand(&mut self) -> Result<Number, String> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            Some(Token::Number(number)) if number.cut => Err("goes on with a number that was cut".to_owned()),
            Some(Token::Number(number)) => Ok(number.value),
            Some(Token::Sign('−')) => Ok(-self.operand()?),
            Some(Token::Sign('(')) => {
                let value = self.sum()?;
                self.closed()?;
                Ok(value)
            }
            Some(Token::Call(call)) => self.call(call),
            other => Err(format!("no operand at {other:?}")),
        }
    }

    fn closed(&mut self) -> Result<(), String> {
        self.at += 1;
        match self.tokens.get(self.at - 1) {
            Some(Token::Sign(')')) => Ok(()),
            other => Err(format!("no parenthesis at {other:?}")),
        }
    }

    fn call(&mut self, call: &str) -> Result<Number, String> {
        self.at += 1;
        let mut values = vec![self.sum()?];
        while self.sign() == Some(';') {
            self.at += 1;
            values.push(self.sum()?);
        }
        self.closed()?;
        let count = Number::whole(i64::try_from(values.len()).unwrap_or(1));
        Ok(match call {
            "nhỏ nhất" | "min" => values.into_iter().reduce(Number::min).unwrap_or_default(),
            "lớn nhất" | "max" => values.into_iter().reduce(Number::max).unwrap_or_default(),
            "trung bình" | "mean" => {
                values.into_iter().sum::<Number>().checked_div(&count).unwrap_or_default()
            }
            _ => {
                let [value, digits] = &values[..] else { return Err("round takes two".to_owned()) };
                value.round_half_up(u8::try_from(digits.to_whole().unwrap_or(0)).unwrap_or(0))
            }
        })
    }
}
