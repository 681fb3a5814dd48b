//! What goes into a conversation and what comes out of it, one step at a time.

use super::said::Said;
use super::state::State;
use super::turn::{Expects, TurnStatus};
use crate::api::problem::{ErrorKind, SideEffect};
use crate::flow::{Employee, Escalation};
use crate::json::{Json, record, words};

record! {
    strict
    /// What has just happened: exactly one of these.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Event {
        /// A conversation begins.
        pub started: Option<Started>,
        /// The employee has answered.
        pub replied: Option<Replied>,
        /// It is time to look again.
        pub resumed: Option<Resumed>,
        /// The call that was asked for has come to an end.
        pub answered: Option<Answered>,
    }
}

record! {
    strict
    /// The beginning.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Started {
        /// Who is there, as the host has authenticated them.
        pub employee: Employee,
        /// What they say is wrong.
        pub text: Option<String>,
        /// The playbook, where the host has understood them.
        pub playbook: Option<String>,
        /// The host's own ticket or case.
        pub reference: Option<String>,
    }
}

record! {
    strict
    /// An answer.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Replied {
        /// The state that was given with the question.
        pub state: State,
        /// What the employee has written.
        pub text: Option<String>,
        /// Or the ID of what they have chosen.
        pub choice: Option<String>,
    }
}

record! {
    strict
    /// Time has passed.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Resumed {
        /// The state of the last turn.
        pub state: State,
    }
}

record! {
    strict
    /// The end of a call.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Answered {
        /// The turn as it was when it asked.
        pub unfinished: Unfinished,
        /// What came of it.
        pub outcome: Outcome,
    }
}

record! {
    strict
    /// What came of a call: one of both, or neither where the turn's time was over first.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Outcome {
        /// `false` where the turn's time was over before the call was made: nothing was sent.
        pub is_made: Option<bool>,
        /// What it gave.
        pub output: Option<Json>,
        /// What it failed with.
        pub error: Option<CallError>,
    }
}

record! {
    lenient
    /// What of a `NexthinkError` a conversation looks at; its sentences are for developers.
    #[derive(Debug, Clone, PartialEq)]
    pub struct CallError {
        /// What went wrong.
        pub kind: ErrorKind,
        /// When it may be tried again.
        pub retry_after_ms: Option<f64>,
        /// Whether something may have changed all the same.
        pub side_effect: SideEffect,
    }
}

record! {
    lenient
    /// A turn that waits for a call.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Unfinished {
        /// What will be the state.
        pub state: State,
        /// What has been said in this turn.
        pub said: Vec<Said>,
        /// How many queries it has cost.
        pub queries: u32,
        /// Whether it answers the employee, who is not to be left without a word.
        pub is_reply: bool,
        /// The operation that it waits for.
        pub asked: String,
        /// What earlier calls of the turn have given that later ones need.
        pub carried: Option<Json>,
    }
}

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A call has to be made.
    Ask(Ask),
    /// The turn is over.
    Turn(Silent),
}

record! {
    lenient
    /// A call of the client that the turn waits for.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Ask {
        /// Its name, as the client's core knows it.
        pub operation: String,
        /// Its input.
        pub input: Json,
        /// What becomes of the call when the turn's time is over.
        pub on_budget: OnBudget,
        /// The turn so far.
        pub unfinished: Unfinished,
    }
}

words! {
    /// What becomes of a call when the turn's time is over.
    pub enum OnBudget {
        /// It is ended: it reads, and can be made again.
        End = "end",
        /// It goes on unattended: it may have changed something.
        Leave = "leave",
    }
}

record! {
    lenient
    /// A turn without words.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Silent {
        /// What is said.
        pub said: Vec<Said>,
        /// The next state, not sealed yet.
        pub state: State,
        /// Where the conversation stands.
        pub status: TurnStatus,
        /// What the employee is to do.
        pub expects: Expects,
        /// When there is something to do.
        pub resume_after_ms: Option<u32>,
        /// What the service desk is to know.
        pub escalation: Option<Escalation>,
    }
}
