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

/// See the option `playbooks` of the facade's `createClient`.
#[wasm_bindgen(js_name = compilePlaybooks)]
pub fn compile_playbooks(input: &[u8]) -> String {
    super::compile::compile(input)
}

/// See `playbooks.check` of the facade.
#[wasm_bindgen(js_name = checkPlaybook)]
pub fn check_playbook(input: &[u8]) -> String {
    super::playbooks::check(input)
}

/// See `playbooks.test` of the facade.
#[wasm_bindgen(js_name = testPlaybook)]
pub fn test_playbook(input: &[u8]) -> String {
    super::playbooks::test(input)
}

/// See `playbooks.content` of the facade.
#[wasm_bindgen]
pub fn content(input: &[u8]) -> String {
    super::content::content(input)
}

/// The same as Markdown.
#[wasm_bindgen(js_name = contentMarkdown)]
pub fn content_markdown(input: &[u8]) -> String {
    super::content::content_markdown(input)
}

/// The doctor's next probes.
#[wasm_bindgen(js_name = doctorProbes)]
pub fn doctor_probes(input: &[u8]) -> String {
    super::doctor::probes(input)
}

/// What the doctor makes of their outcomes.
#[wasm_bindgen(js_name = doctorReport)]
pub fn doctor_report(input: &[u8]) -> String {
    super::doctor::report(input)
}
