//! Random bytes as an answer: nothing panics, and the verdicts on its rows are those of `evaluate`, or both refuse it.
//!
//! The first byte chooses the playbook; the rest is the answer, which is judged twice, because a judge remembers how rows were
//! written.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use nexthink_chatbot::api::nql::execute::rows_in;
use nexthink_chatbot::playbook::verdicts::{Judge, MATCH, NO_MATCH, UNKNOWN};
use nexthink_chatbot::playbook::{Circumstances, Library, Playbook, Verdict};

/// Rules that only compare numbers, of columns with short names.
const NUMBERS: &str = r##"{"id":"numbers","version":"1","title":{"en":"x"},"query":{"id":"#own"},"rules":[
{"id":"less","when":"a < 2","reason":{"en":"x"},"advice":{"en":"x"}},
{"id":"same","when":"b == 0.5","reason":{"en":"x"},"advice":{"en":"x"}},
{"id":"joined","when":"a + b > 10","reason":{"en":"x"},"advice":{"en":"x"}},
{"id":"divided","when":"a / n > 1","reason":{"en":"x"},"advice":{"en":"x"}},
{"id":"counted","when":"n >= 1","reason":{"en":"x"},"advice":{"en":"x"}}]}"##;

const QUERY: &str = "devices during past 7d
    | where name == $device_name
    | include device_performance.events during past 24h
    | compute a = system_drive_free_space.avg(), b = free_memory.avg()
    | include package.installed_packages
    | compute n = package.name.count()
    | list collector.uid, name, a, b, n";

static PLAYBOOKS: LazyLock<Vec<Arc<Playbook>>> = LazyLock::new(|| {
    let own = Playbook::compile(NUMBERS, Some(QUERY)).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let built_in = Library::built_in().unwrap_or_else(|_| panic!("the built-in playbooks"));
    [own].into_iter().chain(built_in.iter().cloned()).map(Arc::new).collect()
});

fuzz_target!(|bytes: &[u8]| {
    let [choice, answer @ ..] = bytes else { return };
    // Half of the time the one of which rows are read the quickest way.
    let playbook = &PLAYBOOKS[usize::from(choice / 2) * usize::from(choice % 2) % PLAYBOOKS.len()];
    let expected = evaluated(playbook, answer);
    let mut judge = Judge::new(Arc::clone(playbook));
    for _ in 0..2 {
        let mut verdicts = Vec::new();
        let found = judge.verdicts(answer, None, &mut verdicts).ok().map(|()| verdicts);
        assert_eq!(found, expected);
    }
});

fn evaluated(playbook: &Playbook, answer: &[u8]) -> Option<Vec<u8>> {
    let table = rows_in(answer)?;
    let circumstances =
        Circumstances { locale: "en", now: None, remote_action_id: &|action| action.remote_action_id.clone() };
    let mut verdicts = Vec::new();
    for row in 0..table.rows.len() {
        let facts = playbook.facts(&table, row, &[])?;
        verdicts.extend(playbook.evaluate(&facts, &circumstances).findings.iter().map(|finding| match finding.verdict {
            Verdict::NoMatch => NO_MATCH,
            Verdict::Unknown => UNKNOWN,
            Verdict::Match => MATCH,
        }));
    }
    Some(verdicts)
}
