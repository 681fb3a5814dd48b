//! `devices`, and what is installed on them: `package.installed_packages`.

use nexthink_chatbot::nql::Value;

use super::{At, Field, Fields, Of, named, text};
use crate::fleet::{Device, Package};

const DEVICE: Fields<At<Device>> = &[
    ("device.collector.uid", |device, _| text(&device.collector_uid)),
    ("device.uid", |device, _| text(&device.uid)),
    ("device.name", |device, _| text(&device.name)),
    ("device.entity", |device, _| text(device.entity)),
    ("device.operating_system.platform", |device, _| text(device.platform.name())),
    ("device.operating_system.name", |device, _| text(device.operating_system)),
    ("device.hardware.type", |device, _| text(device.hardware.kind)),
    ("device.hardware.manufacturer", |device, _| text(device.hardware.manufacturer)),
    ("device.hardware.model", |device, _| text(device.hardware.model)),
    ("device.hardware.memory", |device, _| Value::Number(device.hardware.memory)),
    ("device.last_seen", |device, now| Value::Time(device.last_seen(now))),
    ("device.boot.last_full_boot", |device, _| {
        device.facts().and_then(|facts| facts.last_full_boot).map_or(Value::Null, Value::Time)
    }),
    ("device.boot.days_since_last_full_boot", |device, now| {
        let days = device.facts().and_then(|facts| facts.days_since_last_full_boot(now));
        #[expect(clippy::cast_precision_loss, reason = "days")]
        days.map_or(Value::Null, |days| Value::Number(days as f64))
    }),
];

const PACKAGE: Fields<Of<Package>> = &[
    ("package.name", |package| text(&package.name)),
    ("package.version", |package| text(&package.version)),
    ("package.publisher", |package| text(&package.publisher)),
];

pub(super) fn device_field(name: &str) -> Option<Field> {
    named(DEVICE, name).map(Field::Device)
}

pub(super) fn package_field(name: &str) -> Option<Field> {
    named(PACKAGE, name).map(Field::Package)
}
