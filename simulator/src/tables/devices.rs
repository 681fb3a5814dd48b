//! The fields of `devices`.

use nexthink_chatbot::nql::{DAY, Timestamp, Value};

use super::fields::{At, Field, Fields, named, number, seconds, text};
use super::users;
use crate::fleet::{Boot, BootKind, Chance, Device, Place, Platform};

const DEVICE: Fields<At<Device>> = &[
    ("device.collector.uid", |device, _| text(&device.collector_uid)),
    ("device.collector.version", collector_version),
    ("device.collector.tag_id", |_, _| number(0)),
    ("device.uid", |device, _| text(&device.uid)),
    ("device.name", |device, _| text(&device.name)),
    ("device.entity", |device, _| text(device.entity)),
    ("device.organization.entity", |device, _| text(device.entity)),
    ("device.location.site", |device, _| place(device, |_| device.entity)),
    ("device.location.state", |device, _| place(device, |place| place.state)),
    ("device.location.country", |device, _| place(device, |place| place.country)),
    ("device.location.type", |device, _| text(if Place::of(device.entity).is_some() { "Onsite" } else { "Remote" })),
    ("device.public_ip.country", |device, _| place(device, |place| place.country)),
    ("device.public_ip.isp", |device, _| place(device, |_| "Example Telecom")),
    ("device.operating_system.platform", |device, _| text(device.platform.name())),
    ("device.operating_system.name", |device, _| text(device.operating_system)),
    ("device.operating_system.architecture", |device, _| text(architecture(device.platform))),
    ("device.operating_system.build", |device, _| build(device.operating_system)),
    ("device.operating_system.last_update", |device, now| Value::Time(last_update(device, now))),
    ("device.operating_system.days_since_last_update", |device, now| days(now, last_update(device, now))),
    ("device.hardware.type", |device, _| text(device.hardware.kind)),
    ("device.hardware.manufacturer", |device, _| text(device.hardware.manufacturer)),
    ("device.hardware.model", |device, _| text(device.hardware.model)),
    ("device.hardware.product_line", |device, _| text(device.hardware.model)),
    ("device.hardware.memory", |device, _| Value::Number(device.hardware.memory)),
    ("device.hardware.bios_serial_number", serial_number),
    ("device.hardware.chassis_serial_number", serial_number),
    ("device.hardware.machine_serial_number", serial_number),
    ("device.connectivity.last_connectivity_type", |device, _| {
        text(if device.hardware.kind == "laptop" { "WiFi" } else { "Ethernet" })
    }),
    ("device.first_seen", |device, _| Value::Time(device.first_seen)),
    ("device.days_since_first_seen", |device, now| days(now, device.first_seen)),
    ("device.last_seen", |device, now| Value::Time(device.last_seen(now))),
    ("device.days_since_last_seen", |device, now| days(now, device.last_seen(now))),
    ("device.boot.last_full_boot", |device, now| last_full_boot(device, now).map_or(Value::Null, Value::Time)),
    ("device.boot.last_full_boot_duration", |device, now| {
        let boot = last_full_boot(device, now).map(|at| Boot { at, kind: BootKind::Full });
        boot.map_or(Value::Null, |boot| seconds(device.boot_duration(boot)))
    }),
    ("device.boot.days_since_last_full_boot", |device, now| {
        let days = device.facts_at(now).and_then(|facts| facts.days_since_last_full_boot(now));
        days.map_or(Value::Null, number)
    }),
];

pub(super) fn device_field(name: &str) -> Option<Field> {
    if name.eq_ignore_ascii_case("device.login.last_login_user_name") {
        return users::user_field("user.name");
    }
    named(DEVICE, name).map(Field::Device)
}

pub(super) const fn architecture(platform: Platform) -> &'static str {
    match platform {
        Platform::Windows => "x64",
        Platform::MacOs => "arm64",
    }
}

/// The builds of the systems that the company has.
fn build(operating_system: &str) -> Value {
    let builds = [
        ("11 Enterprise 23H2", "22631"),
        ("11 Pro 22H2", "22621"),
        ("10 Enterprise 22H2", "19045"),
        ("14.6.1", "23G93"),
    ];
    let found = builds.into_iter().find(|(part, _)| operating_system.contains(part));
    found.map_or(Value::Null, |(_, build)| text(build))
}

fn last_full_boot(device: &Device, now: Timestamp) -> Option<Timestamp> {
    device.facts_at(now).and_then(|facts| facts.last_full_boot)
}

/// Whole days, as NQL counts them.
pub(super) fn days(now: Timestamp, since: Timestamp) -> Value {
    number(now.since(since).max(0) / DAY)
}

fn place(device: &Device, read: impl Fn(&'static Place) -> &'static str) -> Value {
    Place::of(device.entity).map_or(Value::Null, |place| text(read(place)))
}

fn serial_number(device: &Device, _: Timestamp) -> Value {
    // The first group of a UUID is as long as a serial number.
    text(&device.uid.split('-').next().unwrap_or_default().to_uppercase())
}

fn collector_version(device: &Device, now: Timestamp) -> Value {
    let packages = device.facts_at(now).map(|facts| facts.packages.as_slice()).unwrap_or_default();
    let collector = packages.iter().find(|package| package.name == "Nexthink Collector");
    collector.map_or(Value::Null, |package| text(&package.version))
}

/// A device takes updates every four weeks, each on its own day, if it is connected then or when it is again.
fn last_update(device: &Device, now: Timestamp) -> Timestamp {
    let cycle = 28 * DAY;
    let last = device.last_seen(now);
    let offset = device.chance(Chance::Update, 0).below(cycle.cast_unsigned()).cast_signed();
    last.plus(-(last.0 - offset).rem_euclid(cycle)).max(device.first_seen)
}
