//! The fields of `execution.events`: what ran, and what it took.

use nexthink_chatbot::nql::Value;

use super::fields::{Field, Fields, On, length, named, number, seconds};
use crate::fleet::Usage;

const USAGE: Fields<On<Usage>> = &[
    ("execution.event.start_time", |_, usage| Value::Time(usage.part.from)),
    ("execution.event.timestamp", |_, usage| Value::Time(usage.part.from)),
    ("execution.event.end_time", |_, usage| Value::Time(usage.part.to)),
    ("execution.event.bucket_duration", |_, usage| length(usage.part)),
    ("execution.event.execution_duration", |_, usage| length(usage.part)),
    ("execution.event.cpu_time", |device, usage| seconds(device.processor_time(usage))),
    ("execution.event.memory", |device, usage| number(device.memory_of(usage))),
    ("execution.event.real_memory", |device, usage| number(device.memory_of(usage))),
    ("execution.event.number_of_freezes", |device, usage| number(device.freezes(usage))),
];

pub(super) fn usage_field(name: &str) -> Option<Field> {
    named(USAGE, name).map(Field::Usage)
}
