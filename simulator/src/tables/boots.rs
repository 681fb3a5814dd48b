//! The fields of `device_performance.boots`, `.system_crashes` and `.hard_resets`.

use nexthink_chatbot::nql::Value;

use super::fields::{Field, Fields, On, named, number, seconds, text};
use crate::fleet::{Boot, Failure};

const BOOT: Fields<On<Boot>> = &[
    ("device_performance.boot.time", |_, boot| Value::Time(boot.at)),
    ("device_performance.boot.type", |_, boot| text(boot.kind.word())),
    ("device_performance.boot.duration", |device, boot| seconds(device.boot_duration(boot))),
    ("device_performance.boot.number_of_boots", |_, _| number(1)),
];

const SYSTEM_CRASH: Fields<On<Failure>> = &[
    ("device_performance.system_crash.time", |_, failure| Value::Time(failure.at)),
    ("device_performance.system_crash.number_of_system_crashes", |_, _| number(1)),
    ("device_performance.system_crash.label", |device, failure| text(device.crash_label(failure).1)),
    ("device_performance.system_crash.error_code_hexadecimal", |device, failure| {
        device.crash_label(failure).0.map_or(Value::Null, text)
    }),
];

const HARD_RESET: Fields<On<Failure>> = &[
    ("device_performance.hard_reset.time", |_, failure| Value::Time(failure.at)),
    ("device_performance.hard_reset.number_of_hard_resets", |_, _| number(1)),
];

pub(super) fn boot_field(name: &str) -> Option<Field> {
    named(BOOT, name).map(Field::Boot)
}

pub(super) fn system_crash_field(name: &str) -> Option<Field> {
    named(SYSTEM_CRASH, name).map(Field::Failure)
}

pub(super) fn hard_reset_field(name: &str) -> Option<Field> {
    named(HARD_RESET, name).map(Field::Failure)
}
