//! The conversation: what a chatbot says next, as a pure function of a state and of what has just happened. What has to
//! be asked of a tenant comes out as an [`Ask`]; whoever drives the conversation makes the call and comes back with the
//! [`Outcome`].
//!
//! ```text
//! step = advance(setting, event)
//! while step is Ask: step = advance(setting, Answered { unfinished, outcome of the ask })
//! turn = word(step)
//! ```
//!
//! Data flows from `advance` (which message is said when) through `wording` (its text in a language) to `rendering` (a
//! format of a platform).

mod advance;
pub mod rendering;
mod said;
#[cfg(test)]
mod sentences;
mod setting;
mod state;
mod step;
#[cfg(test)]
mod testing;
mod turn;
mod understanding;
mod wording;

pub use advance::{MESSAGES, MessageKey, ParameterKind, advance};
pub use said::{Parameter, Said, SaidChoice};
pub use setting::{CommandWords, PlaybookWords, Setting};
pub use state::{Choosing, Offer, Phase, State, Tried};
pub use step::{
    Answered, Ask, CallError, Event, OnBudget, Outcome, Replied, Resumed, Silent, Started, Step, Unfinished,
};
pub use turn::{Choice, ChoiceStyle, Expects, Message, MessageKind, Turn, TurnStatus};
pub use wording::{
    Direction, LOCALE_FILES, LocaleFile, MessageText, Wording, WordingProblem, WordingSeverity, nearest_locale, word,
};
