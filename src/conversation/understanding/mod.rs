//! What an employee's text means: words of the language for what they want, and the playbooks' words for what is wrong.

mod command;
mod plain;
mod symptom;

pub use command::{Command, command};
pub(super) use plain::plain;
pub use symptom::{Understood, symptom};
