//! How large a state becomes at most: what the employee's platform carries back and forth.

use nexthink_chatbot::conversation::Phase;
use nexthink_chatbot::flow::Employee;

use crate::chat::Chat;
use crate::rules::{agree, nothing_helps};

/// Every identifier, a long story and a ticket of the host's.
fn talkative(employee: &str, playbook: &str, locale: &str) -> Chat {
    let mut chat = Chat::of(employee, locale);
    chat.employee = Employee {
        username: Some(employee.to_owned()),
        upn: Some(format!("{employee}.with-a-long-name@subsidiary.example.com")),
        email: Some(format!("{employee}.with-a-long-name@subsidiary.example.com")),
        sid: Some("S-1-5-21-1004336348-1177238915-682003330-51234".into()),
    };
    chat.reference = Some("INC0012345-f81d4fae-7dec-11d0-a765-00a0c91e6bf6".into());
    let story = chat.story(playbook);
    chat.start(&story).wait();
    chat
}

#[test]
fn a_state_stays_below_4_kb_in_the_worst_case_of_the_built_in_playbooks() {
    let mut largest = 0;
    for locale in ["en", "fr", "de", "es", "ja"] {
        for (employee, playbook) in [("vkowalska", "slow-pc"), ("wziegler", "outlook"), ("qroux", "disk")] {
            let mut chat = talkative(employee, playbook, locale);
            if chat.state().phase == Phase::Device {
                chat.choose("device-1").wait();
            }
            nothing_helps(&mut chat);
            let tried = chat.state().runs.len();
            assert!(tried >= 2, "{tried}");
            chat.yes();
            // What the state had no room for is in the hand-over all the same.
            let escalation = chat.turn.as_ref().unwrap().escalation.clone().unwrap();
            assert_eq!(escalation.tried.len(), tried);
            assert!(escalation.tried.iter().all(|run| run.request_id.is_some() && run.ended_at.is_some()));
            assert_eq!(escalation.references.len(), tried);
            largest = largest.max(chat.largest);
        }
    }
    assert!((3_000..4_096).contains(&largest), "{largest} bytes");
}

#[test]
fn a_yes_to_a_state_that_was_made_smaller_does_what_it_says() {
    let mut chat = talkative("vkowalska", "slow-pc", "ja");
    while chat.state().device.is_some_and(|device| device.proof.is_some()) || chat.state().phase != Phase::Consent {
        agree(&mut chat);
        chat.wait();
        if chat.state().phase == Phase::Helped {
            chat.no().wait();
        }
    }
    let triggers = chat.scene.triggers();
    agree(&mut chat);
    chat.wait();
    assert_eq!((chat.state().phase, chat.scene.triggers()), (Phase::Helped, triggers + 1));
}
