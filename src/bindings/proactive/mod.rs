//! What acts before the employee complains: webhooks that come in, and messages that may go out.
//! Becomes the module `proactive.wasm`, which holds nothing that sends or seals.
//!
//! Each subject has a file, whose functions take JSON in UTF-8 and give JSON text (`answer_text`).

pub mod outreach;
pub mod webhook;
