//! What people send is looked through by the `ClamAV` of the administration, where the settings name one, before anybody can have it
//! back. While it does not answer nothing is taken in.

use std::path::PathBuf;
use std::time::Duration;

use clamav_client::PONG;
use clamav_client::tokio::{Socket, Tcp, ping, scan_stream};
use futures_util::TryStreamExt;
use parindex_files::{FileHash, Files};

/// As long as the largest document needs.
const PATIENCE: Duration = Duration::from_mins(10);
/// Bytes that are handed over at a time.
const PART: usize = 64 << 10;

/// Where a scanner listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// `HOST:PORT`.
    Net(String),
    /// `unix:PATH`.
    Socket(PathBuf),
}

/// What a scanner says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanResult {
    /// It knows nothing bad.
    Clean,
    /// It knows it by this name.
    Infected(String),
    /// It looks through nothing that large.
    TooLarge,
    /// It does not answer, or did not look through the whole.
    Unknown(String),
}

impl Scanner {
    /// Reads `127.0.0.1:3310` or `unix:/run/clamav/clamd.ctl`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("unix:").filter(|path| !path.is_empty()) {
            return Some(Self::Socket(PathBuf::from(path)));
        }
        let (host, port) = text.rsplit_once(':')?;
        (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| Self::Net(text.to_owned()))
    }

    /// Whether the scanner answers, without sending it a file.
    ///
    /// # Errors
    /// Why not.
    pub async fn answers(&self) -> std::io::Result<()> {
        let asked = async {
            match self {
                Self::Net(address) => ping(Tcp { host_address: address }).await,
                Self::Socket(path) => ping(Socket { socket_path: path }).await,
            }
        };
        let answer = tokio::time::timeout(Duration::from_secs(10), asked).await??;
        if answer == PONG { Ok(()) } else { Err(std::io::Error::other(String::from_utf8_lossy(&answer))) }
    }

    /// Looks a kept file through.
    pub async fn scan(&self, files: &Files, hash: &FileHash) -> ScanResult {
        match tokio::time::timeout(PATIENCE, self.ask(files, hash)).await {
            Ok(Ok(answer)) => looked(&answer),
            Ok(Err(error)) => ScanResult::Unknown(error.to_string()),
            Err(_slow) => ScanResult::Unknown("no answer in ten minutes".to_owned()),
        }
    }

    async fn ask(&self, files: &Files, hash: &FileHash) -> std::io::Result<String> {
        let content = files.read(hash).await.map_err(std::io::Error::other)?.map_err(std::io::Error::other);
        let answer = match self {
            Self::Net(address) => scan_stream(content, Tcp { host_address: address }, Some(PART)).await?,
            Self::Socket(path) => scan_stream(content, Socket { socket_path: path }, Some(PART)).await?,
        };
        Ok(String::from_utf8_lossy(&answer).trim_matches(['\0', '\n', ' ']).to_owned())
    }
}

impl std::fmt::Display for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Net(address) => f.write_str(address),
            Self::Socket(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// `stream: OK`, `stream: NAME FOUND`; anything else is no answer.
fn looked(answer: &str) -> ScanResult {
    let told = answer.strip_prefix("stream: ").unwrap_or_default();
    if told.starts_with("Heuristics.Limits.Exceeded") || answer.contains("size limit exceeded") {
        return ScanResult::TooLarge;
    }
    match told.strip_suffix(" FOUND") {
        Some(name) => ScanResult::Infected(name.chars().take(120).collect()),
        None if told == "OK" => ScanResult::Clean,
        None => ScanResult::Unknown(answer.chars().take(200).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_is_a_looked() {
        assert_eq!(looked("stream: OK"), ScanResult::Clean);
        assert_eq!(
            looked("stream: Eicar-Test-Signature FOUND"),
            ScanResult::Infected("Eicar-Test-Signature".to_owned())
        );
        for large in
            ["INSTREAM size limit exceeded. ERROR", "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"]
        {
            assert_eq!(looked(large), ScanResult::TooLarge, "{large}");
        }
        for unclear in ["", "OK", "stream: ", "UNKNOWN COMMAND"] {
            assert!(matches!(looked(unclear), ScanResult::Unknown(_)), "{unclear}");
        }
    }

    #[test]
    fn a_place_is_a_host_with_a_port_or_a_socket() {
        assert_eq!(Scanner::parse("127.0.0.1:3310"), Some(Scanner::Net("127.0.0.1:3310".to_owned())));
        assert_eq!(Scanner::parse("unix:/run/clamd.ctl"), Some(Scanner::Socket("/run/clamd.ctl".into())));
        assert_eq!(Scanner::parse("unix:/run/clamd.ctl").unwrap().to_string(), "unix:/run/clamd.ctl");
        for wrong in ["clamd", ":3310", "host:port", "unix:"] {
            assert_eq!(Scanner::parse(wrong), None, "{wrong}");
        }
    }
}
