//! Where a conversation stands, as a value that any process can go on with.

use crate::json::{Json, record};

record! {
    lenient
    /// The state between two turns. Versioned: the next version of the package reads it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct State {
        /// The version of its form.
        pub version: u32,
        /// What is known so far.
        pub known: Json,
    }
}
