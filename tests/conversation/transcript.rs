//! What a person reads of a conversation, and the files that keep it.

use std::fmt::Write as _;
use std::path::PathBuf;

use nexthink_chatbot::conversation::{MESSAGES, ParameterKind, Said, Silent};
use nexthink_chatbot::json::{Map, Read};
use nexthink_chatbot::nql::{HOUR, MINUTE, SECOND};

pub struct Transcript {
    employee: String,
    locale: String,
    text: String,
}

impl Transcript {
    pub fn new(employee: &str, locale: &str) -> Self {
        Self { employee: employee.to_owned(), locale: locale.to_owned(), text: String::new() }
    }

    pub fn employee_says(&mut self, text: &str) {
        let shown =
            if text.len() > 200 { format!("{}… ({} bytes)", &text[..60], text.len()) } else { text.to_owned() };
        let _ = writeln!(self.text, "{}: {shown}", self.employee);
    }

    pub fn employee_chooses(&mut self, label: &str) {
        let _ = writeln!(self.text, "{}: [{label}]", self.employee);
    }

    pub fn time_passes(&mut self, milliseconds: i64) {
        let passed = match milliseconds {
            0 => return,
            ..SECOND => format!("{milliseconds} ms"),
            ..MINUTE => format!("{} s", milliseconds / SECOND),
            ..HOUR => format!("{} min", milliseconds / MINUTE),
            _ => format!("{} h", milliseconds / HOUR),
        };
        let _ = writeln!(self.text, "        … {passed} …");
    }

    /// The label of a choice of a turn, or its ID where it is none of it.
    pub fn label(&self, turn: Option<&Silent>, id: &str) -> String {
        let choices = turn.iter().flat_map(|turn| turn.said.iter()).flat_map(|said| &said.choices);
        choices
            .filter(|choice| choice.id == id)
            .map(|choice| spoken(&choice.key, &choice.parameters))
            .next()
            .unwrap_or_else(|| id.into())
    }

    pub fn turn(&mut self, turn: &Silent, requests: &[String]) {
        for request in requests {
            let _ = writeln!(self.text, "        > {request}");
        }
        for said in &turn.said {
            check(said);
            let _ = writeln!(self.text, "bot: {}", spoken(&said.key, &said.parameters));
            for item in &said.items {
                let _ = writeln!(self.text, "     - {}", spoken(&item.key, &item.parameters));
            }
            for (position, choice) in said.choices.iter().enumerate() {
                let style = choice.style.map(|style| format!("  ({})", style.word())).unwrap_or_default();
                let label = spoken(&choice.key, &choice.parameters);
                let _ = writeln!(self.text, "     {}. {label}{style}", position + 1);
            }
        }
        if let Some(escalation) = &turn.escalation {
            let tried: Vec<String> =
                escalation.tried.iter().map(|run| format!("{} ({})", run.title, run.state.word())).collect();
            let found: Vec<String> = escalation
                .findings
                .iter()
                .map(|found| format!("{} {}", found.rule.as_deref().unwrap_or("-"), found.verdict.word()))
                .collect();
            let devices: Vec<&str> = escalation.devices.iter().map(|device| device.name.as_str()).collect();
            let _ = writeln!(
                self.text,
                "        = service desk: {:?}; devices {devices:?}; found {found:?}; tried {tried:?}",
                escalation.symptoms.as_deref().unwrap_or("-")
            );
        }
        if !turn.said.is_empty() {
            let _ = writeln!(self.text, "        [{}, expects {}]", turn.status.word(), turn.expects.word());
        }
    }

    /// Holds the transcript to its file.
    pub fn keep(&self, path: &str) {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/conversation/transcripts")
            .join(&self.locale)
            .join(format!("{path}.txt"));
        if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &self.text).unwrap();
            return;
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        let differs = kept.lines().zip(self.text.lines()).position(|(kept, said)| kept != said);
        assert!(
            kept == self.text,
            "{path}: not as in {}, from line {:?} on:\n{}",
            file.display(),
            differs.map(|line| line + 1),
            self.text
        );
    }
}

/// For want of words: the key and what it takes.
fn spoken(key: &str, parameters: &Map<nexthink_chatbot::conversation::Parameter>) -> String {
    let mut text = key.to_owned();
    for (name, value) in parameters.iter() {
        let _ = write!(text, " {name}=");
        if let Some(value) = &value.text {
            let _ = write!(text, "{value:?}");
        } else if let Some(said) = value.said.clone() {
            let said = Said::read(said).unwrap();
            let _ = write!(text, "({})", spoken(&said.key, &said.parameters));
        } else {
            let _ = write!(text, "{:?}", value.number.or(value.duration_ms));
        }
    }
    text
}

/// What is said is in the table, with all that it takes and nothing else.
fn check(said: &Said) {
    check_parameters(&said.key, &said.parameters);
    said.items.iter().for_each(check);
    for choice in &said.choices {
        check_parameters(&choice.key, &choice.parameters);
    }
}

fn check_parameters(key: &str, given: &Map<nexthink_chatbot::conversation::Parameter>) {
    let message = MESSAGES.iter().find(|message| message.key == key).unwrap_or_else(|| panic!("no message {key}"));
    let kinds: Vec<(&str, ParameterKind)> = given
        .iter()
        .map(|(name, value)| {
            let kind = match (&value.text, value.number, value.duration_ms, &value.said) {
                (Some(_), None, None, None) => ParameterKind::Text,
                (None, Some(_), None, None) => ParameterKind::Number,
                (None, None, Some(_), None) => ParameterKind::Duration,
                (None, None, None, Some(said)) => {
                    check(&Said::read(said.clone()).unwrap());
                    ParameterKind::Message
                }
                _ => panic!("{key}: {name} is not one value"),
            };
            (name, kind)
        })
        .collect();
    let mut kinds = kinds;
    let mut taken = message.parameters.to_vec();
    kinds.sort_unstable();
    taken.sort_unstable();
    assert_eq!(kinds, taken, "{key}");
}
