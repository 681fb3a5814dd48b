//! Whether the audit is all there: what was removed, swapped, changed or appended is found, and an open chain is not
//! complete.

use nexthink_chatbot::flow::verify_audit;
use nexthink_chatbot::json::Json;

use crate::alterations::alterations;
use crate::audited::{Audited, SECRET, text, verdict};

fn records() -> Vec<Json> {
    let audited = Audited::new();
    audited.repair();
    audited.records.take()
}

fn is_broken_at(records: &[Json], position: usize, what: &str) {
    let verdict = verdict(records);
    assert_eq!((verdict.ok, verdict.complete, verdict.first_broken), (false, false, Some(position)), "{what}");
}

#[test]
fn each_record_that_is_removed_is_missed() {
    let records = records();
    for position in 0..records.len() {
        let mut rest = records.clone();
        rest.remove(position);
        match position + 1 == records.len() {
            // What is cut off at the end leaves the chain open.
            true => assert_eq!((verdict(&rest).ok, verdict(&rest).complete), (true, false)),
            false => is_broken_at(&rest, position, "removed"),
        }
    }
    for length in 1..records.len() {
        let verdict = verdict(&records[..length]);
        assert_eq!((verdict.ok, verdict.complete, verdict.first_broken), (true, false, None), "the first {length}");
        is_broken_at(&records[length..], 0, "without the first");
    }
    assert_eq!((verdict(&[]).ok, verdict(&[]).complete), (true, false));
}

#[test]
fn records_that_are_swapped_are_found() {
    let records = records();
    for first in 0..records.len() {
        for second in first + 1..records.len() {
            let mut swapped = records.clone();
            swapped.swap(first, second);
            is_broken_at(&swapped, first, "swapped");
        }
    }
}

#[test]
fn each_field_of_each_record_that_is_changed_is_found() {
    let records = records();
    let mut changes = 0;
    for (position, record) in records.iter().enumerate() {
        for (path, other) in alterations(record) {
            let mut changed = records.clone();
            changed[position] = other;
            is_broken_at(&changed[..=position], position, &path);
            changes += 1;
        }
        let Json::Object(mut fields) = record.clone() else { panic!() };
        fields.push(("note".into(), "added later".into()));
        let mut changed = records.clone();
        changed[position] = Json::Object(fields);
        is_broken_at(&changed, position, "a field more");
    }
    assert!(changes > 300, "{changes}");
}

#[test]
fn what_is_appended_or_put_in_between_is_found() {
    let records = records();
    for record in records.iter().cloned().chain(["x".into(), Json::Null, Json::Object(Vec::new())]) {
        for position in 0..=records.len() {
            let mut more = records.clone();
            more.insert(position, record.clone());
            let verdict = verdict(&more);
            assert!(!verdict.ok && !verdict.complete, "{position}");
        }
        is_broken_at(&[records.as_slice(), &[record]].concat(), records.len(), "appended");
    }
    // A record with a hash of its own, by someone who does not have the key.
    let theirs = Audited::with(r#","readOnly":true"#, true);
    let diagnosis = theirs.scene.diagnosis("amartin", "outlook");
    for _ in 0..2 {
        assert!(theirs.scene.propose(&diagnosis, "offline").is_err());
    }
    // The first has the ID of the repair: both tenants' dice fall alike.
    let theirs = theirs.records.take().split_off(2);
    let both = [records.as_slice(), &theirs].concat();
    assert!(verdict(&both).complete, "another chain by the same key is none the worse for it");
    let Json::Object(fields) = &theirs[1] else { panic!() };
    let id = Json::from(text(&records[0], "id").as_str());
    let forged = fields.iter().map(|(name, value)| match &**name {
        "id" => (name.clone(), id.clone()),
        _ => (name.clone(), value.clone()),
    });
    is_broken_at(&[records.as_slice(), &[Json::Object(forged.collect())]].concat(), records.len(), "forged");
}

#[test]
fn chains_may_be_mixed_and_stored_in_any_order_of_fields() {
    let audited = Audited::new();
    let first = audited.scene.remediate(&audited.token()).unwrap();
    let diagnosis = audited.scene.diagnosis("fweber", "onedrive");
    let second = audited.scene.propose(&diagnosis, "broken-onedrive").unwrap();
    let second = audited.scene.remediate(&second.token).unwrap();
    let (first, second) = (audited.follow(first), audited.follow(second));
    audited.solved(second);
    assert_eq!((audited.verdict().ok, audited.verdict().complete), (true, false), "the first is still open");
    audited.solved(first);
    assert!(audited.verdict().complete);
    let turned =
        audited.records.take().into_iter().map(|record| match Json::parse(record.to_text().as_bytes()).unwrap() {
            Json::Object(fields) => Json::Object(fields.into_iter().rev().collect()),
            other => other,
        });
    assert!(verdict(&turned.collect::<Vec<_>>()).complete);
}

#[test]
fn the_key_decides_and_one_of_several_is_enough() {
    let records = records();
    let secret = |text: &str| text.as_bytes().to_vec();
    let with = |keys: &[Vec<u8>]| verify_audit(&records, keys).unwrap();
    assert!(with(&[secret("another"), secret(SECRET)]).complete);
    assert_eq!(with(&[secret("another")]).first_broken, Some(0));
    for none in [vec![], vec![secret("")], vec![secret(SECRET), secret("")]] {
        assert_eq!(verify_audit(&records, &none).unwrap_err().kind.word(), "invalid");
    }
}
