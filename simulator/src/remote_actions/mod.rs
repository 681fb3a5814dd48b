//! Remote actions: which there are (`catalogue`), what their scripts read (`reports`) and do (`scripts`), and what
//! becomes of one that was triggered (`life_cycle`).

mod catalogue;
mod life_cycle;
mod reports;
mod scripts;

pub(crate) use catalogue::{Kind, Outputs, RemoteAction, Schedule, find, outputs_text};
pub(crate) use life_cycle::{Executions, Status, Trigger};
