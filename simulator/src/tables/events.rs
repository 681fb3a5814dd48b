//! `session.events` and `device_performance.events`: what a connected device reports regularly.

use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, TimeRange, Timestamp, Value};

use super::{At, Field, Fields, Of, named};
use crate::fleet::Device;

/// The newest session is the one in which the device was last seen; one more on each day before.
pub(super) fn sessions(device: &Device, range: TimeRange, now: Timestamp) -> impl Iterator<Item = Timestamp> + use<> {
    times(device.last_seen(now), DAY, range)
}

/// One measurement an hour while the device is connected.
pub(super) fn measurements(device: &Device, range: TimeRange, now: Timestamp) -> impl Iterator<Item = Timestamp> {
    let newest = now.plus(-(now.0 - device.rhythm).rem_euclid(HOUR));
    times(newest, HOUR, range).filter(|at| device.presence.online_at(*at))
}

fn times(newest: Timestamp, period: i64, range: TimeRange) -> impl Iterator<Item = Timestamp> + use<> {
    std::iter::successors(Some(newest), move |at| Some(at.plus(-period)))
        .skip_while(move |at| *at >= range.to)
        .take_while(move |at| *at >= range.from)
}

const SESSION: Fields<Of<Timestamp>> = &[
    ("session.event.start_time", |at| Value::Time(*at)),
    ("session.event.end_time", |at| Value::Time(at.plus(15 * MINUTE))),
];

const PERFORMANCE: Fields<At<Device>> = &[
    ("device_performance.event.start_time", |_, at| Value::Time(at)),
    ("device_performance.event.system_drive_free_space", |device, at| {
        device.facts_at(at).and_then(|facts| facts.free_space).map_or(Value::Null, Value::Number)
    }),
];

pub(super) fn session_field(name: &str) -> Option<Field> {
    named(SESSION, name).map(Field::Session)
}

pub(super) fn performance_field(name: &str) -> Option<Field> {
    named(PERFORMANCE, name).map(Field::Performance)
}
