//! Everything that a conversation can say, by key, with the parameters that each message takes. Every locale is held to
//! this table; what the messages say is the affair of the locales.

use crate::json::words;

words! {
    /// What kind of value a message takes.
    pub enum ParameterKind {
        /// Text from outside.
        Text = "text",
        /// A number.
        Number = "number",
        /// A span of time.
        Duration = "duration",
        /// A message of the wording itself.
        Message = "message",
    }
}

/// A message that can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageKey {
    /// Its key in the wording.
    pub key: &'static str,
    /// What it takes, all of it always given.
    pub parameters: &'static [(&'static str, ParameterKind)],
}

macro_rules! messages {
    ($($(#[$meta:meta])* $name:ident = $key:literal { $($parameter:ident: $kind:ident),* };)*) => {
        $($(#[$meta])* pub(super) const $name: MessageKey = MessageKey {
            key: $key,
            parameters: &[$((stringify!($parameter), ParameterKind::$kind)),*],
        };)*

        /// All of them.
        pub const MESSAGES: &[MessageKey] = &[$($name),*];
    };
}

messages! {
    // The beginning and the end.
    GREETING = "greeting" {};
    ASK_SYMPTOM = "ask-symptom" {};
    WHICH_SYMPTOM = "which-symptom" {};
    UNDERSTOOD = "understood" { title: Text };
    GOODBYE_SOLVED = "goodbye-solved" {};
    GOODBYE = "goodbye" {};
    OVER = "over" {};
    /// A remote action goes on by itself.
    GOODBYE_UNDER_WAY = "goodbye-under-way" { title: Text };
    UNDER_WAY = "under-way" { title: Text };

    // The device.
    NO_DEVICE = "no-device" {};
    ASK_AGAIN_OR_HUMAN = "ask-again-or-human" {};
    CHOOSE_DEVICE = "choose-device" {};
    NO_MORE_DEVICES = "no-more-devices" {};
    ONLY_DEVICE = "only-device" { device: Text };
    LOOKING_AT = "looking-at" { device: Text };
    CHOICE_DEVICE = "choice-device" { device: Text, kind: Message, seen: Duration };
    CHOICE_DEVICE_UNSEEN = "choice-device-unseen" { device: Text, kind: Message };
    DEVICE_LAPTOP = "device-laptop" { system: Text };
    DEVICE_DESKTOP = "device-desktop" { system: Text };
    DEVICE_OTHER = "device-other" { system: Text };
    DEVICE_UNKNOWN = "device-unknown" {};

    // What was found.
    NOT_APPLICABLE = "not-applicable" { title: Text, device: Text, platform: Text };
    NOT_APPLICABLE_UNKNOWN = "not-applicable-unknown" { title: Text, device: Text };
    FOUND = "found" { count: Number, device: Text };
    FINDING = "finding" { reason: Text };
    FOUND_NOTHING = "found-nothing" { title: Text, device: Text };
    FOUND_NOTHING_KNOWN = "found-nothing-known" { title: Text, device: Text };
    UNKNOWN = "unknown" {};
    UNKNOWN_NOT_COLLECTED = "unknown-not-collected" { supplier: Text, schedule: Message };
    UNKNOWN_STALE = "unknown-stale" { supplier: Text, schedule: Message, age: Duration };
    UNKNOWN_AGE = "unknown-age" { supplier: Text, schedule: Message };
    UNKNOWN_FAILED = "unknown-failed" { supplier: Text, schedule: Message };
    UNKNOWN_NO_VALUE = "unknown-no-value" { supplier: Text, schedule: Message };
    UNKNOWN_NO_VALUE_AGE = "unknown-no-value-age" { supplier: Text, schedule: Message, age: Duration };
    UNKNOWN_FACT = "unknown-fact" { fact: Text };
    UNKNOWN_FACT_STALE = "unknown-fact-stale" { fact: Text, age: Duration };
    HOURLY = "hourly" {};
    DAILY = "daily" {};
    WEEKLY = "weekly" {};

    // What is recommended.
    ADVICE = "advice" { advice: Text, reason: Text };
    CONSENT = "consent" { title: Text, device: Text };
    CONSENT_REASON = "consent-reason" { reason: Text };
    CONSENT_DESCRIPTION = "consent-description" { description: Text };
    CONSENT_DURATION = "consent-duration" { duration: Duration };
    CONSENT_SAFE = "consent-safe" {};
    CONSENT_DISRUPTIVE = "consent-disruptive" {};
    CONFIRM = "confirm" { title: Text, device: Text };
    CONSENT_RENEWED = "consent-renewed" { device: Text };
    NO_LONGER_NEEDED = "no-longer-needed" { title: Text, device: Text };
    NOTHING_LEFT = "nothing-left" {};
    OFFER_HUMAN = "offer-human" {};

    // What becomes of it.
    SENT = "sent" { title: Text, device: Text };
    RUNNING = "running" { title: Text, device: Text };
    ABOUT_TO_RUN = "about-to-run" { title: Text };
    STILL_RUNNING = "still-running" { title: Text };
    WAITING_FOR_DEVICE = "waiting-for-device" { title: Text, device: Text, duration: Duration };
    RUN_UNCERTAIN = "run-uncertain" { title: Text };
    RUN_SUCCEEDED = "run-succeeded" { title: Text, device: Text };
    RUN_FAILED = "run-failed" { title: Text };
    RUN_FAILED_DETAILS = "run-failed-details" { title: Text, details: Text };
    RUN_NOT_STARTED = "run-not-started" { title: Text };
    RUN_NOT_STARTED_DETAILS = "run-not-started-details" { title: Text, details: Text };
    RUN_EXPIRED = "run-expired" { title: Text, device: Text };
    RUN_CANCELLED = "run-cancelled" { title: Text };
    RUN_UNKNOWN = "run-unknown" { title: Text };
    CHANGED = "changed" {};
    NOT_CHANGED = "not-changed" {};
    CHANGE_UNKNOWN = "change-unknown" { supplier: Text, schedule: Message };
    CHANGE_UNKNOWN_YET = "change-unknown-yet" {};
    ASK_HELPED = "ask-helped" {};
    NEXT_TRY = "next-try" {};

    // The service desk.
    ESCALATED = "escalated" {};

    // What goes wrong.
    TROUBLE_BUSY = "trouble-busy" {};
    TROUBLE_UNREACHABLE = "trouble-unreachable" {};
    TROUBLE_SETTINGS = "trouble-settings" {};
    TROUBLE_NO_ANSWER = "trouble-no-answer" {};
    TROUBLE_NO_DATA = "trouble-no-data" { device: Text };
    NOT_SENT = "not-sent" { title: Text };
    NOT_ALLOWED = "not-allowed" { title: Text };
    NOT_NOW = "not-now" { title: Text, device: Text, duration: Duration };
    NOT_NOW_UNKNOWN = "not-now-unknown" { title: Text, device: Text };
    ASK_WAIT = "ask-wait" {};

    // What was not understood.
    NOT_UNDERSTOOD = "not-understood" {};
    NOTHING_SAID = "nothing-said" {};
    TOO_LONG = "too-long" {};
    EARLIER_QUESTION = "earlier-question" {};
    UNKNOWN_CHOICE = "unknown-choice" {};
    TEXT_AND_CHOICE = "text-and-choice" {};
    ONE_MOMENT = "one-moment" {};
    NOT_POSSIBLE_NOW = "not-possible-now" {};

    // What is this?
    WHAT = "what" {};
    WHAT_ACTION = "what-action" { title: Text, device: Text };
    WHAT_ACTION_DESCRIBED = "what-action-described" { title: Text, device: Text, description: Text };

    // What can be chosen.
    CHOICE_YES = "choice-yes" {};
    CHOICE_NO = "choice-no" {};
    CHOICE_RUN_NOW = "choice-run-now" {};
    CHOICE_NOT_NOW = "choice-not-now" {};
    CHOICE_DID = "choice-did" {};
    CHOICE_SKIP = "choice-skip" {};
    CHOICE_WAIT = "choice-wait" {};
    CHOICE_GO_ON = "choice-go-on" {};
    CHOICE_AGAIN = "choice-again" {};
    CHOICE_ANOTHER_DEVICE = "choice-another-device" {};
    CHOICE_MORE_DEVICES = "choice-more-devices" {};
    CHOICE_WHAT = "choice-what" {};
    CHOICE_STOP = "choice-stop" {};
    CHOICE_HUMAN = "choice-human" {};
    CHOICE_PLAYBOOK = "choice-playbook" { title: Text };
}
