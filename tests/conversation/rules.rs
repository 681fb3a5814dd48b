//! Every rule of every playbook: yes, and it helped; and no.

use crate::chat::Chat;

/// Who has the trouble, what they say, and how many of their recommendations are declined before.
const RULES: [(&str, &str, &str, usize); 16] = [
    ("outlook-offline", "amartin", "outlook", 0),
    ("outlook-crashed-plugins", "bkeller", "outlook", 0),
    ("outlook-long-uptime", "cdubois", "outlook", 0),
    ("outlook-outdated-office", "dnovak", "outlook", 0),
    ("outlook-repair-data-file", "erossi", "outlook", 0),
    ("onedrive-not-running", "fweber", "onedrive", 0),
    ("onedrive-not-installed", "gsilva", "onedrive", 0),
    ("onedrive-no-variable", "hlarsen", "onedrive", 0),
    ("onedrive-no-folder", "ipopova", "onedrive", 0),
    ("slow-pc-disk-full", "jcarter", "slow-pc", 0),
    ("slow-pc-startup-load", "khuber", "slow-pc", 0),
    ("slow-pc-slow-group-policy", "lokafor", "slow-pc", 0),
    ("slow-pc-outdated-office", "mcosta", "slow-pc", 0),
    ("disk-disk-full", "jcarter", "disk", 0),
    ("disk-startup-load", "khuber", "disk", 0),
    ("disk-worn-battery", "xpetrova", "disk", 0),
];

#[test]
fn smoke() {
    let mut chat = Chat::of("amartin", "en");
    chat.start("Outlook does not get any new mails").wait();
    chat.say("yes").wait().say("yes");
    chat.transcript.keep("outlook-offline-yes");
}
