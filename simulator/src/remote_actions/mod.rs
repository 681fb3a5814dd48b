//! Remote actions: what one is (`definition`), which there are (`catalogue`), what their scripts read (`reports`) and
//! do (`scripts`), and what becomes of one that was triggered (`life_cycle`).

mod catalogue;
mod definition;
mod life_cycle;
mod reports;
mod scripts;

pub(crate) use catalogue::{find, outputs_text};
pub(crate) use definition::{Inputs, Kind, Origin, Outputs, RemoteAction, Schedule};
pub(crate) use life_cycle::{Executions, Status, Trigger};
pub(crate) use scripts::{disk_cleanup, set_outlook_online};
