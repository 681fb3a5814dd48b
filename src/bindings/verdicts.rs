//! A playbook as JavaScript holds it to judge rows: made ready once, in the module's memory between calls.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer::{throw, write};
use crate::nql::Timestamp;
use crate::playbook::verdicts::{Judge, Occasion};
use crate::playbook::{Library, Playbook};

/// A playbook made ready for rows.
#[wasm_bindgen]
pub struct JudgeCore {
    rules: Vec<String>,
    judge: Judge,
    /// Of the last answer, kept so that the next one needs no room of its own.
    verdicts: Vec<u8>,
}

impl JudgeCore {
    /// Of a playbook that is compiled.
    pub(super) fn of(playbook: Playbook) -> Self {
        let mut rules = Vec::new();
        for rule in &playbook.rules {
            rules.push(rule.id.clone());
        }
        Self { rules, judge: Judge::new(playbook), verdicts: Vec::new() }
    }
}

#[wasm_bindgen]
impl JudgeCore {
    /// Takes compiled playbooks and the name of one of them.
    ///
    /// # Errors
    /// `not-found` where there is none of that name.
    #[wasm_bindgen(constructor)]
    pub fn new(playbooks: &[u8], id: &str) -> Result<Self, JsValue> {
        let playbook = Library::read(playbooks).and_then(|library| library.get(id).cloned());
        playbook.map(Self::of).map_err(throw)
    }

    /// The names of its rules, in order.
    ///
    /// # Errors
    /// None.
    pub fn rules(&self) -> Result<JsValue, JsValue> {
        write(&self.rules).map_err(throw)
    }

    /// Judges the rows of an answer and tells how many verdicts there are: rows times rules. Without a time, in
    /// milliseconds since 1970, ages are unknown.
    ///
    /// # Errors
    /// `invalid` for what has no rows.
    pub fn judge(&mut self, answer: &[u8], now: Option<f64>) -> Result<usize, JsValue> {
        #[expect(clippy::cast_possible_truncation, reason = "saturates; JavaScript's own dates end far below 2^53")]
        let now = now.map(|now| Timestamp(now as i64));
        self.verdicts.clear();
        let occasion = Occasion { now, ..Occasion::default() };
        self.judge.verdicts(answer, occasion, &mut self.verdicts).map_err(throw)?;
        Ok(self.verdicts.len())
    }

    /// Sixteen verdicts of the last answer, row by row and rule by rule, in two bits each, the first in the lowest. A
    /// number costs a tenth of what a list of bytes does.
    pub fn sixteen(&self, from: usize) -> u32 {
        let verdicts = self.verdicts.get(from..).unwrap_or_default();
        (0..).zip(verdicts.iter().take(16)).fold(0, |bits, (at, verdict)| bits | u32::from(verdict & 3) << (2 * at))
    }
}
