//! What has to be created in a tenant, for JavaScript: as data, and as Markdown.

use super::answer;
use crate::api::problem::NexthinkError;
use crate::bindings::input::read_fields;
use crate::content::{PlaybookSource, TenantContent, TenantNames};
use crate::json::{Json, Map, record};

record! {
    strict
    /// For which playbooks, and under which names.
    #[derive(Debug, Clone, Default)]
    pub struct ContentOptions {
        /// Own playbooks, each as its file's text or as an object, with the text of its query. One with the name of a
        /// built-in playbook takes its place.
        #[cfg_attr(test, ts(optional, type = "ReadonlyArray<Playbook | string>"))]
        pub playbooks: Vec<Json>,
        /// The names of the only playbooks that count, built-in and own.
        pub only: Option<Vec<String>>,
        /// The tenant's IDs for saved queries, by our names for them.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub query_ids: Map<String>,
        /// The tenant's NQL IDs for remote actions, by the playbooks' names for them.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub remote_action_ids: Map<String>,
        /// The language of the playbooks' titles; `en` where there is none.
        pub locale: Option<String>,
    }
}

/// `content` of `{ options }`: everything that an administrator has to create, as data.
pub(super) fn content(input: &[u8]) -> String {
    answer(read("content", input))
}

/// `contentMarkdown` of `{ options }`: the same as a page to follow.
pub(super) fn content_markdown(input: &[u8]) -> String {
    answer(read("contentMarkdown", input).map(|content| content.to_markdown()))
}

fn read(call: &str, input: &[u8]) -> Result<TenantContent, NexthinkError> {
    let options: Option<ContentOptions> = read_fields(call, input, |reader| reader.take("options"))?;
    let options = options.unwrap_or_default();
    let sources = PlaybookSource::choose(&options.playbooks, options.only.as_deref())?;
    let names = TenantNames { query_ids: options.query_ids, remote_action_ids: options.remote_action_ids };
    Ok(TenantContent::new(&sources, &names, options.locale.as_deref().unwrap_or("en")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(answer: &str, path: &[&str]) -> Json {
        let mut part = Json::parse(answer.as_bytes()).unwrap();
        for name in path {
            part = part.get(name).cloned().unwrap_or_else(|| panic!("{name} in {answer}"));
        }
        part
    }

    #[test]
    fn the_content_of_one_playbook_is_told_as_data_and_as_a_page() {
        let input = br##"{"options":{"only":["onedrive"],"queryIds":{"onedrive":"#mine"}}}"##;
        let content = content(input);
        assert_eq!(part(&content, &["result", "playbooks"]).to_text(), r#"["onedrive"]"#);
        assert!(content.contains(r##""key":"onedrive","id":"#mine""##), "{content}");
        let page = part(&content_markdown(input), &["result"]);
        assert!(page.as_text().unwrap().contains("### `#mine`"));
    }

    #[test]
    fn without_options_all_built_in_playbooks_count() {
        assert_eq!(
            part(&content(b"{}"), &["result", "playbooks"]).to_text().matches('"').count() / 2,
            crate::playbook::BUILT_IN.len()
        );
    }

    #[test]
    fn a_mistake_in_the_options_or_in_a_playbook_is_an_error() {
        for (input, message) in [
            (&br#"{"options":{"names":{}}}"#[..], "`content`: `options.names` is not known here"),
            (br#"{"options":{"only":["x"]}}"#, "there is no playbook `x`"),
        ] {
            assert_eq!(part(&content(input), &["error", "message"]), message.into());
        }
        assert_eq!(part(&content(br#"{"options":{"playbooks":["{"]}}"#), &["error", "kind"]), "invalid".into());
    }
}
