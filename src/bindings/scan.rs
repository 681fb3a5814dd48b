//! A scan as JavaScript holds it: a chunk in, and text out for all rows that match in it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::fleet::throw;
use crate::fleet::scan::Scan;
use crate::json::Write;

/// A file on its way through a playbook.
#[wasm_bindgen]
pub struct ScanCore {
    scan: Scan,
}

impl ScanCore {
    pub(super) const fn new(scan: Scan) -> Self {
        Self { scan }
    }
}

#[wasm_bindgen]
impl ScanCore {
    /// Reads a chunk.
    ///
    /// # Errors
    /// Those of `Scan::feed`; the rows before what is wrong can be taken all the same.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), JsValue> {
        self.scan.feed(chunk).map(drop).map_err(throw)
    }

    /// The file has ended.
    ///
    /// # Errors
    /// Those of `feed`.
    pub fn finish(&mut self) -> Result<(), JsValue> {
        self.scan.finish().map(drop).map_err(throw)
    }

    /// The rows that wait to be taken, as `Scan::take` writes them; undefined where there are none.
    pub fn take(&mut self) -> Option<String> {
        (self.scan.waiting() > 0).then(|| self.scan.take())
    }

    /// The names of the columns as a JSON list, where rows are lists of cells.
    pub fn columns(&self) -> String {
        self.scan.columns().write().to_text()
    }

    /// How many rows were read.
    pub fn rows(&self) -> usize {
        self.scan.rows()
    }

    /// How many rows matched.
    pub fn matches(&self) -> usize {
        self.scan.matches()
    }

    /// All that was counted: `ScanCounts` as JSON.
    pub fn counts(&self) -> String {
        self.scan.counts().write().to_text()
    }
}
