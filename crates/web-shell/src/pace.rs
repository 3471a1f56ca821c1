//! How fast somebody may ask. Nobody who works comes near it; a script that runs away, or somebody who means harm, slows down
//! himself and not the others.

use std::num::NonZeroU32;

use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::failure::Failure;
use crate::visitor::Visitor;

/// A signed-in browser may have this many seconds' worth at once: several pages open together in the morning.
const BURST: u32 = 10;
/// A place may ask for as much as this many browsers: an office, or a province, comes from one address.
const OFFICE: u32 = 50;
/// More are kept only until the next one comes.
const MAX_KEPT: usize = 50_000;

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, MonotonicClock, NoOpMiddleware<std::time::Instant>>;

/// The pace of browsers and of places.
#[derive(Debug)]
pub struct Pace {
    browsers: Limiter<i64>,
    places: Limiter<String>,
}

impl Pace {
    /// For so many requests a second of one browser.
    #[must_use]
    pub fn new(requests: NonZeroU32) -> Self {
        let quota = |of: u32| {
            let a_second = requests.saturating_mul(NonZeroU32::new(of).unwrap_or(NonZeroU32::MIN));
            let burst = a_second.saturating_mul(NonZeroU32::new(BURST).unwrap_or(NonZeroU32::MIN));
            Quota::per_second(a_second).allow_burst(burst)
        };
        Self {
            browsers: RateLimiter::new(quota(1), DashMapStateStore::default(), MonotonicClock),
            places: RateLimiter::new(quota(OFFICE), DashMapStateStore::default(), MonotonicClock),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`Failure::TooManyRequests`] with the seconds after which to ask again.
    pub fn count(&self, visitor: &Visitor) -> Result<(), Failure> {
        if self.places.len() > MAX_KEPT || self.browsers.len() > MAX_KEPT {
            self.places.retain_recent();
            self.browsers.retain_recent();
        }
        let place = crate::place::place(&visitor.address);
        let browser =
            visitor.viewer.session.as_ref().map_or(Ok(()), |session| self.browsers.check_key(&session.id));
        browser.and_then(|()| self.places.check_key(&place)).map_err(|until| {
            let wait = until.wait_time_from(MonotonicClock.now());
            Failure::TooManyRequests(wait.as_secs() + 1)
        })
    }
}
