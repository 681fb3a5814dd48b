//! What is wrong with a text that is not NQL: where, what was expected, and what to write instead.

use std::fmt;
use std::ops::Deref;

use super::tree::Span;

/// One mistake. `message` says what is wrong in one sentence without a full stop; `help` says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError(Box<Mistake>);

/// What a mistake is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// The remedy, where there is one to name.
    pub help: Option<String>,
    /// Where, in bytes of the text.
    pub span: Span,
}

impl SyntaxError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self(Box::new(Mistake { message: message.into(), help: None, span }))
    }

    pub(super) fn expected(span: Span, expected: &str, found: &str) -> Self {
        Self::new(span, format!("expected {expected}, found {found}"))
    }

    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Names the word that was probably meant, where there is one.
    #[must_use]
    pub(super) fn meant(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

impl Deref for SyntaxError {
    type Target = Mistake;

    fn deref(&self) -> &Mistake {
        &self.0
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at byte {}", self.message, self.span.start)?;
        match &self.help {
            Some(help) => write!(formatter, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for SyntaxError {}

/// All mistakes of a text, in its order; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxErrors(Vec<SyntaxError>);

impl SyntaxErrors {
    /// None where there is no mistake; of very many the first.
    pub(super) fn new(mut mistakes: Vec<SyntaxError>, most: usize) -> Option<Self> {
        mistakes.sort_by_key(|mistake| mistake.span.start);
        mistakes.truncate(most);
        if mistakes.is_empty() { None } else { Some(Self(mistakes)) }
    }

    pub(super) fn one(mistake: SyntaxError) -> Self {
        Self(vec![mistake])
    }
}

impl Deref for SyntaxErrors {
    type Target = [SyntaxError];

    fn deref(&self) -> &[SyntaxError] {
        &self.0
    }
}

impl fmt::Display for SyntaxErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, mistake) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(formatter, "{separator}{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SyntaxErrors {}
