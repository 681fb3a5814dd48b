//! The playbooks that a tenant is to serve, each with the text of its query: the compiled form has no use for it, and an
//! administrator has to paste it.

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::Json;
use crate::playbook::{BUILT_IN, Playbook};

/// A compiled playbook and the NQL of its diagnosis query.
#[derive(Debug, Clone)]
pub struct PlaybookSource {
    /// The playbook.
    pub playbook: Playbook,
    /// The text of its query.
    pub query: String,
}

impl PlaybookSource {
    /// The built-in playbooks.
    ///
    /// # Errors
    /// None in a package that passed its tests.
    pub fn built_in() -> Result<Vec<Self>, NexthinkError> {
        let mut sources = Vec::new();
        for built_in in &BUILT_IN {
            let playbook = Playbook::compile(built_in.json, Some(built_in.query))?;
            sources.push(Self { playbook, query: built_in.query.to_owned() });
        }
        Ok(sources)
    }

    /// Own playbooks, which hold the text of their queries.
    ///
    /// # Errors
    /// `invalid` for one that does not compile, and for two of one name: which of them counts would be a guess.
    pub fn own(given: &[Json]) -> Result<Vec<Self>, NexthinkError> {
        let mut sources: Vec<Self> = Vec::with_capacity(given.len());
        for json in given {
            let source = Self::read(json)?;
            if sources.iter().any(|other| other.playbook.id == source.playbook.id) {
                let message = format!("two playbooks are called `{}`", source.playbook.id);
                return Err(NexthinkError::invalid(message).hint("give each of your playbooks an `id` of its own"));
            }
            sources.push(source);
        }
        Ok(sources)
    }

    /// The built-in playbooks and own ones, which hold the text of their queries and go before built-in ones of the same
    /// name; of all these only those with the names in `only`, where it is given.
    ///
    /// # Errors
    /// `invalid` as for `own`, `not-found` for a name that no playbook has.
    pub fn choose(own: &[Json], only: Option<&[String]>) -> Result<Vec<Self>, NexthinkError> {
        let mut sources = Self::built_in()?;
        for source in Self::own(own)? {
            match sources.iter_mut().find(|known| known.playbook.id == source.playbook.id) {
                Some(known) => *known = source,
                None => sources.push(source),
            }
        }
        let Some(only) = only else { return Ok(sources) };
        if let Some(unknown) = only.iter().find(|id| sources.iter().all(|source| source.playbook.id != **id)) {
            let ids: Vec<&str> = sources.iter().map(|source| source.playbook.id.as_str()).collect();
            let unknown = unknown.get(..64).unwrap_or(unknown);
            return Err(NexthinkError::new(ErrorKind::NotFound, format!("there is no playbook `{unknown}`"))
                .hint(format!("the playbooks are {}", ids.join(", "))));
        }
        sources.retain(|source| only.contains(&source.playbook.id));
        Ok(sources)
    }

    /// A playbook's file, as an object or as its text.
    fn read(json: &Json) -> Result<Self, NexthinkError> {
        let (playbook, parsed) = match json {
            Json::Text(text) => {
                let playbook = Playbook::compile(text, None)?;
                // The mark with which some editors of Windows begin a file.
                (playbook, Json::parse(text.trim_start_matches('\u{feff}').as_bytes()).unwrap_or_default())
            }
            json => (Playbook::from_json(json.clone(), None)?, json.clone()),
        };
        let query = parsed.get("query").and_then(|query| query.get("text")).and_then(Json::as_text);
        Ok(Self { playbook, query: query.unwrap_or_default().trim_start_matches('\u{feff}').to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAMS: &str = r##"{"id":"outlook","version":"9","title":{"en":"Mine"},
        "query":{"id":"#mine","text":"devices | where name == $device_name | list collector.uid, name, boot.days"},
        "rules":[{"id":"r","when":"boot.days > 3","reason":{"en":"x"},"advice":{"en":"y"}}]}"##;

    fn ids(sources: &[PlaybookSource]) -> Vec<&str> {
        sources.iter().map(|source| source.playbook.id.as_str()).collect()
    }

    #[test]
    fn an_own_playbook_goes_before_a_built_in_one_of_its_name() {
        let built_in = PlaybookSource::built_in().unwrap();
        let marked = format!("\u{feff}{TEAMS}");
        for own in [TEAMS.into(), marked.as_str().into(), Json::parse(TEAMS.as_bytes()).unwrap()] {
            let sources = PlaybookSource::choose(&[own], None).unwrap();
            assert_eq!(ids(&sources), ids(&built_in));
            let mine = sources.iter().find(|source| source.playbook.id == "outlook").unwrap();
            assert_eq!(mine.playbook.version, "9");
            assert!(mine.query.starts_with("devices | where name"), "{}", mine.query);
        }
    }

    #[test]
    fn only_those_that_are_named_are_chosen() {
        let choose = |only: &str| PlaybookSource::choose(&[], Some(&[only.to_owned()]));
        assert_eq!(ids(&choose("onedrive").unwrap()), ["onedrive"]);
        let error = choose("onedrve").unwrap_err();
        assert!(error.hint.contains("onedrive") && error.message.contains("onedrve"), "{error}");
    }

    #[test]
    fn two_own_playbooks_of_one_name_are_refused() {
        let error = PlaybookSource::choose(&[TEAMS.into(), TEAMS.into()], None).unwrap_err();
        assert_eq!((error.kind, &*error.message), (ErrorKind::Invalid, "two playbooks are called `outlook`"));
    }

    #[test]
    fn a_playbook_that_does_not_compile_is_refused() {
        assert_eq!(PlaybookSource::choose(&["{}".into()], None).unwrap_err().kind, ErrorKind::Invalid);
    }
}
