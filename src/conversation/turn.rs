//! A turn as the host gets it: plain text, which no format has marked up yet.

use crate::flow::Escalation;
use crate::json::{Json, record, words};

record! {
    lenient
    /// What the chatbot says, what it offers to choose from, and what it waits for.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Turn {
        /// What is said, in this order; nothing where there is only something to wait for.
        pub messages: Vec<Message>,
        /// What `reply` and `resume` take: sealed, below 4 KB, without secrets. Keep the latest.
        #[cfg_attr(test, ts(type = "AssistantState"))]
        pub state: Json,
        /// Where the conversation stands.
        pub status: TurnStatus,
        /// What the employee is to do.
        pub expects: Expects,
        /// After how many milliseconds `resume` has something to do; 0: at once.
        pub resume_after_ms: Option<u32>,
        /// What the service desk is to know, where it is handed over.
        pub escalation: Option<Escalation>,
        /// The language of the messages, such as `en`.
        pub locale: String,
    }
}

record! {
    lenient
    /// Something said. No text of it is markup: `render` takes care that it stays so.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(test, ts(rename = "TurnMessage"))]
    pub struct Message {
        /// What is said, in whole sentences. What devices and people have supplied is in it, on one line.
        pub text: String,
        /// Details, one per line of a list.
        pub items: Vec<String>,
        /// What kind of message it is, for its looks.
        pub kind: MessageKind,
        /// What the employee can choose from.
        pub choices: Vec<Choice>,
    }
}

words! {
    /// What kind of message it is.
    #[cfg_attr(test, ts(rename = "TurnMessageKind"))]
    pub enum MessageKind {
        /// It tells something.
        Statement = "statement",
        /// It asks something.
        Question = "question",
        /// It has turned out well.
        Success = "success",
        /// It has not, or wants care.
        Warning = "warning",
    }
}

record! {
    lenient
    /// Something to choose.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(test, ts(rename = "TurnChoice"))]
    pub struct Choice {
        /// What `reply` takes as `choice`. It belongs to this turn.
        pub id: String,
        /// What a button says.
        pub label: String,
        /// How it looks, where it is not one among equals.
        pub style: Option<ChoiceStyle>,
    }
}

words! {
    /// How a choice looks.
    #[cfg_attr(test, ts(rename = "TurnChoiceStyle"))]
    pub enum ChoiceStyle {
        /// What is recommended.
        Primary = "primary",
        /// What interrupts the employee's work.
        Danger = "danger",
    }
}

words! {
    /// Where a conversation stands.
    pub enum TurnStatus {
        /// It has to be said what is wrong, or on which device.
        ChoosingDevice = "choosing-device",
        /// The tenant is being asked.
        Diagnosing = "diagnosing",
        /// The employee is asked to agree.
        AwaitingConsent = "awaiting-consent",
        /// A remote action is under way.
        Remediating = "remediating",
        /// The employee is asked whether it helped.
        Confirming = "confirming",
        /// It helped.
        Solved = "solved",
        /// The service desk has to go on.
        Escalated = "escalated",
        /// The employee has ended it.
        Ended = "ended",
    }
}

words! {
    /// What the employee is to do.
    #[cfg_attr(test, ts(rename = "TurnExpects"))]
    pub enum Expects {
        /// To write something.
        Text = "text",
        /// To choose; words are understood, too.
        Choice = "choice",
        /// Nothing.
        Nothing = "nothing",
    }
}
