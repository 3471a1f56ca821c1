//! How many files and lines a process may have open. Systems give a program 1,024 where they would give it a hundred times as many.

/// What is asked for: enough for a province on a deadline night, and no table that the system would have to make room for.
#[cfg(unix)]
const ENOUGH: u64 = 32_768;
/// Where nobody says how many there may be.
const OTHERWISE: usize = 1_024;

/// Raises the limit as far as the system lets us; the answer is how many there may be.
#[cfg(unix)]
pub fn raised() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let (current, wanted) = (current.unwrap_or(ENOUGH), maximum.unwrap_or(ENOUGH).min(ENOUGH));
    let raise = || setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum });
    let reached = match (current < wanted).then(raise) {
        None => current,
        Some(Ok(())) => wanted,
        Some(Err(error)) => {
            tracing::warn!(event = "descriptors.not_raised", %error, current, "the number of open files cannot be raised");
            current
        }
    };
    usize::try_from(reached.min(ENOUGH)).unwrap_or(OTHERWISE)
}

/// Other systems have no such limit for lines.
#[cfg(not(unix))]
pub fn raised() -> usize {
    OTHERWISE * 16
}
