//! What is counted of the requests.

use std::time::Duration;

use axum::http::StatusCode;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};

/// What is counted: never a person, never an address, only routes of the table.
#[derive(Clone, Debug)]
pub struct Metrics {
    pub(crate) requests: Requests,
}

pub(crate) type Requests = Family<Answered, Histogram, fn() -> Histogram>;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Answered {
    method: String,
    route: &'static str,
    status: u16,
}

/// From half a millisecond to sixteen seconds.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.000_5, 2.0, 16))
}

impl Default for Metrics {
    /// Nothing counted yet.
    fn default() -> Self {
        Self { requests: Family::new_with_constructor(seconds) }
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn answered(&self, method: &str, route: &'static str, status: StatusCode, took: Duration) {
        let labels = Answered { method: method.to_owned(), route, status: status.as_u16() };
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }
}
