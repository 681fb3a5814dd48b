//! Many devices at once: what a company exports, read as it comes and never held whole.

pub mod directory;
pub mod scan;
