//! The fields of `users`: the employees, as the Collector and the directory know them.

use nexthink_chatbot::nql::{Timestamp, Value};

use super::View;
use super::devices::days;
use super::fields::{Field, Fields, named, text};
use crate::fleet::{Device, Employee};

const USER: Fields<fn(&View<'_>, &Employee) -> Value> = &[
    ("user.name", |_, employee| text(&employee.username)),
    ("user.username", |_, employee| text(&employee.username)),
    ("user.type", |_, _| text("domain_user")),
    ("user.upn", |_, employee| text(&employee.upn)),
    ("user.sid", |_, employee| text(&employee.sid)),
    ("user.uid", |_, employee| text(&employee.uid)),
    ("user.ad.username", |_, employee| text(&employee.username)),
    ("user.ad.email_address", |_, employee| text(&employee.email)),
    ("user.ad.full_name", |_, employee| text(&employee.name)),
    ("user.ad.department", |_, employee| text(department(employee))),
    ("user.first_seen", |view, employee| {
        let first = devices(view, employee).map(|device| device.first_seen).min();
        first.map_or(Value::Null, Value::Time)
    }),
    ("user.last_seen", |view, employee| last_seen(view, employee).map_or(Value::Null, Value::Time)),
    ("user.days_since_last_seen", |view, employee| {
        last_seen(view, employee).map_or(Value::Null, |seen| days(view.now, seen))
    }),
];

const DEPARTMENTS: [&str; 6] = ["Engineering", "Finance", "Human Resources", "Marketing", "Operations", "Sales"];

pub(super) fn user_field(name: &str) -> Option<Field> {
    named(USER, name).map(Field::User)
}

fn devices<'a>(view: &View<'a>, employee: &'a Employee) -> impl Iterator<Item = &'a Device> {
    let fleet = view.fleet;
    employee.device_positions.iter().filter_map(|position| fleet.devices.get(*position))
}

fn last_seen(view: &View<'_>, employee: &Employee) -> Option<Timestamp> {
    let devices = employee.device_positions.iter().filter_map(|position| view.fleet.devices.get(*position));
    devices.map(|device| device.last_seen(view.now)).max()
}

/// The same employee is always in the same department.
fn department(employee: &Employee) -> &'static str {
    let sum = employee.uid.bytes().map(usize::from).sum::<usize>();
    DEPARTMENTS.get(sum % DEPARTMENTS.len()).copied().unwrap_or_default()
}
