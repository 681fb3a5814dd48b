//! What else can happen on the way: several devices, data that is not known, devices that are offline, failures, lost
//! answers, proposals that expire, the service desk.

use nexthink_chatbot::conversation::Phase;
use nexthink_chatbot::nql::{DAY, HOUR, MINUTE};
use nexthink_simulator::{Fault, FaultKind, Permission};

use crate::chat::{Chat, new_tenant};
use crate::rules::{agree, nothing_helps};
use crate::stages::always;

type Path = (&'static str, fn(&str) -> Chat, Phase);

const PATHS: [Path; 36] = [
    (
        "devices/three-of-which-one-is-chosen",
        |locale| {
            talk("qroux", "slow-pc", locale, |chat| {
                chat.say("2").wait();
            })
        },
        Phase::HandOver,
    ),
    (
        "devices/chosen-by-name",
        |locale| {
            talk("qroux", "slow-pc", locale, |chat| {
                chat.say("qroux-lt").wait();
            })
        },
        Phase::Consent,
    ),
    (
        "devices/chosen-by-type",
        |locale| {
            talk("qroux", "slow-pc", locale, |chat| {
                chat.say("desktop").wait();
            })
        },
        Phase::HandOver,
    ),
    ("devices/a-mac-is-not-applicable", |locale| talk("rlindqvist", "slow-pc", locale, |_| {}), Phase::HandOver),
    (
        "devices/another-one-after-a-mac",
        |locale| {
            talk("qroux", "slow-pc", locale, |chat| {
                chat.choose("device-3").wait().choose("another").wait().choose("device-1").wait();
            })
        },
        Phase::Consent,
    ),
    (
        "devices/another-device-of-one",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.another_device().wait();
            })
        },
        Phase::Consent,
    ),
    (
        "devices/none-and-then-the-service-desk",
        |locale| {
            talk("nobody", "outlook", locale, |chat| {
                chat.choose("again").wait().choose("human");
            })
        },
        Phase::Escalated,
    ),
    ("devices/by-the-second-identifier", by_the_second_identifier, Phase::Consent),
    (
        "unknown/never-collected",
        |locale| {
            talk("ohaddad", "disk", locale, |chat| {
                chat.no();
            })
        },
        Phase::Ended,
    ),
    (
        "unknown/not-measured",
        |locale| {
            talk("pjensen", "slow-pc", locale, |chat| {
                chat.yes();
            })
        },
        Phase::Escalated,
    ),
    ("unknown/collection-failed", |locale| talk("uvogel", "outlook", locale, |_| {}), Phase::Consent),
    (
        "unknown/ages-not-told",
        |locale| {
            let tenant = new_tenant().without_query("#get_data_collection_times");
            let mut chat = Chat::in_tenant(tenant, "", "amartin", locale);
            chat.describe("outlook").wait().yes().wait();
            chat
        },
        Phase::Helped,
    ),
    (
        "unknown/healthy",
        |locale| {
            talk("nberg", "onedrive", locale, |chat| {
                chat.no();
            })
        },
        Phase::Ended,
    ),
    (
        "runs/offline-until-it-expires",
        |locale| {
            talk("stanaka", "slow-pc", locale, |chat| {
                chat.yes().wait().yes();
            })
        },
        Phase::Escalated,
    ),
    (
        "runs/offline-and-back",
        |locale| {
            talk("stanaka", "slow-pc", locale, |chat| {
                chat.yes();
                while !chat.state().told_to_wait {
                    chat.resume_after(30_000);
                }
                chat.set("STANAKA-LT", r#"{"online":true}"#).wait().yes();
            })
        },
        Phase::Solved,
    ),
    (
        "runs/script-fails",
        |locale| {
            talk("tmoreau", "slow-pc", locale, |chat| {
                chat.yes().wait().yes();
            })
        },
        Phase::Escalated,
    ),
    (
        "runs/lost-answer",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.inject(Fault::new(FaultKind::LostAnswer).of("act/execute")).yes().wait().yes();
            })
        },
        Phase::Solved,
    ),
    (
        "runs/never-found-again",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.inject(Fault::new(FaultKind::Status).status(503).of("act/execute")).yes().wait().no().wait();
            })
        },
        Phase::Consent,
    ),
    (
        "runs/nothing-helps-and-the-service-desk",
        |locale| {
            talk("wziegler", "outlook", locale, |chat| {
                nothing_helps(chat);
                chat.yes();
            })
        },
        Phase::Escalated,
    ),
    (
        "runs/everything-slow-and-nothing-helps",
        |locale| {
            talk("vkowalska", "slow-pc", locale, |chat| {
                nothing_helps(chat);
                chat.yes();
            })
        },
        Phase::Escalated,
    ),
    (
        "runs/changed-is-seen",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                // The data is collected again while the script's end is waited for.
                chat.yes().advance(2 * HOUR).wait().yes();
            })
        },
        Phase::Solved,
    ),
    (
        "runs/a-webhook-comes-early",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.yes().resume_after(200).resume_after(200).wait().yes();
            })
        },
        Phase::Solved,
    ),
    ("runs/cancelled-by-an-administrator", cancelled, Phase::HandOver),
    (
        "consent/second-question-declined",
        |locale| {
            talk("dnovak", "outlook", locale, |chat| {
                chat.yes().no().wait();
            })
        },
        Phase::Consent,
    ),
    (
        "consent/expired",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.advance(11 * MINUTE).yes().wait().yes().wait().yes();
            })
        },
        Phase::Solved,
    ),
    (
        "consent/expired-and-no-longer-needed",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.advance(11 * MINUTE).set("AMARTIN-LT", r#"{"isOnline":"Yes"}"#).yes().wait();
            })
        },
        Phase::Consent,
    ),
    (
        "consent/asked-again-after-a-week",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.advance(8 * DAY).yes().wait();
            })
        },
        Phase::Consent,
    ),
    ("consent/not-free-and-then-free", not_free_then_free, Phase::Helped),
    (
        "consent/refused-by-the-tenant",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.inject(Fault::new(FaultKind::Status).status(403).of("act/execute")).yes().choose("again").wait();
            })
        },
        Phase::Helped,
    ),
    (
        "consent/a-client-that-may-only-read",
        |locale| {
            let mut chat = Chat::in_tenant(new_tenant(), r#","readOnly":true"#, "amartin", locale);
            chat.describe("outlook").wait();
            chat
        },
        Phase::HandOver,
    ),
    (
        "trouble/too-many-requests",
        |locale| {
            let mut chat = Chat::of("amartin", locale);
            chat.inject(always(FaultKind::Status, "nql/execute").status(429).retry_after("60"));
            chat.describe("outlook").wait();
            chat
        },
        Phase::Trouble,
    ),
    (
        "trouble/network-and-back",
        |locale| {
            let mut chat = Chat::of("amartin", locale);
            chat.inject(Fault::new(FaultKind::Network).of("nql/execute").times(4));
            chat.describe("outlook").wait().choose("again").wait();
            chat
        },
        Phase::Consent,
    ),
    (
        "trouble/no-permission",
        |locale| {
            let mut tenant = new_tenant();
            tenant.deny(Permission::Nql);
            let mut chat = Chat::in_tenant(tenant, "", "amartin", locale);
            chat.describe("outlook").wait().choose("human");
            chat
        },
        Phase::Escalated,
    ),
    (
        "trouble/no-answer-in-time",
        |locale| {
            let mut chat = Chat::of("amartin", locale);
            chat.leave("diagnose", 3).describe("outlook").wait().choose("again").wait();
            chat
        },
        Phase::Consent,
    ),
    (
        "trouble/trigger-without-an-answer-in-time",
        |locale| {
            talk("amartin", "outlook", locale, |chat| {
                chat.leave("remediate", 2).yes().wait();
            })
        },
        Phase::Helped,
    ),
    (
        "symptom/which-of-two",
        |locale| {
            let mut chat = Chat::of("amartin", locale);
            chat.describe_two("slow-pc", "disk").choose("playbook-slow-pc").wait();
            chat
        },
        Phase::HandOver,
    ),
];

/// All of them in a language.
pub fn play(locale: &str) {
    let mut wrong = Vec::new();
    for (path, play, phase) in PATHS {
        let chat = play(locale);
        if chat.state().phase != phase {
            wrong.push(format!("{path} ends with {:?}, not {phase:?}:\n{}", chat.state().phase, chat.transcript.text));
        }
        chat.keep(path);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    anew(locale);
}

/// An employee describes their trouble, and the rest follows.
fn talk(employee: &str, playbook: &str, locale: &str, rest: fn(&mut Chat)) -> Chat {
    let mut chat = Chat::of(employee, locale);
    chat.describe(playbook).wait();
    rest(&mut chat);
    chat
}

fn by_the_second_identifier(locale: &str) -> Chat {
    let mut chat = Chat::of("amartin", locale);
    let upn = chat.scene.tenant.borrow().employee("amartin").unwrap().upn.clone();
    chat.employee.username = Some("somebody".into());
    chat.employee.upn = Some(upn);
    chat.describe("outlook").wait();
    chat
}

fn cancelled(locale: &str) -> Chat {
    talk("stanaka", "slow-pc", locale, |chat| {
        chat.yes();
        while !chat.state().told_to_wait {
            chat.resume_after(30_000);
        }
        let request = chat.state().last_run().unwrap().request_id.unwrap();
        chat.scene.tenant.borrow_mut().cancel(&request).unwrap();
        chat.wait();
    })
}

fn not_free_then_free(locale: &str) -> Chat {
    talk("jcarter", "slow-pc", locale, |chat| {
        let other = chat.scene.diagnosis("jcarter", "disk");
        let token = chat.scene.propose(&other, "disk-full").unwrap().token;
        chat.scene.remediate(&token).unwrap();
        chat.forget_requests().yes().advance(6 * MINUTE).choose("again").wait();
    })
}

/// After the end a new trouble begins a new conversation.
fn anew(locale: &str) {
    let mut chat = Chat::of("amartin", locale);
    chat.describe("outlook").wait();
    agree(&mut chat);
    chat.wait().yes().describe_again("onedrive").wait();
    let state = chat.state();
    assert_eq!((state.phase, state.playbook.as_deref()), (Phase::HandOver, Some("onedrive")));
    assert!(state.runs.is_empty());
    chat.keep("symptom/a-new-trouble-after-the-end");
}
