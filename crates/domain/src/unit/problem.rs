//! What is wrong with a unit as it was written.

use parindex_rulebook::lang::{Lang, Say};

/// A unit that does not agree with the official lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitProblem {
    /// No unit has the code.
    UnknownCode {
        code: String,
        /// The official code and name of a unit so named, if there is one.
        named: Option<(&'static str, &'static str)>,
    },
    /// The code belongs to a unit of another name.
    OtherName {
        code: String,
        /// The name as written.
        name: String,
        /// The official name.
        official: &'static str,
    },
}

impl Say for UnitProblem {
    fn command(&self) -> Option<&'static str> {
        matches!(self, Self::UnknownCode { named: None, .. }).then_some("parindex units")
    }

    fn say(&self, lang: Lang) -> String {
        match self {
            Self::UnknownCode { code, named: Some((right, name)) } => lang.pick(
                format!("không có đơn vị mang mã «{code}»; {name} có mã {right}"),
                format!("no unit has the code “{code}”; {name} has {right}"),
            ),
            Self::UnknownCode { code, named: None } => lang.pick(
                format!("không có đơn vị mang mã «{code}»; hãy tra lại mã trong danh mục đơn vị"),
                format!("no unit has the code “{code}”; look it up in the list of units"),
            ),
            Self::OtherName { code, name, official } => lang.pick(
                format!("mã {code} là «{official}», không phải «{name}»"),
                format!("code {code} is “{official}”, not “{name}”"),
            ),
        }
    }
}
