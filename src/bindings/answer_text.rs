//! The answer of a module that throws nothing: JSON text, `{ "result": … }`, or `{ "error": … }` with the details of a
//! `NexthinkError`, which the facade throws. Its class is the default entry's.

use crate::api::problem::NexthinkError;
use crate::json::{Write, write_fields};

pub(super) fn answer(result: Result<impl Write, NexthinkError>) -> String {
    match &result {
        Ok(result) => write_fields(&["result"], &[result]),
        Err(error) => write_fields(&["error"], &[error]),
    }
    .to_text()
}
