//! The core of `nexthink-chatbot`.
pub mod api;
pub mod client;
pub mod flow;
pub mod nql;
pub mod playbook;
#[cfg(feature = "javascript")]
#[wasm_bindgen::prelude::wasm_bindgen]
/// stub
pub fn stub(text: &str) -> String {
    text.to_uppercase()
}
