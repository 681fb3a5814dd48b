//! Remote actions: what one is (`definition`), how tests write one (`definition_json`, `declared`), which a tenant has
//! (`catalogue`) and at first (`built_in`), what their scripts read (`reports`) and do (`scripts`), and what becomes of
//! one that was triggered (`life_cycle`).

mod built_in;
mod catalogue;
mod declared;
mod definition;
mod definition_json;
mod life_cycle;
mod reports;
mod scripts;

pub(crate) use catalogue::Catalogue;
pub(crate) use declared::{NamedJson, NamedValues};
pub(crate) use definition::{Inputs, Kind, Origin, Outputs, RemoteAction, Schedule};
pub(crate) use definition_json::DefinitionJson;
pub(crate) use life_cycle::{Executions, Status, Trigger};
pub(crate) use scripts::{disk_cleanup, set_outlook_online};
