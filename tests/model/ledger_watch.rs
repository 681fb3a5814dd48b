//! Watches what is written into the store: a run's state never goes backwards, and an attempt that was released stays so.

use std::cell::RefCell;

use nexthink_chatbot::flow::{Run, RunState};
use nexthink_chatbot::json::{Json, Read};

#[derive(Default)]
pub struct LedgerWatch {
    pub wrong: RefCell<Vec<String>>,
}

/// How far a run is. That it was given up comes after all states but the ends.
pub fn rank(run: &Run) -> (bool, RunState) {
    let end = run.state.is_end();
    (run.ended_at.is_some(), if end { RunState::Succeeded } else { run.state })
}

impl LedgerWatch {
    pub fn changed(&self, key: &str, before: Option<&str>, after: &str) {
        let (Some(before), true) = (before, key.contains(":run:")) else { return };
        let (before, after) = (Json::parse(before.as_bytes()).unwrap(), Json::parse(after.as_bytes()).unwrap());
        let attempt = |entry: &Json| entry.get("attempt").and_then(Json::as_text).map(str::to_owned);
        let released = |entry: &Json| entry.get("released") == Some(&Json::Boolean(true));
        let run = |entry: &Json| Run::read(entry.get("run").unwrap().clone()).unwrap();
        let (old, new) = (run(&before), run(&after));
        let wrong = if attempt(&before) != attempt(&after) {
            (!released(&before)).then(|| format!("an attempt takes the place of one that is {:?}", old.state))
        } else if released(&before) && !released(&after) && new.state < RunState::Accepted {
            Some("a released attempt comes back".into())
        } else if rank(&new) < rank(&old) || (old.state.is_end() && old.state != new.state) {
            Some(format!("a run goes back from {:?} to {:?}", old.state, new.state))
        } else {
            None
        };
        self.wrong.borrow_mut().extend(wrong);
    }
}
