//! A query → what Nexthink would refuse in it, and what is probably not meant. The texts of the tenant are not known
//! here: whether a field exists only the tenant can say.
//!
//! | file | what it looks at |
//! | --- | --- |
//! | `statements` | which statement may follow which |
//! | `names` | what is computed twice, parameters, tables that do not exist |
//! | `functions` | which function stands where, with which arguments |
//! | `grouping` | what `summarize` can group by |
//! | `time` | time selections that select nothing, or what the table does not have |

mod functions;
mod grouping;
mod names;
mod statements;
mod time;

use super::parser::parse_query;
use super::syntax_error::SyntaxError;
use super::tree::{Query, Span};

/// What is wrong at one place of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether Nexthink refuses it.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The remedy, where there is one to name.
    pub help: Option<String>,
    /// Where, in bytes of the text.
    pub span: Span,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nexthink refuses the query.
    Error,
    /// It runs, and probably does not give what is meant.
    Warning,
}

impl Severity {
    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl From<&SyntaxError> for Diagnostic {
    fn from(mistake: &SyntaxError) -> Self {
        Self {
            severity: Severity::Error,
            message: mistake.message.clone(),
            help: mistake.help.clone(),
            span: mistake.span,
        }
    }
}

/// Reads and checks a query: every mistake, in the order of the text. Empty: nothing is wrong with it.
///
/// ```
/// let found = nexthink_chatbot::nql::check("devices | compute crashes = count()");
/// assert_eq!(found[0].message, "`compute` needs a `with` or `include` before it");
/// ```
pub fn check(text: &str) -> Vec<Diagnostic> {
    match parse_query(text) {
        Ok(query) => query.check(),
        Err(mistakes) => mistakes.iter().map(Diagnostic::from).collect(),
    }
}

impl Query {
    /// What is wrong with it, in the order of the text.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut found = Findings::default();
        statements::check(self, &mut found);
        names::check(self, &mut found);
        functions::check(self, &mut found);
        grouping::check(self, &mut found);
        time::check(self, &mut found);
        found.in_order()
    }

    /// What is wrong with it when these are the parameters that it will be given, in the order of the text.
    pub fn check_with(&self, given: &[&str]) -> Vec<Diagnostic> {
        let mut found = Findings(self.check());
        names::check_parameters(self, given, &mut found);
        found.in_order()
    }
}

/// What was found so far.
#[derive(Default)]
struct Findings(Vec<Diagnostic>);

impl Findings {
    /// In the order of the text.
    #[inline(never)]
    fn in_order(mut self) -> Vec<Diagnostic> {
        self.0.sort_by_key(|diagnostic| diagnostic.span.start);
        self.0
    }

    fn error(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.add(Severity::Error, span, message.into(), help);
    }

    fn warning(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.add(Severity::Warning, span, message.into(), help);
    }

    fn add(&mut self, severity: Severity, span: Span, message: String, help: &str) {
        let help = (!help.is_empty()).then(|| help.to_owned());
        self.0.push(Diagnostic { severity, message, help, span });
    }
}

/// The remedy that names the word that was probably meant.
fn meant(word: Option<&str>) -> String {
    word.map_or(String::new(), |word| format!("did you mean `{word}`?"))
}

#[cfg(test)]
mod tests;
