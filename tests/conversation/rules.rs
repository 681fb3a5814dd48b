//! Every rule of every playbook: yes, and it helped; and no to everything.

use nexthink_chatbot::conversation::Phase;

use crate::chat::Chat;

/// The file, who has the trouble, which playbook they mean, and the rule.
const RULES: [(&str, &str, &str, &str); 18] = [
    ("outlook-offline", "amartin", "outlook", "offline"),
    ("outlook-crashed-plugins", "bkeller", "outlook", "crashed-plugins"),
    ("outlook-long-uptime", "cdubois", "outlook", "long-uptime"),
    ("outlook-outdated-office", "dnovak", "outlook", "outdated-office"),
    ("outlook-repair-data-file", "erossi", "outlook", "repair-data-file"),
    ("outlook-everything", "wziegler", "outlook", "repair-data-file"),
    ("onedrive-not-running", "fweber", "onedrive", "broken-onedrive"),
    ("onedrive-not-installed", "gsilva", "onedrive", "broken-onedrive"),
    ("onedrive-no-variable", "hlarsen", "onedrive", "broken-onedrive"),
    ("onedrive-no-folder", "ipopova", "onedrive", "broken-onedrive"),
    ("slow-pc-long-uptime", "vkowalska", "slow-pc", "long-uptime"),
    ("slow-pc-disk-full", "jcarter", "slow-pc", "disk-full"),
    ("slow-pc-startup-load", "khuber", "slow-pc", "startup-load"),
    ("slow-pc-slow-group-policy", "lokafor", "slow-pc", "slow-group-policy"),
    ("slow-pc-outdated-office", "mcosta", "slow-pc", "outdated-office"),
    ("disk-disk-full", "jcarter", "disk", "disk-full"),
    ("disk-startup-load", "khuber", "disk", "startup-load"),
    ("disk-worn-battery", "xpetrova", "disk", "worn-battery"),
];

/// All of them in a language.
pub fn play(locale: &str) {
    for (path, employee, playbook, rule) in RULES {
        let mut chat = Chat::of(employee, locale);
        chat.describe(playbook).wait();
        while chat.state().offer.is_some_and(|offer| offer.rule != rule) {
            chat.no().wait();
        }
        agree(&mut chat);
        chat.wait().yes();
        assert_eq!(chat.state().phase, Phase::Solved, "{path}");
        chat.keep(&format!("rules/{path}-yes"));

        let mut chat = Chat::of(employee, locale);
        chat.describe(playbook).wait();
        while chat.state().phase != Phase::HandOver {
            chat.no().wait();
        }
        assert_eq!(chat.scene.triggers(), 0);
        chat.no();
        assert_eq!(chat.state().phase, Phase::Ended, "{path}");
        chat.keep(&format!("rules/{path}-no"));
    }
}

/// Says yes as often as it is asked, until it is under way or advice is followed.
pub fn agree(chat: &mut Chat) {
    while matches!(chat.state().phase, Phase::Consent | Phase::Confirm | Phase::Advice) {
        chat.yes();
    }
}

/// Everything that is recommended is done, and nothing helps.
pub fn nothing_helps(chat: &mut Chat) {
    while chat.state().phase != Phase::HandOver {
        agree(chat);
        chat.wait().no().wait();
    }
}
