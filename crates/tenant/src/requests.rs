//! The log of requests, for counting round trips and bytes: `GET /control/requests`.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The oldest entries are dropped beyond this many.
const KEPT: usize = 10_000;

/// One request to sign-in, Graph or ARM. The control endpoint's own are not logged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Counted from 1 in the order in which the requests ended.
    pub number: u64,
    /// Tenant time at the request's arrival.
    pub at: DateTime<Utc>,
    /// The method.
    pub method: String,
    /// The path below the tenant's origin, such as `/graph/v1.0/me`.
    pub path: String,
    /// The query, without the values of sign-in parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Whose access token it carried: a principal name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The answer's status; 0 when the connection was dropped instead.
    pub status: u16,
    /// Bytes of the answer's body as sent, after compression.
    pub bytes: u64,
    /// The answer's `content-encoding`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Real milliseconds from arrival to answer, added latency included.
    pub milliseconds: i64,
    /// The HTTP version, such as `HTTP/2.0`.
    pub version: String,
    /// The connection that it came over, counted from 1 in the order in which they were accepted.
    pub connection: u64,
    /// What was done to it by `POST /control/faults`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// The `claims` of a request for a token, which are no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
    /// The answer's `request-id`.
    pub request_id: uuid::Uuid,
}

/// The log.
#[derive(Debug, Default)]
pub struct Log(Mutex<(u64, VecDeque<Entry>)>);

impl Log {
    /// Append a request; its number is set here, and returned.
    pub fn record(&self, mut entry: Entry) -> u64 {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.0 += 1;
        entry.number = log.0;
        log.1.push_back(entry);
        if log.1.len() > KEPT {
            log.1.pop_front();
        }
        log.0
    }

    /// So many more bytes of the answer to the request with this number were taken by the connection.
    pub(crate) fn sent(&self, number: u64, bytes: usize) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = log.1.iter_mut().rev().find(|entry| entry.number == number) {
            entry.bytes += bytes as u64;
        }
    }

    /// The requests after the one with this number, oldest first.
    pub fn after(&self, number: u64) -> Vec<Entry> {
        let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.1.iter().filter(|entry| entry.number > number).cloned().collect()
    }

    /// Forget everything; numbers go on.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.clear();
    }
}
