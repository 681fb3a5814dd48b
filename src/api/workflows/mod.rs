//! The Workflows API: starts workflows on devices and employees, and wakes those that wait.

pub mod address;
pub mod definition;
pub mod execute;
pub mod get;
pub mod list;
pub mod trigger;

/// Where to look when nobody knows whether a workflow was started or woken.
pub const IF_UNKNOWN: &str = "it may have happened: look at `workflow.executions` before acting again";
