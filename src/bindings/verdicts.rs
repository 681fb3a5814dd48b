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
}

impl JudgeCore {
    /// Of a playbook that is compiled.
    pub(super) fn of(playbook: Playbook) -> Self {
        let mut rules = Vec::new();
        for rule in &playbook.rules {
            rules.push(rule.id.clone());
        }
        Self { rules, judge: Judge::new(playbook) }
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

    /// For every row of an answer a byte for every rule; see `playbook::verdicts`. Without a time, in milliseconds since
    /// 1970, ages are unknown.
    ///
    /// # Errors
    /// `invalid` for what has no rows.
    pub fn verdicts(&mut self, answer: &[u8], now: Option<f64>) -> Result<Vec<u8>, JsValue> {
        let mut verdicts = Vec::new();
        #[expect(clippy::cast_possible_truncation, reason = "saturates; JavaScript's own dates end far below 2^53")]
        let now = now.map(|now| Timestamp(now as i64));
        let occasion = Occasion { now, collected: &[] };
        self.judge.verdicts(answer, occasion, &mut verdicts).map(|()| verdicts).map_err(throw)
    }
}
