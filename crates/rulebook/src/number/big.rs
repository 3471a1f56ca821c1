//! The way to big integers and back.

use num_rational::BigRational;

use super::{Number, Repr};

impl Number {
    pub(super) fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small { num, den } => BigRational::new((*num).into(), den.get().into()),
            Repr::Big(big) => big.as_ref().clone(),
        }
    }

    /// Keeps the fast form whenever the value fits it.
    pub(super) fn from_big(big: BigRational) -> Self {
        match (i64::try_from(big.numer()), i64::try_from(big.denom())) {
            (Ok(num), Ok(den)) if den > 0 => Self::small(num, den),
            _ => Self(Repr::Big(Box::new(big))),
        }
    }
}
