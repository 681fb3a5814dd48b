//! Playbooks that administrators write are examined as the built-in ones are.

use nexthink_chatbot::content::PlaybookSource;
use nexthink_chatbot::json::Json;

use crate::clinic::{Clinic, Named, troubles, words};

const AUDIO: &str = r##"{
    "id": "audio", "version": "1.0.0", "title": { "en": "No sound" }, "platforms": ["Windows", "macOS"],
    "query": { "id": "#diagnose_audio", "text": "devices | where name == $device_name | list collector.uid, name, boot.days_since_last_full_boot" },
    "remoteActions": {
        "restart_service": { "title": "Restart Windows service", "risk": "safe", "remoteActionId": "restart_windows_service", "parameters": { "ServiceName": "AudioSrv2", "MaximumDelayInSeconds": "0" } },
        "restart_audio": { "title": "Restart audio", "risk": "safe" }
    },
    "rules": [
        { "id": "old", "when": "boot.days_since_last_full_boot > 3", "reason": { "en": "x" }, "remoteAction": "restart_service" },
        { "id": "always", "always": true, "reason": { "en": "x" }, "remoteAction": "restart_audio" }
    ]
}"##;

fn clinic(playbook: &str) -> Clinic {
    let mut clinic = Clinic::new();
    let only = ["audio".to_owned()];
    clinic.playbooks = PlaybookSource::choose(&[Json::from(playbook)], Some(&only)).unwrap();
    clinic
}

#[test]
fn what_an_own_playbook_needs_is_found_missing() {
    let found = clinic(AUDIO);
    let report = found.report();
    assert_eq!(
        troubles(&report),
        ["query:audio", "remote-action:restart_service:platform", "remote-action:restart_service:input-values"]
    );
    let (detail, fix) = words(&report, "remote-action:restart_service:input-values");
    assert!(detail.contains("`ServiceName`") && fix.contains("allow a custom value"), "{detail} {fix}");
    assert!(!detail.contains("AudioSrv2") && !fix.contains("AudioSrv2"));
    assert!(report.checks.iter().any(|check| check.id == "remote-action:restart_audio"));
}

#[test]
fn once_it_is_all_there_an_own_playbook_is_well() {
    let corrected = AUDIO.replace("AudioSrv2", "Audiosrv").replace("[\"Windows\", \"macOS\"]", "[\"Windows\"]");
    let clinic = clinic(&corrected);
    let query = &clinic.playbooks[0].query;
    clinic.tenant.borrow_mut().set_query("#diagnose_audio", query).unwrap();
    assert_eq!(clinic.troubles(), Named::new());
}

#[test]
fn several_troubles_of_one_kind_are_one_check() {
    let playbook = AUDIO
        .replace("ServiceName", "Service")
        .replace("MaximumDelayInSeconds", "Delay")
        .replace("[\"Windows\", \"macOS\"]", "[\"Windows\"]");
    let clinic = clinic(&playbook);
    clinic.tenant.borrow_mut().set_query("#diagnose_audio", &clinic.playbooks[0].query).unwrap();
    let report = clinic.report();
    assert_eq!(
        troubles(&report),
        ["remote-action:restart_service:inputs", "(remote-action:restart_service:unfilled-inputs)"]
    );
    assert!(words(&report, "remote-action:restart_service:inputs").0.contains("`Service`, `Delay`"));
}

#[test]
fn two_actions_of_one_name_are_told_apart_by_their_ids() {
    let other = AUDIO
        .replace("\"id\": \"audio\"", "\"id\": \"sound\"")
        .replace("\"restart_audio\": {", "\"restart_audio\": { \"remoteActionId\": \"#theirs\",");
    let mut clinic = Clinic::new();
    let only = ["audio".to_owned(), "sound".to_owned()];
    clinic.playbooks = PlaybookSource::choose(&[AUDIO.into(), Json::from(other.as_str())], Some(&only)).unwrap();
    assert!(clinic.troubles().contains(&"remote-action:restart_audio=theirs".to_owned()), "{:?}", clinic.troubles());
}
