//! The core of `nexthink-chatbot`: what a chatbot needs to diagnose and repair an employee's device with Nexthink,
//! as plain Rust without I/O, clock or randomness.
//!
//! In the order in which data flows:
//!
//! - `bindings`: a call from JavaScript comes in, an answer goes out;
//! - `conversation`: what a chatbot says next, in which words, and how a platform shows it;
//! - `fleet`: many devices at once: exports of a whole company;
//! - `flow`: the six steps of a repair: identify, diagnose, propose, remediate, follow up, verify;
//! - `doctor`: whether a tenant has what the playbooks need;
//! - `content`: what an administrator has to create for them;
//! - `playbook`: what to ask about a device, what the answer means, and what to do about it, as data;
//! - `nql`: the Nexthink Query Language, in which saved queries and the conditions of rules are written;
//! - `client`: the conduct of a good client: its token, what it sends again and what it never does;
//! - `api`: Nexthink's HTTP APIs as values: a request, a response;
//! - `json`: JSON as a value, and the way of our own types into it and out of it;
//! - `csv`: CSV in chunks of bytes as records of borrowed cells;
//! - `unseen`: the characters of a text that nobody sees;
//! - `host`: the JavaScript runtime: fetch, clock, timers, randomness.
//!
//! `json`, `csv`, `base64` and `unseen` are the ground; `api` and `nql` stand on it and use no other module. The flows are generic over
//! [`client::Host`], so that the same code runs on a JavaScript runtime and, in native tests, on the simulated tenant.

pub mod api;
pub mod base64;
#[cfg(any(
    test,
    feature = "javascript",
    feature = "authoring",
    feature = "fleet",
    feature = "conversation",
    feature = "proactive"
))]
mod bindings;
pub mod client;
pub mod content;
pub mod conversation;
pub mod csv;
pub mod doctor;
pub mod fleet;
pub mod flow;
#[cfg(test)]
mod generated;
#[cfg(feature = "javascript")]
mod host;
pub mod json;
pub mod nql;
pub mod playbook;
mod unseen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
