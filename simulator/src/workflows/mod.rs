//! Workflows: what one is (`definition`), which there are (`catalogue`), and what becomes of one that was triggered
//! (`life_cycle`).

mod catalogue;
mod definition;
mod life_cycle;

pub(crate) use catalogue::{find, find_by_uuid};
pub(crate) use definition::{Dependency, Workflow};
pub(crate) use life_cycle::{Target, TriggerMistake, WorkflowExecution, WorkflowExecutions, WorkflowTrigger};
