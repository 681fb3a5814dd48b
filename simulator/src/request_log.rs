//! What was asked of the tenant, for tests to look at. It holds no secret: no header, no body, no parameter.

use std::collections::VecDeque;

use nexthink_chatbot::nql::Timestamp;
use serde::Serialize;

use crate::fault::FaultKind;

/// A tenant that is served for days must not grow without end: the oldest requests are forgotten.
const MAXIMUM_RECORDS: usize = 10_000;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRecord {
    /// `GET`, `POST`.
    pub method: String,
    /// The path, without what follows a `?`.
    pub path: String,
    /// The status that was answered; none where the connection broke.
    pub status: Option<u16>,
    /// When it came.
    #[serde(serialize_with = "crate::json::write_time")]
    pub at: Timestamp,
    /// Which saved query it named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_id: Option<String>,
    /// Which remote action it named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_action_id: Option<String>,
    /// Which fault befell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<FaultKind>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct RequestLog(VecDeque<RequestRecord>);

impl RequestLog {
    pub fn add(&mut self, record: RequestRecord) {
        if self.0.len() == MAXIMUM_RECORDS {
            self.0.pop_front();
        }
        self.0.push_back(record);
    }

    pub fn records(&self) -> Vec<RequestRecord> {
        self.0.iter().cloned().collect()
    }
}
