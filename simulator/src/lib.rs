//! stub
#[cfg(feature = "javascript")]
#[wasm_bindgen::prelude::wasm_bindgen]
/// stub
pub fn stub(text: &str) -> String {
    text.to_lowercase()
}
