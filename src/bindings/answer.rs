//! Values on their way between JavaScript and the core.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::input::{finish, parse};
use crate::api::nql::execute;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, Place, Read, Write, write_fields};

/// Reads the input of a call, all of it.
pub(super) fn read<T: Read>(call: &str, input: &[u8]) -> Result<T, NexthinkError> {
    let mut place = Place::default();
    let value = T::read_at(parse(call, input)?, &mut place);
    finish(call, place).map(|()| value)
}

/// Gives a small result as plain objects.
pub(super) fn write(value: &impl Write) -> Result<JsValue, NexthinkError> {
    to_javascript(&value.write())
}

fn to_javascript(json: &Json) -> Result<JsValue, NexthinkError> {
    json.serialize(&Serializer::json_compatible())
        .map_err(|_| NexthinkError::new(ErrorKind::Internal, "the answer cannot be written"))
}

/// Gives an error as what the facade makes a `NexthinkError` of.
pub(super) fn throw(error: NexthinkError) -> JsValue {
    write(&error).unwrap_or_else(|_| error.message.as_ref().into())
}

/// The answer of a query: columns, and rows of cells in their order. The facade makes objects of them.
pub(super) fn write_rows(output: &execute::Output) -> Result<JsValue, NexthinkError> {
    write(&write_fields(
        &["query_id", "executed_query", "executed_at", "columns", "rows", "truncated"],
        &[
            &output.query_id,
            &output.executed_query,
            &output.executed_at,
            &output.table.columns,
            &output.table.rows,
            &output.truncated,
        ],
    ))
}
