//! The Spark API: hands a conversation over to Nexthink's own assistant.

pub mod handoff;
