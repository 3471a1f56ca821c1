//! How a command ends when it does not end well, and the exit code that says so.

use parindex_package::Findings;
use parindex_rulebook::lang::{Lang, Say};

/// Why a command failed.
#[derive(Debug)]
pub enum CommandFailure {
    /// The input is wrong; each place with its remedy. Exit code 1.
    Findings(Findings),
    /// Something else that a person can mend. Exit code 1.
    Message(String, String),
    /// The computation does not reach the published figures. Exit code 3.
    Differs,
    /// Standard output was closed by its reader, as `head` does. Not a failure: exit code 0.
    Closed,
    /// Standard output cannot be written. Exit code 1.
    Output(std::io::Error),
}

impl CommandFailure {
    /// A sentence in both languages.
    pub fn message(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Message(vi.into(), en.into())
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Findings(_) | Self::Message(..) | Self::Output(_) => 1,
            Self::Differs => 3,
        }
    }
}

impl From<Findings> for CommandFailure {
    fn from(findings: Findings) -> Self {
        Self::Findings(findings)
    }
}

impl From<std::io::Error> for CommandFailure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Output(error) }
    }
}

impl Say for CommandFailure {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Findings(findings) => {
                findings.iter().map(|finding| finding.say(lang)).collect::<Vec<_>>().join("\n")
            }
            Self::Message(vi, en) => lang.pick(vi, en).clone(),
            Self::Differs => lang
                .pick("Kết quả khác số đã công bố.", "The result differs from what was published.")
                .to_owned(),
            Self::Closed => String::new(),
            Self::Output(error) => lang.pick(
                format!("không ghi được ra đầu ra chuẩn ({error}); hãy kiểm tra dung lượng đĩa"),
                format!("standard output cannot be written ({error}); check the disk"),
            ),
        }
    }
}
