//! The fields of `execution.crashes`.

use nexthink_chatbot::nql::Value;

use super::fields::{Field, Fields, On, named, number, text};
use crate::fleet::{Binary, Crash};

const CRASH: Fields<On<Crash>> = &[
    ("execution.crash.time", |_, crash| Value::Time(crash.at)),
    ("execution.crash.number_of_crashes", |_, crash| number(crash.count.into())),
    ("execution.crash.crash_on_start", |_, crash| Value::Boolean(crash.on_start)),
    ("execution.crash.process_visibility", |_, crash| {
        let has_window = Binary::at(crash.binary).is_some_and(|binary| binary.has_user_interface);
        text(if has_window { "foreground" } else { "background" })
    }),
];

pub(super) fn crash_field(name: &str) -> Option<Field> {
    named(CRASH, name).map(Field::Crash)
}
