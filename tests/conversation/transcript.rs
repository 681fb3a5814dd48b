//! What a person reads of a conversation, and the files that keep it.

use std::fmt::Write as _;
use std::path::PathBuf;

use nexthink_chatbot::conversation::{
    LOCALE_FILES, MESSAGES, MessageKind, ParameterKind, Said, Silent, Turn, Wording, word,
};
use nexthink_chatbot::json::{Map, Read};
use nexthink_chatbot::nql::{HOUR, MINUTE, SECOND};

pub struct Transcript {
    employee: String,
    locale: String,
    wording: Wording,
    pub text: String,
    /// What has passed without a word: how long, and what reached the tenant.
    silence: (i64, Vec<String>),
}

impl Transcript {
    pub fn new(employee: &str, locale: &str) -> Self {
        Self {
            employee: employee.to_owned(),
            locale: locale.to_owned(),
            wording: wording(locale),
            text: String::new(),
            silence: (0, Vec::new()),
        }
    }

    pub fn employee_says(&mut self, text: &str) {
        let shown = if text.len() > 200 {
            format!("{}… ({} bytes)", text.chars().take(40).collect::<String>(), text.len())
        } else {
            text.to_owned()
        };
        let _ = writeln!(self.text, "{}: {shown}", self.employee);
    }

    pub fn employee_chooses(&mut self, label: &str) {
        let _ = writeln!(self.text, "{}: [{label}]", self.employee);
    }

    pub fn time_passes(&mut self, milliseconds: i64) {
        self.silence.0 += milliseconds;
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes down what has passed without a word.
    fn end_silence(&mut self) {
        let (milliseconds, requests) = std::mem::take(&mut self.silence);
        match milliseconds {
            ..=0 => {}
            1..MINUTE => self.line(&format!("        … {} s …", milliseconds / SECOND)),
            MINUTE..HOUR => self.line(&format!("        … {} min …", milliseconds / MINUTE)),
            _ => self.line(&format!("        … {} h {} min …", milliseconds / HOUR, milliseconds % HOUR / MINUTE)),
        }
        let mut told: Vec<(String, usize)> = Vec::new();
        for request in requests {
            match told.last_mut().filter(|(known, _)| *known == request) {
                Some((_, times)) => *times += 1,
                None => told.push((request, 1)),
            }
        }
        for (request, times) in told {
            let times = if times > 1 { format!(", {times} times") } else { String::new() };
            let _ = writeln!(self.text, "        > {request}{times}");
        }
    }

    /// The label of a choice of a turn, or its ID where it is none of it.
    pub fn label(&self, turn: Option<&Silent>, id: &str) -> String {
        let messages = turn.map(|turn| word(&self.wording, turn).messages).unwrap_or_default();
        let mut choices = messages.iter().flat_map(|message| &message.choices);
        choices.find(|choice| choice.id == id).map_or_else(|| id.into(), |choice| choice.label.clone())
    }

    /// Begins anew under a title, with what was said last.
    pub fn section(&mut self, title: &str, turn: &Silent) {
        self.text = format!("\n=== {title} ===\n");
        if let Some(last) = turn.said.last() {
            let last = Silent { said: vec![last.clone()], escalation: None, ..turn.clone() };
            self.turn(&last, &[]);
        }
    }

    pub fn turn(&mut self, turn: &Silent, requests: &[String]) {
        self.silence.1.extend(requests.iter().cloned());
        if turn.said.is_empty() {
            return;
        }
        self.end_silence();
        turn.said.iter().for_each(check);
        let Turn { messages, .. } = word(&self.wording, turn);
        for message in messages {
            let kind = match message.kind {
                MessageKind::Statement | MessageKind::Question => String::new(),
                kind => format!(" ({})", kind.word()),
            };
            self.line(&format!("bot{kind}: {}", message.text));
            for item in &message.items {
                self.line(&format!("     - {item}"));
            }
            for (position, choice) in message.choices.iter().enumerate() {
                let style = choice.style.map(|style| format!("  ({})", style.word())).unwrap_or_default();
                self.line(&format!("     {}. {}{style}", position + 1, choice.label));
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
        let _ = writeln!(self.text, "        [{}, expects {}]", turn.status.word(), turn.expects.word());
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

fn wording(locale: &str) -> Wording {
    let (_, file) = LOCALE_FILES.iter().find(|(known, _)| *known == locale).unwrap();
    Wording::read(file).unwrap()
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
            assert!(value.duration_ms.is_none() || value.at_most_ms.is_none(), "{key}: {name} is not one value");
            let duration_ms = value.duration_ms.or(value.at_most_ms);
            let kind = match (&value.text, value.number, duration_ms, &value.said) {
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
