//! The instance that all of this runs in, which is over where it traps.

use wasm_bindgen::handler::schedule_reinit;
use wasm_bindgen::prelude::wasm_bindgen;

/// The next call begins a new instance, with nothing that this one knew. Objects of this one are over.
#[wasm_bindgen(js_name = startAnew)]
pub fn start_anew() {
    schedule_reinit();
}
