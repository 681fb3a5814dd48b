//! The Enrichment API: writes custom fields of devices, users, binaries and packages.

pub mod write;
