//! The NQL API queries that the tenant's administrator has saved, by their IDs.

use std::collections::{BTreeMap, BTreeSet};

use nexthink_chatbot::flow::SavedQuery;
use nexthink_chatbot::nql::{Diagnostic, Query, Severity, parse_query};
use nexthink_chatbot::playbook::BUILT_IN;
use serde::Deserialize;

/// One saved query.
#[derive(Debug, Clone)]
pub(crate) struct Saved {
    pub text: String,
    /// What the text says, or why a tenant would not have saved it.
    pub query: Result<Query, String>,
    /// The parameters that it uses, without `$`.
    pub parameters: BTreeSet<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct SavedQueries(BTreeMap<String, Saved>);

/// The part of a playbook's file that says under which ID its query is saved.
#[derive(Deserialize)]
struct Playbook {
    query: PlaybookQuery,
}

#[derive(Deserialize)]
struct PlaybookQuery {
    id: String,
}

impl SavedQueries {
    /// The queries that this package's documentation asks an administrator to create.
    pub fn published() -> Self {
        let mut queries = Self(BTreeMap::new());
        for query in SavedQuery::ALL {
            queries.save(query.default_id(), query.text());
        }
        for built_in in &BUILT_IN {
            if let Ok(playbook) = serde_json::from_str::<Playbook>(built_in.json) {
                queries.save(&playbook.query.id, built_in.query);
            }
        }
        queries
    }

    pub fn save(&mut self, id: &str, text: &str) {
        let query =
            parse_query(text).map_err(|mistakes| format!("The query cannot be read: {mistakes}")).and_then(checked);
        let names = |query: &Query| query.parameters().iter().map(|name| name.text.to_string()).collect();
        let parameters = query.as_ref().map(names).unwrap_or_default();
        self.0.insert(id.to_owned(), Saved { text: text.to_owned(), query, parameters });
    }

    /// Whether there was such a query.
    pub fn delete(&mut self, id: &str) -> bool {
        self.0.remove(id).is_some()
    }

    pub fn get(&self, id: &str) -> Option<&Saved> {
        self.0.get(id)
    }
}

/// The query, where a tenant would take it.
fn checked(query: Query) -> Result<Query, String> {
    let first = query.check().into_iter().find(|found| found.severity == Severity::Error);
    match first {
        None => Ok(query),
        Some(Diagnostic { message, help, span, .. }) => {
            let help = help.map_or(String::new(), |help| format!(" ({help})"));
            Err(format!("The query is refused: {message} at byte {}{help}", span.start))
        }
    }
}

/// Whether a text has the form of a query's ID.
pub(crate) fn is_query_id(id: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    id.strip_prefix('#').is_some_and(|name| (2..=255).contains(&name.len()) && name.bytes().all(allowed))
}

impl Saved {
    /// The text with the parameters' values in their places, for the reader of an answer only: what is executed is
    /// the tree, into which no value is ever pasted.
    pub fn executed_text(&self, values: &BTreeMap<String, String>) -> String {
        let mut parts = self.text.trim().split('$');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            match values.get(name) {
                Some(value) if value.contains('"') => text.push_str(&format!("'{value}'{rest}")),
                Some(value) => text.push_str(&format!("\"{value}\"{rest}")),
                None => text.push_str(&format!("${part}")),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_of_the_package_is_saved_and_can_be_read() {
        let queries = SavedQueries::published();
        assert_eq!(queries.0.len(), SavedQuery::ALL.len() + BUILT_IN.len());
        for (id, saved) in &queries.0 {
            assert!(saved.query.is_ok() && saved.parameters.len() == 1, "{id}");
        }
    }

    #[test]
    fn parameters_are_found_wherever_a_condition_may_hold_them() {
        let text =
            "devices | where name in [$a, \"x\"] and ($b + 1 > 2 or name contains $user) | where name == $username";
        let mut queries = SavedQueries::published();
        queries.save("#q", text);
        let saved = queries.get("#q").unwrap();
        assert_eq!(saved.parameters.iter().collect::<Vec<_>>(), ["a", "b", "user", "username"]);
        let values = ["a", "b", "user", "username"].map(|name| (name.to_owned(), name.to_uppercase()));
        assert_eq!(
            saved.executed_text(&values.into()),
            "devices | where name in [\"A\", \"x\"] and (\"B\" + 1 > 2 or name contains \"USER\") | where name == \"USERNAME\""
        );
    }
}
