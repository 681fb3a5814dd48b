//! A client's own playbooks, compiled for the core, which holds no compiler.

use super::answer;
use crate::api::problem::NexthinkError;
use crate::bindings::input::read_fields;
use crate::content::PlaybookSource;
use crate::json::Json;
use crate::playbook::{Library, Playbook};

/// Compiles `{ playbooks }`, as `createClient` was given them.
pub(super) fn compile(input: &[u8]) -> String {
    answer(read_fields("createClient", input, |reader| reader.take("playbooks")).and_then(compile_all))
}

fn compile_all(given: Vec<Json>) -> Result<String, NexthinkError> {
    let playbooks: Vec<Playbook> = PlaybookSource::own(&given)?.into_iter().map(|source| source.playbook).collect();
    Ok(Library::from(playbooks).to_text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::BUILT_IN;

    /// A built-in playbook as a user would give it: with the text of its query inside.
    fn outlook() -> Json {
        let mut json = Json::parse(BUILT_IN[0].json.as_bytes()).unwrap();
        let Json::Object(fields) = &mut json else { panic!("no object") };
        let query = &mut fields.iter_mut().find(|(name, _)| **name == *"query").unwrap().1;
        let Json::Object(query) = query else { panic!("no object") };
        query.push(("text".into(), BUILT_IN[0].query.into()));
        json
    }

    fn compiled(playbooks: &[Json]) -> Json {
        let input = Json::Object(vec![("playbooks".into(), Json::List(playbooks.to_vec()))]);
        Json::parse(compile(input.to_text().as_bytes()).as_bytes()).unwrap()
    }

    #[test]
    fn playbooks_are_compiled_as_the_core_reads_them() {
        let answer = compiled(&[outlook()]);
        let text = answer.get("result").and_then(Json::as_text).unwrap();
        assert_eq!(Library::read(text.as_bytes()).unwrap().get("outlook").unwrap().rules.len(), 5);
    }

    #[test]
    fn two_of_one_name_are_refused() {
        let answer = compiled(&[outlook(), outlook()]);
        let message = answer.get("error").and_then(|error| error.get("message")).and_then(Json::as_text);
        assert_eq!(message, Some("two playbooks are called `outlook`"));
    }
}
