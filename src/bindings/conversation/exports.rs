//! The class and the functions of `conversation.wasm`: the input is JSON in UTF-8, the answer is JSON text.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Conversation, answer};
use crate::api::problem::NexthinkError;

/// An assistant's conversations, without their states.
#[wasm_bindgen]
pub struct ConversationCore(Result<Conversation, NexthinkError>);

#[wasm_bindgen]
impl ConversationCore {
    /// Takes the assistant's options and words. What is wrong with them is the answer of `advance`.
    #[wasm_bindgen(constructor)]
    pub fn new(input: &[u8]) -> Self {
        Self(Conversation::new(input))
    }

    /// The next step: `{ event, now }` → `{ ask }` or `{ turn }`.
    pub fn advance(&self, input: &[u8]) -> String {
        answer(self.0.as_ref().map_err(Clone::clone).and_then(|conversation| conversation.advance(input)))
    }
}

/// See `checkWording` of the facade.
#[wasm_bindgen(js_name = checkWording)]
pub fn check_wording(input: &[u8]) -> String {
    super::check_wording(input)
}

/// See `render` of the facade.
#[wasm_bindgen]
pub fn render(input: &[u8]) -> String {
    super::render(input)
}

/// See `unmarked` of the facade.
#[wasm_bindgen]
pub fn unmarked(input: &[u8]) -> String {
    super::unmarked(input)
}

/// See `readReply` of the facade.
#[wasm_bindgen(js_name = readReply)]
pub fn read_reply(input: &[u8]) -> String {
    super::reply(input)
}
