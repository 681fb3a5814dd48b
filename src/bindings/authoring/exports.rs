//! The functions of `authoring.wasm`: the input is JSON in UTF-8, the answer is JSON text.

use wasm_bindgen::prelude::wasm_bindgen;

/// See `nql.parse` of the facade.
#[wasm_bindgen]
pub fn parse(input: &[u8]) -> String {
    super::nql::parse(input)
}

/// See `nql.check` of the facade.
#[wasm_bindgen]
pub fn check(input: &[u8]) -> String {
    super::nql::check(input)
}

/// See `nql.format` of the facade.
#[wasm_bindgen]
pub fn format(input: &[u8]) -> String {
    super::nql::format(input)
}

/// See `playbooks.check` of the facade.
#[wasm_bindgen(js_name = "checkPlaybook")]
pub fn check_playbook(input: &[u8]) -> String {
    super::playbooks::check(input)
}

/// See `playbooks.test` of the facade.
#[wasm_bindgen(js_name = "testPlaybook")]
pub fn test_playbook(input: &[u8]) -> String {
    super::playbooks::test(input)
}
