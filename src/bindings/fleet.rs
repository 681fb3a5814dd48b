//! Playbooks for rows, without a client: many of them, and quickly. Becomes the module `fleet.wasm`, which is built for
//! speed where the others are built for size.
//!
//! What is thrown is the JSON text of a `NexthinkError`'s details: its class is the default entry's.

use std::sync::Arc;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::input::parse;
use super::scan::ScanCore;
use crate::api::problem::NexthinkError;
use crate::fleet::scan::{Scan, Settings};
use crate::json::Write;
use crate::nql::Timestamp;
use crate::playbook::verdicts::Judge;
use crate::playbook::{COMPILED, Library};

/// A playbook made ready for rows: once, in the module's memory between calls.
#[wasm_bindgen]
pub struct JudgeCore {
    judge: Judge,
    /// Of the last answer, kept so that the next one needs no room of its own.
    verdicts: Vec<u8>,
}

#[wasm_bindgen]
impl JudgeCore {
    /// Takes the name of a playbook: of a built-in one, or of one of the user's own, compiled.
    ///
    /// # Errors
    /// `not-found` where there is none of that name.
    #[wasm_bindgen(constructor)]
    pub fn new(id: &str, own: Option<Vec<u8>>) -> Result<Self, JsValue> {
        let playbooks = own.as_deref().unwrap_or(COMPILED.as_bytes());
        let playbook = Library::read_one(playbooks, id).map_err(throw)?;
        Ok(Self { judge: Judge::new(playbook), verdicts: Vec::new() })
    }

    /// Begins to scan a file with this playbook. `now` as in `judge`.
    pub fn scan(&self, all: bool, strict: bool, now: Option<f64>) -> ScanCore {
        let settings = Settings { all, strict, now: time(now), ..Settings::default() };
        ScanCore::new(Scan::new(Arc::clone(self.judge.playbook()), settings))
    }

    /// The names of its rules, in order, as JSON.
    pub fn rules(&self) -> String {
        let names: Vec<&str> = self.judge.playbook().rules.iter().map(|rule| rule.id.as_str()).collect();
        names.write().to_text()
    }

    /// Evaluates one row with all reasons: an `EvaluationInput` as JSON, an `Evaluation` as JSON.
    ///
    /// # Errors
    /// `invalid` where the input is none.
    pub fn evaluate(&self, input: &[u8]) -> Result<String, JsValue> {
        let evaluation = parse("playbooks.evaluate", input).and_then(|input| self.judge.playbook().evaluate_row(input));
        evaluation.map(|evaluation| evaluation.write().to_text()).map_err(throw)
    }

    /// Judges the rows of an answer and tells how many verdicts there are: rows times rules. Without a time, in
    /// milliseconds since 1970, ages are unknown.
    ///
    /// # Errors
    /// `invalid` for what has no rows.
    pub fn judge(&mut self, answer: &[u8], now: Option<f64>) -> Result<usize, JsValue> {
        self.verdicts.clear();
        self.judge.verdicts(answer, time(now), &mut self.verdicts).map_err(throw)?;
        Ok(self.verdicts.len())
    }

    /// So many verdicts of the last answer, at most sixteen, row by row and rule by rule, in two bits each, the first in the
    /// lowest. A number costs a tenth of what a list of bytes does.
    pub fn bits(&self, from: usize, count: usize) -> u32 {
        let verdicts = self.verdicts.get(from..).unwrap_or_default();
        let some = verdicts.iter().take(count.min(16));
        (0..).zip(some).fold(0, |bits, (at, verdict)| bits | u32::from(verdict & 3) << (2 * at))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "saturates; JavaScript's own dates end far below 2^53")]
pub(super) fn time(now: Option<f64>) -> Option<Timestamp> {
    now.map(|now| Timestamp(now as i64))
}

pub(super) fn throw(error: NexthinkError) -> JsValue {
    JsValue::from_str(&error.write().to_text())
}
