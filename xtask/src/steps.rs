//! How long each step of a command took.

use std::fmt;
use std::time::{Duration, Instant};

use crate::shell::say;

/// The steps that have ended, in their order.
#[derive(Debug, Default)]
pub struct Steps(Vec<(String, Duration)>);

impl Steps {
    /// Does a step, says how long it took, and keeps that, also of one that fails.
    pub fn take(&mut self, name: &str, step: impl Fn() -> Result<(), String>) -> Result<(), String> {
        let begun = Instant::now();
        let done = step();
        let took = begun.elapsed();
        say(&format!("── {name}: {}", minutes(took)));
        self.0.push((name.to_owned(), took));
        done
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, took) in &self.0 {
            writeln!(f, "{:>7}  {name}", minutes(*took))?;
        }
        write!(f, "{:>7}  in all", minutes(self.0.iter().map(|(_, took)| *took).sum()))
    }
}

/// Minutes and seconds: `3:07`.
fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_have_two_digits_of_seconds() {
        assert_eq!(minutes(Duration::from_secs(187)), "3:07");
        assert_eq!(minutes(Duration::from_secs(59)), "0:59");
    }

    #[test]
    fn a_step_that_fails_is_listed_too() {
        let mut steps = Steps::default();
        assert_eq!(steps.take("a step of a test", || Err("lost".to_owned())), Err("lost".to_owned()));
        assert!(steps.to_string().contains("0:00  a step of a test"), "{steps}");
    }
}
