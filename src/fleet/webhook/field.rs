//! The fields that are known of payloads, by what administrators call them: the column, as it was listed or in full.

use crate::nql::ends_with_name;

pub(super) const REQUEST_ID: &str = "requestId";
pub(super) const EXTERNAL_REFERENCE: &str = "externalReference";
pub(super) const MONITOR: &str = "monitor";

/// Our name, the whole name of the column, and the shortest by which it is still meant.
const KNOWN: [(&str, &str, &str); 11] = [
    (REQUEST_ID, "remote_action.execution.request_id", "request_id"),
    (EXTERNAL_REFERENCE, "remote_action.execution.external_reference", "external_reference"),
    ("remoteActionId", "remote_action.nql_id", "nql_id"),
    ("collectorUid", "device.collector.uid", "collector.uid"),
    ("deviceName", "device.name", "device.name"),
    ("status", "remote_action.execution.status", "status"),
    ("status", "alert.status", "status"),
    ("time", "remote_action.execution.time", "time"),
    ("time", "alert.alert.trigger_time", "trigger_time"),
    ("time", "alert.trigger_time", "trigger_time"),
    (MONITOR, "alert.monitor.name", "monitor.name"),
];

/// Our name for a column or a placeholder; its own where it is none that we know.
pub(super) fn field_name(name: &str) -> &str {
    let known = KNOWN.iter().find(|(ours, whole, shortest)| {
        ours.eq_ignore_ascii_case(name) || ends_with_name(whole, name) && ends_with_name(name, shortest)
    });
    known.map_or(name, |(ours, ..)| ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_as_it_was_listed_and_in_full() {
        for (name, ours) in [
            ("request_id", "requestId"),
            ("execution.request_id", "requestId"),
            ("Remote_Action.execution.request_id", "requestId"),
            ("requestID", "requestId"),
            ("device.collector.uid", "collectorUid"),
            ("alert.status", "status"),
            ("trigger_time", "time"),
            ("alert.monitor.name", "monitor"),
            ("name", "name"),
            ("uid", "uid"),
            ("device.user.name", "device.user.name"),
            ("", ""),
        ] {
            assert_eq!(field_name(name), ours, "{name}");
        }
    }
}
