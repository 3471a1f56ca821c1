//! Arithmetic over named inputs: the free part of a rule.

use crate::number::Number;

/// An expression; `N` is how an input is named: text as written, or its slot once resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr<N> {
    /// A literal.
    Number(Number),
    /// A literal percentage; 90 stands for nine tenths.
    Percent(Number),
    Input(N),
    /// The criterion's maximum.
    Max,
    /// Two operands.
    Binary(Op, Box<Expr<N>>, Box<Expr<N>>),
    /// `-a`
    Negate(Box<Expr<N>>),
    /// `mức tăng a so với b`: (a − b) / b.
    Growth(Box<Expr<N>>, Box<Expr<N>>),
    /// `(a, nếu thiếu thì b)`: the second when the first is missing.
    Fallback(Box<Expr<N>>, Box<Expr<N>>),
    /// A named function.
    Call(Function, Vec<Expr<N>>),
}

/// The four operations of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `×`
    Multiply,
    /// `/`; a zero divisor has the outcome that the rule states.
    Divide,
}

/// The functions of the notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `nhỏ nhất(a; b; …)`
    Smallest,
    /// `lớn nhất(a; b; …)`
    Largest,
    /// `trung bình(a; b; …)`
    Mean,
    /// `làm tròn(a; số chữ số)`
    Round,
    /// `số ngày(từ; đến)`
    Days,
    /// `số ngày làm việc(từ; đến)`
    WorkingDays,
}

impl Function {
    /// All of them, longest name first, so that no name hides another.
    pub const ALL: [Self; 6] =
        [Self::WorkingDays, Self::Days, Self::Smallest, Self::Largest, Self::Mean, Self::Round];

    /// The name in the notation.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Smallest => "nhỏ nhất",
            Self::Largest => "lớn nhất",
            Self::Mean => "trung bình",
            Self::Round => "làm tròn",
            Self::Days => "số ngày",
            Self::WorkingDays => "số ngày làm việc",
        }
    }

    /// The English name, for traces.
    #[must_use]
    pub fn english(self) -> &'static str {
        match self {
            Self::Smallest => "min",
            Self::Largest => "max",
            Self::Mean => "mean",
            Self::Round => "round",
            Self::Days => "days",
            Self::WorkingDays => "working days",
        }
    }

    /// How many arguments it takes: least and most.
    #[must_use]
    pub fn arity(self) -> (usize, usize) {
        match self {
            Self::Smallest | Self::Largest | Self::Mean => (1, 16),
            Self::Round | Self::Days | Self::WorkingDays => (2, 2),
        }
    }
}

/// A test over expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition<N> {
    /// `a ≥ b`
    Compare(Comparison, Expr<N>, Expr<N>),
    /// `[x] là "Có"`: a choice or yes/no input has this answer.
    Is(N, String),
    /// Every part holds.
    All(Vec<Condition<N>>),
    /// At least one part holds.
    Any(Vec<Condition<N>>),
}

/// The six ways in which two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `≥`
    AtLeast,
    /// `>`
    More,
}

impl Comparison {
    /// The sign as printed.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Equal => "=",
            Self::NotEqual => "≠",
            Self::AtLeast => "≥",
            Self::More => ">",
        }
    }

    /// Whether `left sign right` holds.
    #[must_use]
    pub fn holds(self, left: &Number, right: &Number) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }
}

impl<N> Expr<N> {
    /// The same expression with other names.
    ///
    /// # Errors
    /// The first error that `rename` gives.
    pub fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Expr<M>, E> {
        let mut boxed = |expr: &Self| expr.resolve(rename).map(Box::new);
        Ok(match self {
            Self::Number(value) => Expr::Number(value.clone()),
            Self::Percent(value) => Expr::Percent(value.clone()),
            Self::Max => Expr::Max,
            Self::Binary(op, left, right) => Expr::Binary(*op, boxed(left)?, boxed(right)?),
            Self::Negate(inner) => Expr::Negate(boxed(inner)?),
            Self::Growth(now, before) => Expr::Growth(boxed(now)?, boxed(before)?),
            Self::Fallback(first, second) => Expr::Fallback(boxed(first)?, boxed(second)?),
            Self::Input(name) => Expr::Input(rename(name)?),
            Self::Call(function, arguments) => {
                let arguments =
                    arguments.iter().map(|each| each.resolve(rename)).collect::<Result<_, E>>()?;
                Expr::Call(*function, arguments)
            }
        })
    }

    /// The inputs that it names, in their order, each as often as it stands there.
    #[must_use]
    pub fn inputs(&self) -> Vec<&N> {
        match self {
            Self::Number(_) | Self::Percent(_) | Self::Max => Vec::new(),
            Self::Input(name) => vec![name],
            Self::Negate(inner) => inner.inputs(),
            Self::Binary(_, left, right) | Self::Growth(left, right) | Self::Fallback(left, right) => {
                left.inputs().into_iter().chain(right.inputs()).collect()
            }
            Self::Call(_, arguments) => arguments.iter().flat_map(Self::inputs).collect(),
        }
    }

    /// Whether a division stands anywhere in it, so that a zero denominator can occur.
    #[must_use]
    pub fn divides(&self) -> bool {
        match self {
            Self::Number(_) | Self::Percent(_) | Self::Input(_) | Self::Max => false,
            Self::Growth(..) => true,
            Self::Binary(Op::Divide, left, right) => {
                !matches!(**right, Self::Number(_) | Self::Percent(_)) || left.divides()
            }
            Self::Binary(_, left, right) | Self::Fallback(left, right) => left.divides() || right.divides(),
            Self::Negate(inner) => inner.divides(),
            Self::Call(_, arguments) => arguments.iter().any(Self::divides),
        }
    }
}

impl<N> Condition<N> {
    /// Whether a division stands anywhere in it.
    #[must_use]
    pub fn divides(&self) -> bool {
        match self {
            Self::Compare(_, left, right) => left.divides() || right.divides(),
            Self::Is(..) => false,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::divides),
        }
    }

    /// The same condition with other names.
    ///
    /// # Errors
    /// The first error that `rename` gives.
    pub fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Condition<M>, E> {
        Ok(match self {
            Self::Compare(sign, left, right) => {
                Condition::Compare(*sign, left.resolve(rename)?, right.resolve(rename)?)
            }
            Self::Is(name, answer) => Condition::Is(rename(name)?, answer.clone()),
            Self::All(parts) => Condition::All(resolve_all(parts, rename)?),
            Self::Any(parts) => Condition::Any(resolve_all(parts, rename)?),
        })
    }
}

fn resolve_all<N, M, E>(
    parts: &[Condition<N>],
    rename: &mut impl FnMut(&N) -> Result<M, E>,
) -> Result<Vec<Condition<M>>, E> {
    parts.iter().map(|part| part.resolve(rename)).collect()
}
