//! One turn while it is made: the state as it becomes, what has been said, and what it has cost.

use super::messages::{ABOUT_TO_RUN, MessageKey, ONE_MOMENT, STILL_RUNNING};
use super::{question, reply};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::conversation::setting::Setting;
use crate::conversation::state::{Phase, State};
use crate::conversation::{Ask, OnBudget, Said, Silent, Step, Unfinished};
use crate::flow::Escalation;
use crate::json::{Json, Write};
use crate::nql::Timestamp;

/// How many queries a turn may cost.
const QUERIES: u32 = 1;

/// What comes of a part of a turn.
pub(super) type Progress = Result<Step, NexthinkError>;

/// A turn in the making.
pub(super) struct Talk<'a> {
    pub setting: &'a Setting,
    pub state: State,
    pub said: Vec<Said>,
    queries: u32,
    is_reply: bool,
    pub carried: Option<Json>,
    pub escalation: Option<Escalation>,
}

impl<'a> Talk<'a> {
    /// A turn at its beginning.
    pub fn new(setting: &'a Setting, state: State) -> Self {
        Self { setting, state, said: Vec::new(), queries: 0, is_reply: false, carried: None, escalation: None }
    }

    /// A turn that answers the employee.
    pub fn replying(setting: &'a Setting, state: State) -> Self {
        Self { is_reply: true, ..Self::new(setting, state) }
    }

    /// A turn that has waited for a call.
    pub fn going_on(setting: &'a Setting, unfinished: Unfinished) -> Self {
        let Unfinished { state, said, queries, is_reply, carried, .. } = unfinished;
        Self { setting, state, said, queries, is_reply, carried, escalation: None }
    }

    pub const fn now(&self) -> Timestamp {
        self.setting.now
    }

    /// Says something.
    pub fn say(&mut self, said: Said) {
        self.said.push(said);
    }

    /// Says what takes no parameter.
    pub fn tell(&mut self, message: MessageKey) {
        self.say(Said::new(message));
    }

    /// Asks for a call that costs no query.
    pub fn ask(mut self, operation: &str, input: Json, on_budget: OnBudget) -> Step {
        let unfinished = Unfinished {
            state: self.state,
            said: std::mem::take(&mut self.said),
            queries: self.queries,
            is_reply: self.is_reply,
            asked: operation.to_owned(),
            carried: self.carried,
        };
        Step::Ask(Ask { operation: operation.to_owned(), input, on_budget, unfinished })
    }

    /// Asks for a call that costs a query; where the turn has had its query, the next one asks.
    pub fn query(mut self, operation: &str, input: Json) -> Step {
        if !self.may_query() {
            return self.pause(0);
        }
        self.queries += 1;
        self.ask(operation, input, OnBudget::End)
    }

    /// A call that costs no query has made one after all.
    pub const fn spend(&mut self) {
        self.queries = QUERIES;
    }

    pub const fn may_query(&self) -> bool {
        self.queries < QUERIES
    }

    /// Asks the employee: the present question gets a number of its own.
    pub fn question(mut self, phase: Phase) -> Step {
        self.state.phase = phase;
        self.state.failures = 0;
        self.state.collections = None;
        self.state.question = self.state.question.saturating_add(1);
        self.question_again()
    }

    /// Asks the present question again; where none is open, it is told how it stands.
    pub fn question_again(mut self) -> Step {
        if let Some(question) = question::of(&self.state, self.setting) {
            self.say(question);
        }
        self.end(None)
    }

    /// Ends the turn; in so many milliseconds there is something to do. Whoever has asked hears that, at least.
    pub fn pause(mut self, milliseconds: u32) -> Step {
        if self.is_reply && self.said.is_empty() {
            self.say_still_at_it();
        }
        self.end(Some(milliseconds))
    }

    /// Says what is still being done.
    pub fn say_still_at_it(&mut self) {
        let is_action = matches!(self.state.phase, Phase::Remediate | Phase::Progress);
        let agreed = self.state.offer.as_ref().filter(|offer| offer.agreed.is_some()).map(|offer| &*offer.title);
        let said = match (reply::under_way(&self.state).filter(|_| is_action), agreed.filter(|_| is_action)) {
            (Some(title), _) => Said::new(STILL_RUNNING).text("title", title),
            (None, Some(title)) => Said::new(ABOUT_TO_RUN).text("title", title),
            (None, None) => Said::new(ONE_MOMENT),
        };
        self.say(said);
    }

    /// Ends the turn and the conversation.
    pub fn over(mut self, phase: Phase) -> Step {
        self.state.phase = phase;
        self.state.offer = None;
        self.state.choosing = None;
        self.state.collected = None;
        self.end(None)
    }

    fn end(self, resume_after_ms: Option<u32>) -> Step {
        let Self { mut state, said, escalation, .. } = self;
        state.shrink();
        let (status, expects) = question::standing(state.phase);
        Step::Turn(Silent { said, state, status, expects, resume_after_ms, escalation })
    }
}

/// What a call gave that it cannot give.
pub(super) fn not_ours(operation: &str) -> NexthinkError {
    NexthinkError::new(ErrorKind::Internal, format!("`{}` gave what a conversation cannot read", bounded(operation)))
}

fn bounded(operation: &str) -> &str {
    operation.get(..32).unwrap_or("a call")
}

/// An object of JSON.
pub(super) fn object(fields: &[(&str, &dyn Write)]) -> Json {
    let mut object = Vec::new();
    for (name, value) in fields {
        if !value.is_absent() {
            object.push(((*name).into(), value.write()));
        }
    }
    Json::Object(object)
}
