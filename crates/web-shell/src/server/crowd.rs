//! All open lines: who has how many, and which is let go of when there are too many.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Limits;
use super::line::Pulse;

/// The log says at most this often that lines are refused.
const SAID: Duration = Duration::from_secs(10);

/// All open lines.
#[derive(Debug)]
pub struct Crowd {
    limits: Arc<Limits>,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    places: HashMap<IpAddr, HashMap<u64, Arc<Pulse>>>,
    lines: usize,
    next: u64,
    said: Option<Instant>,
}

/// A place in the crowd for as long as a line is open.
pub struct Connection {
    /// How the line is.
    pub pulse: Arc<Pulse>,
    crowd: Arc<Crowd>,
    place: IpAddr,
    number: u64,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.crowd.change(|open| open.leave(self.place, self.number));
    }
}

impl Crowd {
    /// Nobody yet.
    pub fn new(limits: Arc<Limits>) -> Self {
        Self { limits, open: Mutex::default() }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Open) -> T) -> T {
        change(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A seat for one more line; none where its place, or the server, has as many as it may, and all of them are at work.
    pub fn seat(self: &Arc<Self>, from: IpAddr) -> Option<Connection> {
        let place = network(from);
        let seated = self.change(|open| {
            let room =
                open.room(&self.limits, place, self.limits.trusted_proxies.contains(&from.to_canonical()));
            if room { Some(open.enter(place)) } else { open.say(place) }
        });
        let (number, pulse) = seated?;
        Some(Connection { pulse, crowd: Arc::clone(self), place, number })
    }

    /// Lets go of all lines whose deadline has passed.
    pub fn let_go(&self) {
        let now = Instant::now();
        self.change(|open| {
            let all = open.places.values().flat_map(HashMap::values);
            all.filter(|pulse| pulse.overdue(&self.limits, now)).for_each(|pulse| pulse.end());
        });
    }
}

impl Open {
    /// Makes room for one more line where it can.
    fn room(&mut self, limits: &Limits, place: IpAddr, trusted: bool) -> bool {
        let here = self.places.get(&place).map_or(0, HashMap::len);
        if here >= limits.lines_of_a_place && !trusted {
            return self.let_go_of_oldest(Some(place));
        }
        self.lines < limits.lines || self.let_go_of_oldest(None)
    }

    /// Lets go of the line, of a place or of all, that has waited longest for a request, or for the rest of one.
    fn let_go_of_oldest(&mut self, of: Option<IpAddr>) -> bool {
        let here = self.places.iter().filter(|(place, _)| of.is_none_or(|of| of == **place));
        let waits = here.flat_map(|(place, lines)| {
            let waits = |(number, pulse): (&u64, &Arc<Pulse>)| Some((pulse.waits_since()?, *place, *number));
            lines.iter().filter_map(waits)
        });
        let Some((_, place, number)) = waits.min() else { return false };
        if let Some(pulse) = self.leave(place, number) {
            pulse.end();
        }
        true
    }

    fn enter(&mut self, place: IpAddr) -> (u64, Arc<Pulse>) {
        let (number, pulse) = (self.next, Arc::new(Pulse::new()));
        self.next += 1;
        self.lines += 1;
        self.places.entry(place).or_default().insert(number, Arc::clone(&pulse));
        (number, pulse)
    }

    fn leave(&mut self, place: IpAddr, number: u64) -> Option<Arc<Pulse>> {
        let lines = self.places.get_mut(&place)?;
        let left = lines.remove(&number)?;
        if lines.is_empty() {
            self.places.remove(&place);
        }
        self.lines -= 1;
        Some(left)
    }

    /// Nobody is seated, which the log says now and then.
    fn say<T>(&mut self, place: IpAddr) -> Option<T> {
        if self.said.is_none_or(|said| said.elapsed() > SAID) {
            self.said = Some(Instant::now());
            let lines = self.lines;
            tracing::warn!(event = "connection.refused", %place, lines, "a connection is refused: there are as many as can be, and all are at work");
        }
        None
    }
}

/// Where a line comes from: of the newer kind of addresses everybody has 2^64, so their network counts.
fn network(of: IpAddr) -> IpAddr {
    match of.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(lines: usize, of_a_place: usize, trusted: &[IpAddr]) -> Arc<Crowd> {
        let limits = Limits { lines_of_a_place: of_a_place, ..Limits::new(lines, trusted.to_vec()) };
        Arc::new(Crowd::new(Arc::new(limits)))
    }

    fn at(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_place_has_its_share_and_a_proxy_more() {
        let (here, proxy) = (at("113.160.0.7"), at("10.0.0.1"));
        let crowd = crowd(10, 2, &[proxy]);
        let seats: Vec<Connection> = (0..2).filter_map(|_turn| crowd.seat(here)).collect();
        for seat in &seats {
            seat.pulse.begins();
        }
        assert!(crowd.seat(here).is_none(), "all its lines are at work");
        assert!(crowd.seat(at("113.160.0.8")).is_some(), "its neighbour is not shut out");
        let behind: Vec<Option<Connection>> = (0..5).map(|_turn| crowd.seat(proxy)).collect();
        assert!(behind.iter().all(Option::is_some));
        drop(seats);
        assert!(crowd.seat(here).is_some(), "what has ended counts no more");
    }

    #[test]
    fn a_network_of_the_newer_kind_is_one_place() {
        let crowd = crowd(10, 1, &[]);
        let first = crowd.seat(at("2001:ee0:4141:5::1")).unwrap();
        first.pulse.begins();
        assert!(crowd.seat(at("2001:ee0:4141:5:ffff::9")).is_none());
        assert!(crowd.seat(at("2001:ee0:4141:6::1")).is_some());
        let four = crowd.seat(at("113.160.0.7")).unwrap();
        four.pulse.begins();
        assert!(crowd.seat(at("::ffff:113.160.0.7")).is_none(), "the older kind written as the newer one");
    }

    #[tokio::test]
    async fn whoever_has_waited_longest_makes_room() {
        let crowd = crowd(2, 2, &[]);
        let (first, second) = (crowd.seat(at("10.0.0.1")).unwrap(), crowd.seat(at("10.0.0.2")).unwrap());
        first.pulse.begins();
        first.pulse.ends();
        let third = crowd.seat(at("10.0.0.3"));
        assert!(third.is_some());
        // The second has sent nothing since before the first was answered.
        second.pulse.let_go().await;
        drop(second);
        let seats: Vec<Connection> = third.into_iter().chain([first]).collect();
        for seat in &seats {
            seat.pulse.begins();
        }
        assert!(crowd.seat(at("10.0.0.4")).is_none(), "nobody is cut off in the middle");
    }
}
