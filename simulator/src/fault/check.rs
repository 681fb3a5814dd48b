//! Whether a fault can be: what no answer can have, and what this kind makes nothing of, is refused and never ignored.

use nexthink_chatbot::nql::DAY;

use super::{Fault, FaultBody, FaultKind};

/// Ten years: a clock that jumps further is a mistake in the unit.
const LONGEST_JUMP: i64 = 3_650 * DAY;

impl Fault {
    /// # Errors
    /// What is wrong with it, in words for the author of a test.
    pub(crate) fn check(&self) -> Result<(), String> {
        let kind = self.kind.word();
        for (field, is_given, kinds) in self.fields() {
            if is_given && !kinds.contains(&self.kind) {
                let words: Vec<String> = kinds.iter().map(|kind| format!("`{}`", kind.word())).collect();
                return Err(format!(
                    "`{field}` means nothing with the kind `{kind}`; it goes with {}",
                    words.join(", ")
                ));
            }
        }
        self.check_values()?;
        self.check_frequency()
    }

    /// The fields that go with some kinds only.
    const fn fields(&self) -> [(&'static str, bool, &'static [FaultKind]); 7] {
        const STATUS: &[FaultKind] = &[FaultKind::Status];
        [
            ("status", self.status.is_some(), &[FaultKind::Status, FaultKind::Html]),
            ("body", self.body.is_some(), STATUS),
            ("retryAfter", self.retry_after.is_some(), STATUS),
            ("retryAfterMs", self.retry_after_ms.is_some(), STATUS),
            ("retryAfterForm", self.retry_after_form.is_some(), STATUS),
            ("contentType", self.content_type.is_some(), &[FaultKind::WrongType]),
            ("jumpMs", self.jump_ms.is_some(), &[FaultKind::ClockJump]),
        ]
    }

    fn check_values(&self) -> Result<(), String> {
        if let Some(status) = self.status.filter(|status| !(200..=599).contains(status)) {
            return Err(format!("`status` is {status}; allowed are 200 to 599"));
        }
        if self.body == Some(FaultBody::Error) && self.status.is_some_and(|status| status < 400) {
            return Err("`body` is an error, and `status` is none; leave one of them out".to_owned());
        }
        if self.retry_after.is_some() && self.retry_after_ms.is_some() {
            return Err("`retryAfter` and `retryAfterMs` exclude each other; keep one".to_owned());
        }
        if self.retry_after_form.is_some() && self.retry_after_ms.is_none() {
            return Err("`retryAfterForm` is the form of `retryAfterMs`, which is missing".to_owned());
        }
        for (field, value) in [("retryAfter", &self.retry_after), ("contentType", &self.content_type)] {
            if value.as_ref().is_some_and(|value| !is_header_value(value)) {
                return Err(format!("`{field}` cannot stand in a header: printable ASCII is allowed there"));
            }
        }
        match (self.kind, self.jump_ms) {
            (FaultKind::ClockJump, None) => Err("the kind `clock-jump` needs `jumpMs`".to_owned()),
            (_, Some(jump)) if jump < 0 => Err(format!("`jumpMs` is {jump}; the tenant's time never goes back")),
            (_, Some(jump)) if jump > LONGEST_JUMP => {
                Err(format!("`jumpMs` is {jump}; allowed are 0 to {LONGEST_JUMP}, which is ten years"))
            }
            _ => Ok(()),
        }
    }

    fn check_frequency(&self) -> Result<(), String> {
        if self.kind == FaultKind::Latency && self.latency_ms.is_none() {
            return Err("the kind `latency` needs `latencyMs`".to_owned());
        }
        if self.kind == FaultKind::ExportWithoutUrl && self.operation.is_some() {
            return Err(
                "the kind `export-without-url` befalls the status of exports only; leave `operation` out".into()
            );
        }
        match self.probability {
            Some(_) if self.times.is_some() => Err("`times` and `probability` exclude each other; keep one".to_owned()),
            Some(probability) if !(probability > 0.0 && probability <= 1.0) => {
                Err(format!("`probability` is {probability}; allowed is what is above 0 and up to 1"))
            }
            _ => Ok(()),
        }
    }
}

impl FaultKind {
    /// The word by which it is asked for.
    const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Network => "network",
            Self::LostAnswer => "lost-answer",
            Self::Html => "html",
            Self::Latency => "latency",
            Self::Truncated => "truncated",
            Self::HalfBody => "half-body",
            Self::WrongType => "wrong-type",
            Self::InvalidUtf8 => "invalid-utf8",
            Self::TokenRevoked => "token-revoked",
            Self::ClockJump => "clock-jump",
            Self::ExportWithoutUrl => "export-without-url",
        }
    }
}

fn is_header_value(text: &str) -> bool {
    text.trim() == text && !text.is_empty() && text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::super::RetryAfterForm;
    use super::*;

    const KINDS: [FaultKind; 12] = [
        FaultKind::Status,
        FaultKind::Network,
        FaultKind::LostAnswer,
        FaultKind::Html,
        FaultKind::Latency,
        FaultKind::Truncated,
        FaultKind::HalfBody,
        FaultKind::WrongType,
        FaultKind::InvalidUtf8,
        FaultKind::TokenRevoked,
        FaultKind::ClockJump,
        FaultKind::ExportWithoutUrl,
    ];

    #[test]
    fn the_words_are_those_of_json() {
        for kind in KINDS {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.word()));
        }
    }

    #[test]
    fn every_kind_can_be_had_alone_and_with_a_probability() {
        for kind in KINDS {
            let fault = match kind {
                FaultKind::Latency => Fault::new(kind).latency_ms(1_000),
                FaultKind::ClockJump => Fault::new(kind).jump_ms(1_000),
                _ => Fault::new(kind),
            };
            assert_eq!(fault.check(), Ok(()), "{kind:?}");
            assert_eq!(fault.probability(0.5).check(), Ok(()), "{kind:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_and_the_message_names_it() {
        let of = Fault::new;
        for (fault, words) in [
            (of(FaultKind::Status).status(101), "`status` is 101"),
            (of(FaultKind::Status).status(600), "200 to 599"),
            (of(FaultKind::Network).status(500), "`status` means nothing with the kind `network`"),
            (of(FaultKind::Html).retry_after("5"), "`retryAfter` means nothing with the kind `html`"),
            (of(FaultKind::LostAnswer).with_error_body(), "`body` means nothing"),
            (of(FaultKind::Html).content_type("text/plain"), "it goes with `wrong-type`"),
            (of(FaultKind::Latency).latency_ms(5).jump_ms(5), "it goes with `clock-jump`"),
            (of(FaultKind::Status).status(204).with_error_body(), "`status` is none"),
            (of(FaultKind::Status).retry_after("5").retry_after_ms(5, RetryAfterForm::Date), "exclude each other"),
            (
                Fault { retry_after_form: Some(RetryAfterForm::Date), ..of(FaultKind::Status) },
                "`retryAfterMs`, which is missing",
            ),
            (of(FaultKind::Status).retry_after("5\r\nx: y"), "`retryAfter` cannot stand in a header"),
            (of(FaultKind::WrongType).content_type(""), "`contentType` cannot stand in a header"),
            (of(FaultKind::Latency), "needs `latencyMs`"),
            (of(FaultKind::ClockJump), "needs `jumpMs`"),
            (of(FaultKind::ClockJump).jump_ms(-1), "never goes back"),
            (of(FaultKind::ClockJump).jump_ms(i64::MAX), "ten years"),
            (of(FaultKind::ExportWithoutUrl).of("nql"), "leave `operation` out"),
            (of(FaultKind::Network).probability(0.0), "`probability` is 0"),
            (of(FaultKind::Network).probability(1.01), "`probability` is 1.01"),
            (of(FaultKind::Network).probability(f64::NAN), "`probability` is NaN"),
            (of(FaultKind::Network).probability(0.5).times(2), "`times` and `probability` exclude each other"),
        ] {
            let message = fault.check().expect_err(words);
            assert!(message.contains(words), "{message}");
        }
    }
}
