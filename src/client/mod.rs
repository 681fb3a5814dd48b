//! The conduct of a good client: tokens, limits, and the trait `Host` through which everything is sent.

mod host;

pub use host::Host;
