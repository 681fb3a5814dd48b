//! Playbooks: what to ask about a device, what it means, and what to do about it, as data.

mod built_in;

pub use built_in::{BUILT_IN, BuiltIn};
