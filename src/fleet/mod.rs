//! Many devices at once: what a company exports, read as it comes and never held whole, and what its tenant tells of itself.

pub mod directory;
pub mod outreach;
pub mod scan;
pub mod webhook;
