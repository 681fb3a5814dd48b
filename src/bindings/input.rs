//! The input of a call: JSON → our own types. What does not fit becomes an error that names the call and the field.

#![allow(dead_code, reason = "each module of the package has calls of other kinds")]

use crate::api::problem::NexthinkError;
use crate::json::{Json, Place, Read, Reader};

/// Reads the input of a call, all of it.
pub(super) fn read<T: Read>(call: &str, input: &[u8]) -> Result<T, NexthinkError> {
    let mut place = Place::default();
    let value = T::read_at(parse(call, input)?, &mut place);
    finish(call, place).map(|()| value)
}

/// Reads the input of a call, field by field.
pub(super) fn read_fields<T>(
    call: &str,
    input: &[u8],
    fields: impl FnOnce(&mut Reader<'_>) -> T,
) -> Result<T, NexthinkError> {
    let mut place = Place::default();
    let mut reader = Reader::new(parse(call, input)?, &mut place);
    let value = fields(&mut reader);
    reader.finish();
    finish(call, place).map(|()| value)
}

pub(super) fn parse(call: &str, input: &[u8]) -> Result<Json, NexthinkError> {
    Json::parse(input).ok_or_else(|| NexthinkError::invalid(format!("the input of `{call}` is not JSON")))
}

pub(super) fn finish(call: &str, place: Place) -> Result<(), NexthinkError> {
    place.finish().map_err(|mismatch| {
        NexthinkError::invalid(format!("`{call}`: {mismatch}")).hint("compare the input with the types of this package")
    })
}
