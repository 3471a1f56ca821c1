//! The hour of a deadline on a server with these data: who takes part, and what they look at and type.

use std::time::Duration;

use super::{Data, PASSWORD};
use crate::bench::deadline::{self, HOUR, Hour, Load, PACES, Work};
use crate::bench::http::Site;
use crate::shell::say;

/// People who sign in for the hour of the deadline.
const PEOPLE: [&str; 2] = ["canboxa", "chutichxa"];

impl Data {
    /// Twenty communes enter, look and send documents at once.
    pub fn deadline(&self, site: &Site, load: Load) -> Result<Hour, String> {
        say(&format!("the hour of a deadline on {}: {load:?} …", self.kind));
        deadline::measure(site, (&PEOPLE, PASSWORD), work(), load)
    }

    /// The highest pace at which everything is answered in time for ten minutes: found in steps of one minute, and then played.
    pub fn highest_pace(&self, site: &Site) -> Result<(Load, Hour), String> {
        let mut met = Vec::new();
        for load in PACES.map(Load::tried) {
            let hour = self.deadline(site, load)?;
            say(&format!("{} requests a second: {hour:?}", load.pace));
            if !hour.is_met() {
                break;
            }
            met.push(load);
        }
        while let Some(load) = met.pop() {
            let load = Load { lasts: HOUR.lasts, ..load };
            let hour = self.deadline(site, load)?;
            if hour.is_met() {
                return Ok((load, hour));
            }
            say(&format!("not for ten minutes: {hour:?}"));
        }
        Err("not even the slowest pace was met".to_owned())
    }

    /// Figures kept in a second by so many who type without a pause.
    pub fn writers(&self, site: &Site, writers: usize, lasts: Duration) -> Result<f64, String> {
        say(&format!("{writers} writers on {} …", self.kind));
        deadline::writers(site, (&PEOPLE, PASSWORD), work(), (writers, lasts))
    }
}

/// What is looked at and typed in the hour of a deadline.
fn work() -> Work {
    let sheets: Vec<i64> = (54..74).collect();
    let criteria = ["1.1.2", "2.1.1", "3.2.2", "3.3.1", "3.3.2", "3.4.1", "5.3.1", "6.1.2", "7.1.1"];
    let mut pages: Vec<String> = sheets.iter().map(|sheet| format!("/sheets/{sheet}/1.1.1")).collect();
    pages.extend(["/", "/campaigns/2", "/campaigns", "/sheets/60/submit"].map(str::to_owned));
    Work { sheets, criteria: criteria.map(str::to_owned).to_vec(), pages }
}
