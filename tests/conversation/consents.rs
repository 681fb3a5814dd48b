//! Watches a conversation from outside: nothing may be triggered that the employee has not been asked about by the
//! present question, and said yes to. It knows what is shown and what is chosen, and nothing of how the machine works.

use std::collections::BTreeSet;

use nexthink_chatbot::conversation::{Said, Silent};

/// What the employee sees and has agreed to.
#[derive(Debug, Clone, Default)]
pub struct Consents {
    /// The question that was asked last, and the token that its proposal stands for.
    asked: Option<Asked>,
    /// The tokens to which they have said yes by every question that there is to it.
    agreed: BTreeSet<String>,
}

#[derive(Debug, Clone)]
struct Asked {
    /// `consent` or `confirm`.
    key: String,
    token: String,
    is_disruptive: bool,
    /// The IDs of what says yes.
    yes: String,
    /// The words that say yes are those of the wording; in tests, these.
    number: usize,
}

impl Consents {
    /// A turn has been shown.
    pub fn shown(&mut self, turn: &Silent) {
        let question = turn.said.iter().rev().find(|said| !said.choices.is_empty());
        let token = turn.state.offer.as_ref().and_then(|offer| offer.token.clone());
        if let (Some(question), Some(token)) = (question, token)
            && matches!(question.key.as_str(), "consent" | "confirm")
        {
            let position = question.choices.iter().position(|choice| choice.id.ends_with(".yes")).unwrap();
            self.asked = Some(Asked {
                key: question.key.clone(),
                token,
                is_disruptive: warns(question),
                yes: question.choices[position].id.clone(),
                number: position + 1,
            });
        } else if question.is_some() {
            self.asked = None;
        }
    }

    /// The employee has answered.
    pub fn answered(&mut self, text: Option<&str>, choice: Option<&str>, yes: &[String]) {
        let Some(asked) = &self.asked else { return };
        // Platforms send an empty text along with a button.
        let text = text.filter(|text| !text.trim().is_empty());
        let says_yes = match (text, choice) {
            (None, Some(choice)) => choice == asked.yes,
            (Some(text), None) => {
                // Japanese keyboards write wide digits.
                let text = text.to_lowercase().replace('１', "1").replace('２', "2");
                let plain: String = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
                let same = |word: &String| word.chars().filter(|letter| letter.is_alphanumeric()).eq(plain.chars());
                plain == asked.number.to_string() || yes.iter().any(same)
            }
            _ => false,
        };
        if says_yes && (asked.key == "confirm" || !asked.is_disruptive) {
            self.agreed.insert(asked.token.clone());
        }
    }

    /// Whether what is to be triggered was agreed to.
    pub fn holds(&self, token: &str) -> bool {
        self.agreed.contains(token)
    }
}

/// Whether a question says that it interrupts the employee's work.
fn warns(question: &Said) -> bool {
    question.key == "confirm" || question.items.iter().any(|item| item.key == "consent-disruptive")
}
