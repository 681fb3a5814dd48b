//! A row as somebody hands it in → facts: as v1 or v2 answers write it, with names short or qualified, in any case.
//! Rows of the tenant's own answers go to `facts` directly.

use super::compiled::{Playbook, RemoteAction};
use super::evaluate::Circumstances;
use super::facts::Fact;
use super::finding::Evaluation;
use super::mistake::{Mistake, below};
use crate::api::nql::table::Table;
use crate::api::problem::NexthinkError;
use crate::json::{Json, Map, Read, record};
use crate::nql::{Timestamp, nearest, same_column};

record! {
    strict
    /// A row, and the circumstances in which it is judged.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "EvaluationInput"))]
    pub struct RowInput {
        /// The row: its columns' values by name (v2), `headers` and `data` with one row (v1), or a whole answer with
        /// one row. Names may be short or qualified, in any case; columns that the playbook does not know are passed over.
        #[cfg_attr(test, ts(type = "{ [column: string]: JsonValue } | { headers: Array<string>, data: Array<Array<JsonValue>> } | { data: Array<{ [column: string]: JsonValue }> }"))]
        pub row: Json,
        /// The time of the evaluation. Without it the age of nothing is known.
        pub now: Option<Timestamp>,
        /// When each data collection last succeeded, by its NQL ID.
        #[cfg_attr(test, ts(as = "Option<Map<Timestamp>>"))]
        pub collected: Map<Timestamp>,
        /// The device's platform; without it the playbook is taken to apply.
        pub platform: Option<String>,
        /// The language of the texts; English where it is not said.
        pub locale: Option<String>,
        /// The tenant's NQL IDs for the playbook's remote actions.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub remote_action_ids: Map<String>,
    }
}

impl Playbook {
    /// Evaluates one row, without a tenant: `row`, and what `RowInput` has besides.
    ///
    /// # Errors
    /// `invalid` where the input is none, or the row is not one row whose names are unambiguous.
    pub fn evaluate_row(&self, input: Json) -> Result<Evaluation, NexthinkError> {
        let refused = |what: String| {
            NexthinkError::invalid(what).hint("pass one row as Nexthink's answer has it: an object by column names")
        };
        let input =
            RowInput::read(input).map_err(|mismatch| refused(format!("the input of `evaluate`: {mismatch}")))?;
        let facts = self.facts_of(&input.row, &input.collected, "/row");
        let facts = facts.map_err(|mistake| match mistake.help {
            Some(help) => refused(mistake.message).hint(help),
            None => refused(mistake.message),
        })?;
        Ok(self.evaluate_facts(&facts, &input))
    }

    /// The rest of an evaluation, once the facts are known.
    pub(super) fn evaluate_facts(&self, facts: &[Fact], input: &RowInput) -> Evaluation {
        if !self.applies_to(input.platform.as_deref()) {
            return Evaluation::not_applicable();
        }
        let id = |action: &RemoteAction| {
            input.remote_action_ids.get(&action.name).unwrap_or(&action.remote_action_id).clone()
        };
        let locale = input.locale.as_deref().unwrap_or("en");
        self.evaluate(facts, &Circumstances { locale, now: input.now, remote_action_id: &id })
    }

    /// The facts of a row that stands at a place of a file.
    pub(super) fn facts_of(&self, row: &Json, collected: &Map<Timestamp>, at: &str) -> Result<Vec<Fact>, Mistake> {
        let named = named_cells(row).ok_or_else(|| {
            let help = "write an object by column names, or `headers` and `data` with one row";
            Mistake::new(at, "this is not one row").help(help)
        })?;
        let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        let mut table = Table { columns: Vec::new(), rows: vec![Vec::new()] };
        for (column, place) in self.columns.iter().zip(self.bind(&names, at)?) {
            if let Some((_, cell)) = place.and_then(|place| named.get(place)) {
                table.columns.push(column.name.as_str().into());
                table.rows.iter_mut().for_each(|row| row.push((*cell).clone()));
            }
        }
        let times: Vec<(Box<str>, Timestamp)> = collected.iter().map(|(id, time)| (id.into(), *time)).collect();
        Ok(self.facts(&table, 0, &times).unwrap_or_default())
    }

    /// Where each of its columns is among the names of a row or of a file.
    ///
    /// # Errors
    /// Two names for one column, and a name for two columns.
    pub(crate) fn bind(&self, names: &[&str], at: &str) -> Result<Vec<Option<usize>>, Mistake> {
        let mut places = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            places.push(place_of(&column.name, names, at)?);
        }
        for name in names {
            let mut called = self.columns.iter().filter(|column| same_column(&column.name, name));
            let (first, second) = (called.next(), called.next());
            let exact = self.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name));
            if let (Some(first), Some(second), false) = (first, second, exact) {
                let message = format!("`{name}` means more than one column of the query");
                let help = format!("write which one: `{}` or `{}`", first.name, second.name);
                return Err(Mistake::new(&below(at, name), message).help(help));
            }
        }
        Ok(places)
    }

    /// The first name of a row that no column has.
    pub(super) fn unknown_name(&self, row: &Json, at: &str) -> Option<Mistake> {
        let named = named_cells(row)?;
        let (name, _) =
            named.iter().find(|(name, _)| !self.columns.iter().any(|column| same_column(&column.name, name)))?;
        let last = |name: &'_ str| name.rfind('.').map_or(0, |dot| dot + 1);
        let short = self.columns.iter().map(|column| column.name.get(last(&column.name)..).unwrap_or_default());
        let near = nearest(name, self.columns.iter().map(|column| &*column.name)).or_else(|| nearest(name, short));
        let mistake = Mistake::new(&below(at, name), format!("the query has no column `{name}`"));
        Some(mistake.meant(near, "leave it out, or `list` it in the query"))
    }
}

/// The cells of one row with their names; `None` where it is not one row.
fn named_cells(row: &Json) -> Option<Vec<(&str, &Json)>> {
    let rows = match row.get("data") {
        Some(Json::List(rows)) if rows.iter().all(|row| matches!(row, Json::Object(_) | Json::List(_))) => rows,
        _ => return fields(row),
    };
    let [only] = rows.as_slice() else { return None };
    match (row.get("headers"), only) {
        (Some(Json::List(headers)), Json::List(cells)) if headers.len() == cells.len() => {
            headers.iter().zip(cells).map(|(header, cell)| Some((header.as_text()?, cell))).collect()
        }
        (None | Some(Json::Null), only) => fields(only),
        _ => None,
    }
}

fn fields(json: &Json) -> Option<Vec<(&str, &Json)>> {
    match json {
        Json::Object(fields) => Some(fields.iter().map(|(name, cell)| (&**name, cell)).collect()),
        _ => None,
    }
}

/// Where a column is: the one name that is exactly its own, else the only one that means it.
fn place_of(column: &str, names: &[&str], at: &str) -> Result<Option<usize>, Mistake> {
    for is_called in [|column: &str, name: &str| column.eq_ignore_ascii_case(name), same_column] {
        let mut found = names.iter().enumerate().filter(|(_, name)| is_called(column, name));
        match (found.next(), found.next()) {
            (None, _) => {}
            (Some((place, _)), None) => return Ok(Some(place)),
            (Some((_, one)), Some((_, other))) => {
                let message = format!("`{one}` and `{other}` are the same column");
                return Err(Mistake::new(&below(at, other), message).help("leave one of them out"));
            }
        }
    }
    Ok(None)
}
