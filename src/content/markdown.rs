//! The content as Markdown that an administrator follows from top to bottom. What Nexthink's pages do not say is said
//! to be so, rather than left for them to find out.

use super::saved_queries::Need;
use super::{DataExporter, RequiredColumn, RequiredQuery, TenantContent, WebhookTemplate};
use crate::playbook::Risk;

impl TenantContent {
    /// The steps, in the order in which they are taken.
    pub fn to_markdown(&self) -> String {
        let mut page = Page::default();
        page.paragraph("# What nexthink-chatbot needs in Nexthink");
        page.paragraph(&format!(
            "For the playbooks {}. Follow the steps from top to bottom; `npx nexthink-chatbot doctor` then says what is still missing. \
             The queries were checked as NQL, and not in your tenant: its NQL editor has the last word.",
            codes(&self.playbooks)
        ));
        self.credentials(&mut page);
        self.saved_queries(&mut page);
        self.collections(&mut page);
        self.actions(&mut page);
        self.exporters(&mut page);
        self.webhooks(&mut page);
        page.paragraph("## 7. Check");
        page.paragraph("Run `npx nexthink-chatbot doctor`, with an employee of yours, and correct what it names.");
        page.0
    }

    fn credentials(&self, page: &mut Page) {
        page.paragraph("## 1. API credentials");
        page.paragraph(
            "In **API credentials**, create credentials for the chatbot with these permissions; the playbooks need no others:",
        );
        page.list(self.permissions.iter().map(|permission| format!("**{permission}**")));
        page.paragraph("Copy the client ID and the client secret at once: Nexthink shows them only this time. Keep the secret where the chatbot, and nobody else, can read it.");
    }

    fn saved_queries(&self, page: &mut Page) {
        page.paragraph("## 2. NQL API queries");
        page.paragraph("In **Administration > NQL API queries**, create these queries, each with its ID and its text. An ID cannot be changed later; where one is taken, choose another and tell the chatbot, as `queryIds` below.");
        for query in &self.queries {
            saved_query(query, page);
        }
    }

    fn collections(&self, page: &mut Page) {
        page.paragraph("## 3. Remote actions that collect data");
        page.paragraph("In **Remote actions**, install each from the Nexthink Library, or create it where it is a script of your own, and give it the schedule. The playbooks read what its last run reported: without a schedule there is nothing to read. The NQL ID stands in the queries above; where your tenant has another, use it there, in a playbook of your own.");
        page.table(
            &["Remote action", "NQL ID", "Schedule", "Platforms", "Outputs that are read", "For"],
            self.data_collections.iter().map(|one| {
                vec![
                    text(&one.title),
                    code(&one.remote_action_id),
                    one.schedule.word().to_owned(),
                    any(&one.platforms),
                    columns(&one.outputs),
                    codes(&one.used_by),
                ]
            }),
        );
    }

    fn actions(&self, page: &mut Page) {
        page.paragraph("## 4. Remote actions that the chatbot triggers");
        page.paragraph("In **Remote actions**, install each from the Nexthink Library, or create it where it is a script of your own, and enable its **API** trigger. An action that is scheduled locally, every 10 to 45 minutes, cannot have that trigger. Where your tenant has another NQL ID, tell the chatbot: `remoteActionIds: { <name>: \"#your_id\" }`.");
        page.table(
            &["Remote action", "NQL ID", "Name for `remoteActionIds`", "Platforms", "Inputs that are filled", "For"],
            self.remote_actions.iter().map(|one| {
                let input = |input: &super::RequiredInput| match &input.text {
                    Some(fixed) => format!("{} = {}", code(&input.name), code(fixed)),
                    None => format!("{} from {}", code(&input.name), codes(&input.columns)),
                };
                let inputs: Vec<String> = one.inputs.iter().map(input).collect();
                let title = match one.risk {
                    Risk::Disruptive => format!("{} (interrupts the employee's work)", text(&one.title)),
                    Risk::Safe => text(&one.title),
                };
                vec![
                    title,
                    code(&one.id),
                    code(&one.name),
                    any(&one.platforms),
                    if inputs.is_empty() { "none".to_owned() } else { inputs.join(", ") },
                    codes(&one.used_by),
                ]
            }),
        );
        page.paragraph(
            "If a script has inputs that are not named here, see in the remote action whether they may stay empty.",
        );
    }

    fn exporters(&self, page: &mut Page) {
        page.paragraph("## 5. Data exporters (optional)");
        page.paragraph("They are for large organisations: one export instead of thousands of calls. In **Data exporters**, create those that you want, with the connector credential of step 6. The schedule and the time of the query must be the same: `1d` for daily, `7d` for weekly. Not sure: how an exporter names and packs its files, and whether it takes `summarize`, is not told by the pages that we know.");
        for DataExporter { name, purpose, schedule, query } in &self.data_exporters {
            page.paragraph(&format!("### {}", text(name)));
            page.paragraph(&format!("{} Schedule: **{}**.", text(purpose), schedule));
            page.fenced("nql", query);
        }
        page.list(self.notes.iter().map(|note| text(note)));
    }

    fn webhooks(&self, page: &mut Page) {
        page.paragraph("## 6. Webhooks (optional)");
        let credential = &self.connector_credential;
        page.paragraph(&format!("First, in **Connector credentials**, create {}:", code(&credential.name)));
        let facts = [
            format!("Protocol: **{}**", credential.protocol),
            format!("Address: {}", code(&credential.url)),
            format!("Authorization: {}", credential.authorization.join(" or ")),
        ];
        page.list(facts.into_iter().chain(credential.notes.iter().map(|note| text(note))));
        page.paragraph("Then, in **Webhooks**, create those that you want with this credential, and try each with **Send test**. A delivery may be late or come twice, and whether a lost one is sent again is not documented: the chatbot must not rely on it. Not sure: the spelling of the placeholders in a payload; if Nexthink's editor offers another, such as a column's full name, use that: the chatbot knows a field by the name before the colon.");
        for webhook in &self.webhooks {
            one_webhook(webhook, page);
        }
    }
}

fn saved_query(query: &RequiredQuery, page: &mut Page) {
    page.paragraph(&format!("### {}", code(&query.id)));
    let need = match query.need {
        Need::Always => "Required.",
        Need::OneOf => "At least one of the queries by which employees are found is required.",
        Need::Recommended => "Recommended.",
        Need::Optional => "Only where the chatbot calls that.",
    };
    page.paragraph(&format!("{}. {} {need}", text(&query.title), text(&query.purpose)));
    page.fenced("nql", &query.text);
    page.list([
        format!("Parameter: {}", code(&format!("${}", query.parameter))),
        format!("Columns that are read: {}", columns(&query.columns)),
        format!("Under another ID: {}", code(&format!("queryIds: {{ {}: \"#your_id\" }}", key(&query.key)))),
    ]);
}

fn one_webhook(webhook: &WebhookTemplate, page: &mut Page) {
    page.paragraph(&format!("### {}", text(&webhook.name)));
    page.paragraph(&webhook.purpose);
    page.paragraph("NQL conditions:");
    page.fenced("nql", &webhook.query);
    page.paragraph(&format!("Method: **{}**. Resource: {}. Payload:", webhook.method, code(&webhook.resource)));
    page.fenced("json", &webhook.payload);
    page.paragraph(&format!("Its variables, by their full names: {}.", codes(&webhook.variables)));
    page.list(webhook.notes.iter().cloned());
}

/// A name as a key of an object in JavaScript.
pub(crate) fn key(name: &str) -> String {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    if is_plain { name.to_owned() } else { format!("\"{name}\"") }
}

fn columns(columns: &[RequiredColumn]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    codes(&names)
}

fn any(platforms: &[String]) -> String {
    if platforms.is_empty() { "any".to_owned() } else { text(&platforms.join(", ")) }
}

fn codes(names: &[impl AsRef<str>]) -> String {
    let codes: Vec<String> = names.iter().map(|name| code(name.as_ref())).collect();
    codes.join(", ")
}

/// Text in code font. Own playbooks may hold any text, so it is kept on its line, in its cell and in its font.
fn code(name: &str) -> String {
    format!("`{}`", one_line(name).replace('`', "'").replace('|', "\\|"))
}

/// Text of a playbook, as text.
fn text(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markdown in the making: blocks with an empty line between them.
#[derive(Default)]
struct Page(String);

impl Page {
    fn paragraph(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        if !items.is_empty() {
            self.paragraph(&items.join("\n"));
        }
    }

    fn fenced(&mut self, language: &str, text: &str) {
        let fence = if text.contains("```") { "~~~~" } else { "```" };
        self.paragraph(&format!("{fence}{language}\n{}\n{fence}", text.trim_end()));
    }

    fn table(&mut self, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let mut lines = vec![format!("| {} |", head.join(" | ")), format!("|{}", " --- |".repeat(head.len()))];
        lines.extend(rows.map(|row| format!("| {} |", row.join(" | "))));
        self.paragraph(&lines.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{PlaybookSource, TenantNames};

    fn content() -> TenantContent {
        TenantContent::new(&PlaybookSource::built_in().unwrap(), &TenantNames::default(), "en")
    }

    #[test]
    fn everything_that_has_to_be_created_stands_in_the_page() {
        let (content, page) = (content(), content().to_markdown());
        for query in &content.queries {
            assert!(page.contains(&format!("### `{}`\n", query.id)), "{}", query.id);
            assert!(page.contains(&format!("```nql\n{}\n```", query.text)), "{}", query.id);
        }
        for action in &content.remote_actions {
            assert!(page.contains(&format!("| `{}` | `{}` |", action.id, action.name)), "{}", action.id);
        }
        for collection in &content.data_collections {
            let schedule = format!("| `{}` | {} |", collection.remote_action_id, collection.schedule.word());
            assert!(page.contains(&schedule), "{schedule}");
        }
        for exporter in &content.data_exporters {
            assert!(page.contains(exporter.query.trim_end()), "{}", exporter.name);
        }
        for webhook in &content.webhooks {
            assert!(page.contains(webhook.payload.trim_end()) && page.contains(webhook.query.trim_end()));
        }
        for words in
            ["**NQL API**", "**Remote Actions API**", "**Administration > NQL API queries**", "**API** trigger"]
        {
            assert!(page.contains(words), "{words}");
        }
        assert!(page.contains("`queryIds: { \"slow-pc\": \"#your_id\" }`"));
    }

    #[test]
    fn text_of_a_playbook_stays_in_its_cell() {
        let mut content = content();
        content.remote_actions[0].title = "a | b\nc".into();
        content.remote_actions[0].id = "`|".into();
        let page = content.to_markdown();
        assert!(page.contains("\n| a \\| b c | `'\\|` |"), "{page}");
    }
}
