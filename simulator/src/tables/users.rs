//! `users`: the employees, as the Collector and the directory know them.

use super::{Field, Fields, Of, named, text};
use crate::fleet::Employee;

const USER: Fields<Of<Employee>> = &[
    ("user.name", |employee| text(&employee.username)),
    ("user.upn", |employee| text(&employee.upn)),
    ("user.sid", |employee| text(&employee.sid)),
    ("user.uid", |employee| text(&employee.uid)),
    ("user.ad.email_address", |employee| text(&employee.email)),
    ("user.ad.full_name", |employee| text(&employee.name)),
];

pub(super) fn user_field(name: &str) -> Option<Field> {
    named(USER, name).map(Field::User)
}
