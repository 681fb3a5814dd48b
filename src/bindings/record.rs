//! What needs no client: what is handed over to the service desk, and whether an audit is all there.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer::{throw, write};
use super::input::read_fields;
use crate::flow::{self, EscalationFormat, EscalationOptions};
use crate::json::{Json, Reader};

/// What was found and tried: as data, or as the text of a page.
///
/// # Errors
/// `invalid` for what is no run, and for nothing at all.
#[wasm_bindgen]
pub fn escalation(input: &[u8]) -> Result<JsValue, JsValue> {
    let fields = |reader: &mut Reader<'_>| (reader.take("runs"), reader.take("options"));
    let (runs, options): (_, EscalationOptions) = read_fields("escalation", input, fields).map_err(throw)?;
    let format = options.format;
    let escalation = flow::escalate(runs, options).map_err(throw)?;
    match format {
        EscalationFormat::Json => write(&escalation).map_err(throw),
        _ => Ok(escalation.page(format == EscalationFormat::Markdown).into()),
    }
}

/// Whether records of an audit are as they were written, and all there. Takes the keys as bytes.
///
/// # Errors
/// `invalid` for what is no list, and without a key.
#[wasm_bindgen(js_name = verifyAudit)]
pub fn verify_audit(input: &[u8], keys: &Array) -> Result<JsValue, JsValue> {
    let mut secrets = Vec::new();
    for key in keys.iter() {
        secrets.push(Uint8Array::new(&key).to_vec());
    }
    read_fields("verifyAudit", input, |reader| reader.take("records"))
        .and_then(|records: Vec<Json>| flow::verify_audit(&records, &secrets))
        .and_then(|verdict| write(&verdict))
        .map_err(throw)
}
