//! A playbook's file → a playbook that can be evaluated: texts parsed, names resolved to the query's columns, once.
//! What is wrong in the file is said here, with the place; rows are never looked at.

use super::compiled::{FactColumn, FactKind, Freshness, Parameter, Playbook, RemoteAction, Rule};
use super::condition::When;
use super::model::{DataCollection, FreshnessModel, Localized, Model, ParameterModel, RuleModel};
use super::wording::Template;
use crate::api::problem::NexthinkError;
use crate::api::remote_actions::same_remote_action;
use crate::json::{Json, Map, Read};
use crate::nql::tree::Call;
use crate::nql::{
    Column, ColumnKind, Formula, Name, Predicate, Resolver, Severity, Value, ends_with_name, parse_condition,
    parse_period, parse_query,
};

impl Playbook {
    /// Reads and compiles a playbook. `query` is the text of its query where the file does not hold it.
    ///
    /// # Errors
    /// `invalid`, with a JSON pointer to what is wrong.
    pub fn compile(json: &str, query: Option<&str>) -> Result<Self, NexthinkError> {
        let json = Json::parse_file(json)
            .map_err(|error| broken("", &format!("it is not JSON from byte {} on", error.position)))?;
        let model = Model::read(json).map_err(|mismatch| broken("", &mismatch.to_string()))?;
        let text = query.or(model.query.text.as_deref()).unwrap_or_default();
        let query = parse_query(text).map_err(|error| broken("/query/text", &error.to_string()))?;
        if let Some(refused) = query.check().iter().find(|found| found.severity == Severity::Error) {
            return Err(broken("/query/text", &refused.message));
        }
        let columns = fact_columns(query.columns(), &model.lists, &model.data_collection)?;
        if columns.is_empty() || query.has_default_columns() {
            return Err(broken("/query/text", "the query lists no columns"));
        }
        let mut remote_actions = Vec::new();
        for (name, action) in model.remote_actions {
            let at = format!("/remoteActions/{name}/parameters");
            let mut parameters = Map::default();
            for (input, parameter) in action.parameters {
                parameters.0.push((input, compile_parameter(parameter, &columns, &at)?));
            }
            remote_actions.push(RemoteAction {
                remote_action_id: action.remote_action_id.unwrap_or_else(|| name.clone()),
                name,
                title: action.title,
                risk: action.risk,
                expected_seconds: action.expected_seconds,
                parameters,
            });
        }
        let mut rules = Vec::new();
        for (position, rule) in model.rules.into_iter().enumerate() {
            rules.push(compile_rule(rule, &columns, &remote_actions, &format!("/rules/{position}"))?);
        }
        Ok(Self {
            id: model.id,
            version: model.version,
            title: model.title,
            description: model.description.unwrap_or_default(),
            symptoms: model.symptoms,
            platforms: model.platforms,
            query_id: model.query.id,
            columns,
            data_collection: model.data_collection,
            remote_actions,
            rules,
        })
    }
}

fn broken(pointer: &str, what: &str) -> NexthinkError {
    NexthinkError::invalid(format!("playbook{}{pointer}: {what}", if pointer.is_empty() { "" } else { " at " }))
        .hint("correct the playbook's file at the place that the message names")
}

fn fact_columns(
    columns: Vec<Column>,
    lists: &[String],
    collections: &[DataCollection],
) -> Result<Vec<FactColumn>, NexthinkError> {
    let status_of = |id: &str| {
        columns.iter().position(
            |column| matches!(&column.kind, ColumnKind::RemoteActionStatus(other) if same_remote_action(other, id)),
        )
    };
    let time_of = |id: &str| {
        columns.iter().position(
            |column| matches!(&column.kind, ColumnKind::RemoteActionTime(other) if same_remote_action(other, id)),
        )
    };
    let collection_of =
        |id: &str| collections.iter().position(|collection| same_remote_action(&collection.remote_action_id, id));
    let fact = |column: &Column| {
        let (kind, id, past) = match &column.kind {
            ColumnKind::Field => (FactKind::Field, None, None),
            ColumnKind::RemoteActionOutput(id) => (FactKind::Output, Some(id), None),
            ColumnKind::RemoteActionStatus(id) => (FactKind::Status, Some(id), None),
            ColumnKind::RemoteActionTime(id) => (FactKind::Time, Some(id), None),
            ColumnKind::Count => (FactKind::Count, None, None),
            ColumnKind::Computed { past } => (FactKind::Computed, None, *past),
            ColumnKind::Bucket => (FactKind::Computed, None, None),
        };
        FactColumn {
            name: column.name.clone(),
            kind,
            list: false,
            past_ms: past.map(in_milliseconds),
            status: id.filter(|_| kind == FactKind::Output).and_then(|id| status_of(id)),
            time: id.filter(|_| kind != FactKind::Time).and_then(|id| time_of(id)),
            collected_by: id.and_then(|id| collection_of(id)),
        }
    };
    let mut facts: Vec<FactColumn> = columns.iter().map(fact).collect();
    for (position, name) in lists.iter().enumerate() {
        let column = resolve(name, &facts, &format!("/lists/{position}"))?;
        if let Some(fact) = facts.get_mut(column) {
            fact.list = true;
        }
    }
    Ok(facts)
}

#[expect(clippy::cast_precision_loss, reason = "a period is far below 2^53 milliseconds")]
fn in_milliseconds(period: i64) -> f64 {
    period as f64
}

/// The one column that a name means: short, qualified or an alias.
fn resolve(name: &str, columns: &[FactColumn], pointer: &str) -> Result<usize, NexthinkError> {
    let mut found =
        columns.iter().enumerate().filter(|(_, fact)| ends_with_name(&fact.name, name)).map(|(position, _)| position);
    match (found.next(), found.next()) {
        (Some(position), None) => Ok(position),
        (Some(_), Some(_)) => Err(broken(pointer, &format!("`{name}` means more than one column of the query"))),
        (None, _) => {
            let names: Vec<&str> = columns.iter().map(|fact| fact.name.as_str()).collect();
            Err(broken(pointer, &format!("the query has no column `{name}`; it has {}", names.join(", "))))
        }
    }
}

fn compile_parameter(parameter: ParameterModel, columns: &[FactColumn], at: &str) -> Result<Parameter, NexthinkError> {
    Ok(match parameter {
        ParameterModel::Text(text) => Parameter { text: Some(text), columns: Vec::new() },
        ParameterModel::Facts(facts) => {
            let columns: Result<Vec<usize>, _> = facts.iter().map(|name| resolve(name, columns, at)).collect();
            Parameter { text: None, columns: columns? }
        }
    })
}

fn compile_rule(
    rule: RuleModel,
    columns: &[FactColumn],
    remote_actions: &[RemoteAction],
    at: &str,
) -> Result<Rule, NexthinkError> {
    let when = match (rule.when, rule.always) {
        (Some(text), false) => Some(condition(text, columns, &format!("{at}/when"))?),
        (None, true) => None,
        _ => return Err(broken(at, "a rule has either `when` or `always`")),
    };
    let unless = rule.unless.map(|text| condition(text, columns, &format!("{at}/unless"))).transpose()?;
    let (remote_action, advice) = match (rule.remote_action, rule.advice) {
        (Some(name), None) => {
            let position = remote_actions.iter().position(|action| action.name == name);
            let undeclared =
                || broken(&format!("{at}/remoteAction"), &format!("`{name}` is not among `remoteActions`"));
            (Some(position.ok_or_else(undeclared)?), Map::default())
        }
        (None, Some(advice)) => (None, templates(advice, columns, &format!("{at}/advice"))?),
        _ => return Err(broken(at, "a rule has either `remoteAction` or `advice`")),
    };
    let reason = templates(rule.reason, columns, &format!("{at}/reason"))?;
    let mut freshness = Vec::new();
    for (position, one) in rule.freshness.into_iter().enumerate() {
        freshness.push(compile_freshness(&one, columns, &format!("{at}/freshness/{position}"))?);
    }
    let cooldown_ms = rule.cooldown.map(|text| period(&text, &format!("{at}/cooldown"))).transpose()?;
    Ok(Rule { id: rule.id, when, unless, freshness, cooldown_ms, reason, remote_action, advice })
}

fn condition(text: String, columns: &[FactColumn], pointer: &str) -> Result<When, NexthinkError> {
    let condition = parse_condition(&text).map_err(|error| broken(pointer, &error.to_string()))?;
    let condition = with_empty_lists(condition.bind(&mut RuleNames { columns, pointer })?, columns);
    Ok(When { condition, text })
}

fn templates(texts: Localized, columns: &[FactColumn], at: &str) -> Result<Map<Template>, NexthinkError> {
    let mut compiled = Map::default();
    for (locale, text) in texts {
        let pointer = format!("{at}/{locale}");
        compiled.0.push((locale, Template::parse(&text, &mut |name| resolve(name, columns, &pointer))?));
    }
    Ok(compiled)
}

fn period(text: &str, pointer: &str) -> Result<f64, NexthinkError> {
    let period = parse_period(text).map_err(|error| broken(pointer, &error.to_string()))?;
    Ok(in_milliseconds(period.milliseconds()))
}

fn compile_freshness(model: &FreshnessModel, columns: &[FactColumn], at: &str) -> Result<Freshness, NexthinkError> {
    let column = resolve(&model.fact, columns, &format!("{at}/fact"))?;
    let time = model.time.as_ref().map(|name| resolve(name, columns, &format!("{at}/time"))).transpose()?;
    Ok(Freshness { column, max_age_ms: period(&model.max_age, &format!("{at}/maxAge"))?, time })
}

/// The names of a rule's condition are columns of the query.
struct RuleNames<'a> {
    columns: &'a [FactColumn],
    /// The place of the condition in the file.
    pointer: &'a str,
}

impl RuleNames<'_> {
    /// A rule judges one row: it has neither parameters nor events to count.
    fn refuse<T>(&self) -> Result<T, NexthinkError> {
        Err(broken(self.pointer, "a condition has no parameters and no functions"))
    }
}

impl Resolver for RuleNames<'_> {
    type Field = usize;
    type Error = NexthinkError;

    fn field(&mut self, name: &Name) -> Result<usize, NexthinkError> {
        resolve(&name.text, self.columns, self.pointer)
    }

    fn call(&mut self, _: &Call) -> Result<Formula<usize>, NexthinkError> {
        self.refuse()
    }

    fn parameter(&mut self, _: &Name) -> Result<Value, NexthinkError> {
        self.refuse()
    }
}

/// Written into a condition, `["-"]` is the empty list too, as it is in a list column: else `!= ["-"]` held always.
fn with_empty_lists(condition: Predicate<usize>, columns: &[FactColumn]) -> Predicate<usize> {
    let all = |parts: Vec<Predicate<usize>>| parts.into_iter().map(|part| with_empty_lists(part, columns)).collect();
    match condition {
        Predicate::Compare(mut test, comparison) => {
            let is_list = |side: &Formula<usize>| match side {
                Formula::Field(column) => columns.get(*column).is_some_and(|column| column.list),
                _ => false,
            };
            let (left_is_list, right_is_list) = (is_list(&test.left), is_list(&test.right));
            for (side, beside_list) in [(&mut test.left, right_is_list), (&mut test.right, left_is_list)] {
                if let (Formula::Constant(Value::List(values)), true) = (side, beside_list) {
                    values.retain(|value| !matches!(value.as_text(), Some("" | "-")));
                }
            }
            Predicate::Compare(test, comparison)
        }
        Predicate::And(parts) => Predicate::And(all(parts)),
        Predicate::Or(parts) => Predicate::Or(all(parts)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Library;

    const PLAYBOOK: &str = r##"{
        "id": "teams", "version": "1", "title": {"en": "Teams"}, "query": {"id": "#teams", "text": "devices | list name, boot.days, hardware.name"},
        "remoteActions": {"clear_cache": {"title": "Clear cache", "risk": "safe"}},
        "rules": [{"id": "r", "when": "boot.days > 3", "reason": {"en": "{boot.days} days"}, "remoteAction": "clear_cache"}]
    }"##;

    fn message(changed: &str, to: &str) -> String {
        assert!(PLAYBOOK.contains(changed), "{changed}");
        Playbook::compile(&PLAYBOOK.replace(changed, to), None).unwrap_err().message.to_string()
    }

    #[test]
    fn a_playbook_that_is_right_compiles() {
        let playbook = Playbook::compile(PLAYBOOK, None).unwrap();
        assert_eq!(playbook.rules.len(), 1);
        assert!(playbook.applies_to(Some("macOS")));
    }

    #[test]
    fn a_compiled_playbook_is_read_back_from_its_json() {
        let library = Library::built_in().unwrap();
        assert_eq!(Library::read(library.to_text().as_bytes()).unwrap(), library);
        assert!(Library::read(b"[{}]").unwrap_err().message.contains("`[0].id` is missing"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (changed, to, expected) in [
            (
                "boot.days > 3",
                "boot.day > 3",
                "/rules/0/when: the query has no column `boot.day`; it has device.name, device.boot.days, device.hardware.name",
            ),
            ("boot.days > 3", "name == x", "/rules/0/when: `name` means more than one column"),
            ("boot.days > 3", "boot.days >", "/rules/0/when: expected a value or a name, found the end at byte 11"),
            ("\"remoteAction\": \"clear_cache\"", "\"remoteAction\": \"x\"", "/rules/0/remoteAction: `x` is not among"),
            ("\"when\": \"boot.days > 3\"", "\"always\": false", "/rules/0: a rule has either `when` or `always`"),
            ("boot.days > 3", "boot.days.avg() > 3", "/rules/0/when: a condition has no parameters and no functions"),
            ("boot.days > 3", "boot.days > $limit", "/rules/0/when: a condition has no parameters and no functions"),
            ("{boot.days} days", "{boot.weeks} days", "/rules/0/reason/en: the query has no column `boot.weeks`"),
            ("| list name, boot.days, hardware.name", "", "/query/text: the query lists no columns"),
            ("| list name", "| include a.b | list name", "/query/text: `include a.b` without a `compute`"),
            ("| list", "| lst", "/query/text: expected `where`"),
            ("\"version\": \"1\"", "\"versoin\": \"1\"", "`version` is missing"),
        ] {
            let message = message(changed, to);
            assert!(message.contains(expected), "{message}");
        }
    }
}
