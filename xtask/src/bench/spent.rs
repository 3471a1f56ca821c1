//! What a whole run of a program takes, start to end: time on the clock, time of the processor, memory at its peak.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::debian;
use crate::shell::{output, root};

/// A turn of each side, one after the other, so often.
pub const TURNS: usize = 7;

/// A program and its arguments.
pub struct Side {
    pub program: String,
    pub arguments: Vec<String>,
}

/// What one run took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    pub wall_s: f64,
    pub cpu_s: f64,
    pub peak_mb: f64,
}

impl Side {
    pub fn new(program: &str, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|each| (*each).to_owned()).collect();
        Self { program: program.to_owned(), arguments }
    }

    /// What it prints.
    pub fn prints(&self) -> Result<String, String> {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        output(&self.program, &arguments)
    }

    /// One run, its output thrown away.
    fn spends(&self) -> Result<Spent, String> {
        let begun = Instant::now();
        let ran = Command::new("time")
            .args(["-f", "%U %S %M", self.program.as_str()])
            .args(&self.arguments)
            .current_dir(root())
            .stdout(Stdio::null())
            .output();
        let wall_s = begun.elapsed().as_secs_f64();
        let ran = ran.map_err(|error| format!("time cannot be started: {error}"))?;
        let told = String::from_utf8_lossy(&ran.stderr);
        if !ran.status.success() {
            return Err(format!("{} failed: {told}", self.program));
        }
        Spent::read(wall_s, &told).ok_or_else(|| format!("time told nothing: {told}"))
    }
}

impl Spent {
    /// From the last line that `time` wrote, after all that the program itself had to say.
    fn read(wall_s: f64, told: &str) -> Option<Self> {
        let figures = told.lines().next_back()?.split(' ').map(str::parse::<f64>);
        let figures: Vec<f64> = figures.collect::<Result<_, _>>().ok()?;
        let [user, system, kilobytes] = figures.as_slice() else { return None };
        Some(Self { wall_s, cpu_s: user + system, peak_mb: kilobytes / 1_024.0 })
    }
}

/// Both in turns, after both have run once; the medians of each.
pub fn in_turns(sides: &[Side; 2]) -> Result<[Spent; 2], String> {
    if output("which", &["time"]).is_err() {
        debian::install("time")?;
    }
    let mut turns: [Vec<Spent>; 2] = [Vec::new(), Vec::new()];
    for turn in 0..=TURNS {
        for (side, turns) in sides.iter().zip(&mut turns) {
            let spent = side.spends()?;
            // The first one finds the files on the disk, the others in memory.
            if turn > 0 {
                turns.push(spent);
            }
        }
    }
    Ok(turns.map(|turns| medians(&turns)))
}

fn medians(turns: &[Spent]) -> Spent {
    let median = |of: fn(&Spent) -> f64| {
        let mut all: Vec<f64> = turns.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    Spent {
        wall_s: median(|spent| spent.wall_s),
        cpu_s: median(|spent| spent.cpu_s),
        peak_mb: median(|spent| spent.peak_mb),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_time_tells_is_read_after_the_programs_own_words() {
        let told = "Gói có 5 điều cần lưu ý; xem bằng «parindex check».\n0.75 0.25 102400\n";
        assert_eq!(Spent::read(0.5, told), Some(Spent { wall_s: 0.5, cpu_s: 1.0, peak_mb: 100.0 }));
        assert_eq!(Spent::read(0.5, "parindex: killed\n"), None);
        assert_eq!(Spent::read(0.5, ""), None);
    }

    #[test]
    fn each_figure_has_a_median_of_its_own() {
        let turn = |wall_s, cpu_s, peak_mb| Spent { wall_s, cpu_s, peak_mb };
        let turns = [turn(0.5, 4.0, 30.0), turn(0.25, 2.0, 50.0), turn(9.0, 3.0, 40.0)];
        assert_eq!(medians(&turns), turn(0.5, 3.0, 40.0));
    }
}
