//! The fields of `session.events` and `session.logins`.

use nexthink_chatbot::nql::{TimeRange, Value};

use super::fields::{Field, Fields, On, length, named, number, seconds};
use crate::fleet::Login;

const SESSION: Fields<On<TimeRange>> = &[
    ("session.event.start_time", |_, part| Value::Time(part.from)),
    ("session.event.end_time", |_, part| Value::Time(part.to)),
    ("session.event.bucket_duration", |_, part| length(part)),
    ("session.event.duration", |_, part| length(part)),
    ("session.event.user_interaction_time", |device, part| seconds(device.interaction(part))),
];

const LOGIN: Fields<On<Login>> = &[
    ("session.login.time", |_, login| Value::Time(login.at)),
    ("session.login.number_of_logins", |_, _| number(1)),
    ("session.login.time_until_desktop_is_visible", |device, login| seconds(device.desktop_delays(login).0)),
    ("session.login.time_until_desktop_is_ready", |device, login| seconds(device.desktop_delays(login).1)),
];

pub(super) fn session_field(name: &str) -> Option<Field> {
    named(SESSION, name).map(Field::Session)
}

pub(super) fn login_field(name: &str) -> Option<Field> {
    named(LOGIN, name).map(Field::Login)
}
