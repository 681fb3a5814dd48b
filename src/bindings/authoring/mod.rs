//! What those need who write queries and playbooks and keep a tenant in order; a conversation never does. Becomes the
//! module `authoring.wasm`.
//!
//! An answer is JSON text: `{ "result": … }`, or `{ "error": … }` with the details of a `NexthinkError`, which the
//! facade throws. Its class is the default entry's, so nothing is thrown here.

#[cfg(feature = "authoring")]
mod exports;
pub mod nql;
mod places;
pub mod playbooks;

use crate::api::problem::NexthinkError;
use crate::json::{Write, write_fields};

fn answer(result: Result<impl Write, NexthinkError>) -> String {
    match &result {
        Ok(result) => write_fields(&["result"], &[result]),
        Err(error) => write_fields(&["error"], &[error]),
    }
    .to_text()
}
