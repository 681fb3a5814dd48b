//! The fields of `device_performance.events`. Usage of the processor is in percent.

use nexthink_chatbot::nql::{HOUR, Timestamp, Value};

use super::fields::{At, Field, Fields, named, number, seconds};
use crate::fleet::Device;

const PERFORMANCE: Fields<At<Device>> = &[
    ("device_performance.event.start_time", |_, at| Value::Time(at)),
    ("device_performance.event.end_time", |_, at| Value::Time(at.plus(HOUR))),
    ("device_performance.event.bucket_duration", |_, _| seconds(HOUR)),
    ("device_performance.event.system_drive_free_space", |device, at| {
        free_space(device, at).map_or(Value::Null, Value::Number)
    }),
    // Where the free space is not measured, the drive is not.
    ("device_performance.event.system_drive_capacity", |device, at| {
        free_space(device, at).map_or(Value::Null, |free| Value::Number(device.hardware.drive.max(free)))
    }),
    ("device_performance.event.system_drive_usage", |device, at| {
        free_space(device, at).map_or(Value::Null, |free| Value::Number((device.hardware.drive - free).max(0.0)))
    }),
    ("device_performance.event.installed_memory", |device, _| Value::Number(device.hardware.memory)),
    ("device_performance.event.used_memory", |device, at| number(used_memory(device, at))),
    ("device_performance.event.free_memory", |device, at| number(memory(device) - used_memory(device, at))),
    ("device_performance.event.duration_with_high_memory_pressure", |device, at| seconds(device.load(at).short_memory)),
    ("device_performance.event.cpu_usage", |device, at| {
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        Value::Number((device.load(at).processor * i64::from(device.hardware.logical_processors)) as f64 / 10.0)
    }),
    ("device_performance.event.normalized_cpu_usage", |device, at| {
        #[expect(clippy::cast_precision_loss, reason = "a thousand at most")]
        Value::Number(device.load(at).processor as f64 / 10.0)
    }),
    ("device_performance.event.cpu_queue_length", |device, at| number(device.load(at).queue)),
    ("device_performance.event.cpu.duration_with_high_usage", |device, at| seconds(device.load(at).busy_processor)),
    ("device_performance.event.number_of_logical_processors", |device, _| {
        number(device.hardware.logical_processors.into())
    }),
];

pub(super) fn performance_field(name: &str) -> Option<Field> {
    named(PERFORMANCE, name).map(Field::Performance)
}

fn free_space(device: &Device, at: Timestamp) -> Option<f64> {
    device.facts_at(at)?.free_space
}

/// Bytes.
#[expect(clippy::cast_possible_truncation, reason = "whole gibibytes")]
fn memory(device: &Device) -> i64 {
    device.hardware.memory as i64
}

fn used_memory(device: &Device, at: Timestamp) -> i64 {
    memory(device) / 1_000 * device.load(at).memory
}
