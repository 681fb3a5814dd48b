//! A playbook's file → a playbook that can be evaluated: texts parsed, names resolved to the query's columns, once.
//! All that is wrong in the file is said here, each with its place; rows are never looked at, and whether Nexthink takes
//! the query is left to `check`.
//!
//! | file | what it compiles |
//! | --- | --- |
//! | `form` | what is not written as a playbook is |
//! | `columns` | the query's columns, and names of them |
//! | `condition` | `when` and `unless` |
//! | `types` | what in a condition can never be compared |
//! | `rule` | everything else of a rule |

mod columns;
mod condition;
mod form;
mod rule;
#[cfg(test)]
mod tests;
mod types;

use columns::Columns;
use rule::{Surroundings, filled, templates};

use super::compiled::{Parameter, Playbook, RemoteAction};
use super::mistake::{Mistake, at_pointer, below, element, refusal};
use super::model::{Model, ParameterModel, RemoteActionModel};
use crate::api::nql::is_query_id;
use crate::api::problem::NexthinkError;
use crate::api::remote_actions::same_remote_action;
use crate::json::{Json, Map, Place, Read};
use crate::nql::{Query, Span, ends_with_name, parse_query, same_column};

/// The parameter of every diagnosis query.
const PARAMETER: &str = "device_name";

/// What became of a file: the playbook is only whole where nothing is wrong.
pub(super) struct Compilation {
    pub model: Model,
    pub query: Option<Query>,
    pub playbook: Playbook,
    /// In the order of the file, as far as that is told by what is compiled first.
    pub mistakes: Vec<Mistake>,
}

impl Playbook {
    /// Reads and compiles a playbook. `query` is the text of its query where the file does not hold it.
    ///
    /// # Errors
    /// `invalid`, with the first thing that is wrong, and its place.
    pub fn compile(json: &str, query: Option<&str>) -> Result<Self, NexthinkError> {
        let refused = |mistake| {
            refusal("", &[mistake], |_| Some(json)).unwrap_or_else(|| NexthinkError::invalid("this is no playbook"))
        };
        Self::from_json(read(json).map_err(refused)?, query)
    }

    /// The same for a file that was read already.
    ///
    /// # Errors
    /// `invalid`, with the first thing that is wrong, and its place.
    pub fn from_json(json: Json, query: Option<&str>) -> Result<Self, NexthinkError> {
        let Compilation { playbook, mistakes, .. } = compile(json.clone(), query);
        let text = |pointer: &str| match (pointer, query) {
            ("/query/text", Some(query)) => Some(query),
            _ => at_pointer(&json, pointer).and_then(Json::as_text),
        };
        refusal(&playbook.id, &mistakes, text).map_or(Ok(playbook), Err)
    }
}

/// Reads a file as JSON.
pub(super) fn read(text: &str) -> Result<Json, Mistake> {
    // Some editors of Windows begin a file with this mark.
    let without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    Json::parse_file(without_mark).map_err(|error| {
        let position = error.position + text.len() - without_mark.len();
        let span = Span { start: position, end: position };
        let help = "look for a missing comma, quote or bracket before this place";
        Mistake::new("", "from here on it is not JSON").help(help).at(span)
    })
}

/// Compiles a file as far as it goes.
pub(super) fn compile(json: Json, query: Option<&str>) -> Compilation {
    let mut place = Place::of_all();
    let model = Model::read_at(json, &mut place);
    let misfits = place.finish_all();
    let mut mistakes = Vec::new();
    identifier(&model.id, "/id", &mut mistakes);
    if model.version.trim().is_empty() {
        mistakes.push(Mistake::new("/version", "the version is empty").help("write one, as in `1.0.0`"));
    }
    filled(&model.title, "/title", &mut mistakes);
    if !is_query_id(&model.query.id) {
        let message = "the query ID is not `#` followed by 2 to 255 lower-case letters, digits and underscores";
        mistakes.push(Mistake::new("/query/id", message).help("copy it from Administration, NQL API queries"));
    }
    let parsed = read_query(query.or(model.query.text.as_deref()), &mut mistakes);
    let query_columns = parsed.as_ref().map(Query::columns).unwrap_or_default();
    let mut columns = Columns::new(&query_columns, parsed.is_some(), &model.data_collection);
    columns.mark_lists(&model.lists, &mut mistakes);
    data_collections(&model, &mut mistakes);
    let mut remote_actions: Vec<RemoteAction> = Vec::new();
    for (name, action) in model.remote_actions.iter() {
        let at = below("/remoteActions", name);
        if remote_actions.iter().any(|known| known.name == name) {
            mistakes.push(Mistake::new(&at, "this name stands here twice").help("leave one of them out"));
        }
        remote_actions.push(remote_action(name, action, &at, &columns, &mut mistakes));
    }
    let mut rules = Vec::with_capacity(model.rules.len());
    if model.rules.is_empty() {
        mistakes
            .push(Mistake::new("/rules", "there is no rule").help("add one: a playbook without rules finds nothing"));
    }
    for (position, rule) in model.rules.iter().enumerate() {
        let at = element("/rules", position);
        if model.rules.iter().take(position).any(|earlier| earlier.id == rule.id) {
            let message = "an earlier rule has the same name";
            mistakes.push(Mistake::new(&below(&at, "id"), message).help("give each rule a name of its own"));
        }
        let mut surroundings =
            Surroundings { columns: &columns, remote_actions: &remote_actions, mistakes: &mut mistakes };
        rules.push(surroundings.rule(rule, &at));
    }
    let playbook = Playbook {
        id: model.id.clone(),
        version: model.version.clone(),
        title: model.title.clone(),
        platforms: model.platforms.clone(),
        query_id: model.query.id.clone(),
        columns: columns.all,
        data_collection: model.data_collection.clone(),
        remote_actions,
        rules,
    };
    Compilation { model, query: parsed, playbook, mistakes: form::with_misfits(misfits, mistakes) }
}

fn read_query(text: Option<&str>, mistakes: &mut Vec<Mistake>) -> Option<Query> {
    const AT: &str = "/query/text";
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        let help = "write it in `query.text`, or in the `.nql` file beside the playbook";
        mistakes.push(Mistake::new("/query", "the text of the query is missing").help(help));
        return None;
    };
    let query = match parse_query(text) {
        Ok(query) => query,
        Err(wrong) => {
            let example = "the `.nql` files of the built-in playbooks show how a query is written";
            mistakes.append(&mut Mistake::syntax(AT, &wrong, example));
            return None;
        }
    };
    let columns = query.columns();
    if columns.is_empty() || query.has_default_columns() {
        let help = "end it with `| list collector.uid, …` and the columns that the rules use";
        mistakes.push(Mistake::new(AT, "the query lists no columns").help(help));
        return None;
    }
    if !columns.iter().any(|column| same_column("device.collector.uid", &column.name)) {
        let help =
            "add `collector.uid` to `list`: device names repeat, and only the row of the employee's own device counts";
        mistakes.push(Mistake::new(AT, "the query does not list `collector.uid`").help(help));
    }
    let parameters = query.parameters();
    for name in parameters.iter().filter(|name| &*name.text != PARAMETER) {
        let message = format!("the query has the parameter `${}`, which nobody fills", name.text);
        mistakes.push(Mistake::new(AT, message).help("its one parameter is `$device_name`").at(name.span));
    }
    if parameters.is_empty() {
        let help = "add `| where device.name == $device_name`: a diagnosis asks for one device";
        mistakes.push(Mistake::new(AT, "the query does not use `$device_name`").help(help));
    }
    Some(query)
}

fn data_collections(model: &Model, mistakes: &mut Vec<Mistake>) {
    for (position, collection) in model.data_collection.iter().enumerate() {
        let at = below(&element("/dataCollection", position), "remoteActionId");
        let id = &collection.remote_action_id;
        if id.trim_start_matches('#').is_empty() {
            mistakes
                .push(Mistake::new(&at, "the NQL ID is empty").help("copy it from the remote action's configuration"));
        }
        title(&collection.title, &element("/dataCollection", position), mistakes);
        let earlier = model.data_collection.iter().take(position);
        if earlier.into_iter().any(|earlier| same_remote_action(&earlier.remote_action_id, id)) {
            mistakes.push(Mistake::new(&at, "this remote action stands here twice").help("leave one of them out"));
        }
    }
}

fn remote_action(
    name: &str,
    action: &RemoteActionModel,
    at: &str,
    columns: &Columns,
    mistakes: &mut Vec<Mistake>,
) -> RemoteAction {
    let id = action.remote_action_id.as_deref().unwrap_or(name);
    if id.trim_start_matches('#').is_empty() {
        mistakes.push(Mistake::new(at, "the NQL ID is empty").help("copy it from the remote action's configuration"));
    }
    title(&action.title, at, mistakes);
    let description = action.description.as_ref();
    let description = description.map(|texts| templates(texts, &below(at, "description"), columns, mistakes));
    let mut parameters = Map::default();
    for (input, parameter) in action.parameters.iter() {
        let at = below(&below(at, "parameters"), input);
        if input.is_empty() {
            let help = "write the name of the script's input before the colon";
            mistakes.push(Mistake::new(&at, "the parameter has no name").help(help));
        }
        parameters.0.push((input.to_owned(), filled_by(parameter, &at, columns, mistakes)));
    }
    RemoteAction {
        name: name.to_owned(),
        remote_action_id: id.to_owned(),
        title: action.title.clone(),
        description: description.unwrap_or_default(),
        risk: action.risk,
        expected_seconds: action.expected_seconds,
        parameters,
    }
}

fn filled_by(parameter: &ParameterModel, at: &str, columns: &Columns, mistakes: &mut Vec<Mistake>) -> Parameter {
    match parameter {
        ParameterModel::Text(text) => {
            if text.is_empty() {
                let help = "write its value, or take it from a column: `{ \"facts\": [\"…\"] }`";
                mistakes.push(Mistake::new(at, "the parameter is not filled").help(help));
            }
            places(text, at, columns, mistakes);
            Parameter { text: Some(text.clone()), columns: Vec::new() }
        }
        ParameterModel::Facts(facts) => {
            if facts.is_empty() {
                let help = "name the column that fills it in `facts`";
                mistakes.push(Mistake::new(at, "the parameter is not filled").help(help));
            }
            let mut resolved = Vec::new();
            for (position, name) in facts.iter().enumerate() {
                let at = element(&below(at, "facts"), position);
                resolved.extend(columns.resolve(name, None, &at, mistakes));
            }
            Parameter { text: None, columns: resolved }
        }
    }
}

/// The name that people know a remote action by.
fn title(title: &str, at: &str, mistakes: &mut Vec<Mistake>) {
    if title.trim().is_empty() {
        let help = "write the name that the remote action has in Nexthink";
        mistakes.push(Mistake::new(&below(at, "title"), "the title is empty").help(help));
    }
}

/// Braces that are meant as in a reason. A script would be given them as they stand; other braces may be its own.
fn places(text: &str, at: &str, columns: &Columns, mistakes: &mut Vec<Mistake>) {
    let mut end = 0;
    for piece in text.split_inclusive('}') {
        end += piece.len();
        let Some((_, name)) = piece.strip_suffix('}').and_then(|piece| piece.rsplit_once('{')) else { continue };
        let is_meant = match name.trim() {
            "" => text.trim().len() == name.len() + 2,
            name => columns.all.iter().any(|fact| ends_with_name(&fact.name, name)),
        };
        if is_meant {
            let message = "a parameter's text goes to the script as it stands: its braces are not replaced";
            let help = "take the value from the column: `{ \"facts\": [\"…\"] }`";
            let span = Span { start: end - name.len() - 2, end };
            mistakes.push(Mistake::new(at, message).help(help).at(span));
        }
    }
}

/// What a playbook and a rule are called in code.
pub(super) fn identifier(id: &str, pointer: &str, mistakes: &mut Vec<Mistake>) {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let starts_well = id.starts_with(|first: char| first.is_ascii_alphanumeric());
    if !starts_well || id.len() > 64 || !id.bytes().all(allowed) {
        let message = "the name is not 1 to 64 lower-case letters, digits and hyphens";
        mistakes.push(Mistake::new(pointer, message).help("write one such as `slow-pc`"));
    }
}
