//! The Campaigns API: asks employees questions in a window on their devices.

pub mod trigger;
