//! Which message is said when.

mod messages;

pub use messages::{MESSAGES, MessageKey, ParameterKind};
