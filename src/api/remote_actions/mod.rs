//! The Remote Actions API: runs a script on devices.

pub mod execute;
