//! A query → the columns that its answer will have, with the names that the API returns and what each one is.
//! The playbook compiler and the simulated tenant both read them from here.

use super::tree::{Call, Computation, Expression, Grouping, Name, Query, Range, Source, Span, Statement};

/// One column of a query's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name that the API returns: qualified for a field, the alias for a computed column.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Where the query lists or computes it.
    pub span: Span,
}

/// What a column holds; it decides what its `null` means and how old its value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnKind {
    /// A property of the object.
    Field,
    /// An output of a remote action's latest execution, with the action's NQL ID.
    RemoteActionOutput(Box<str>),
    /// The status of a remote action's latest execution, with the action's NQL ID.
    RemoteActionStatus(Box<str>),
    /// The time of a remote action's latest execution, with the action's NQL ID.
    RemoteActionTime(Box<str>),
    /// A count of events after `with` or `include`: its null means that there was none.
    Count,
    /// Any other computed value, over the events of the past so many milliseconds.
    Computed {
        /// None where the table has no time selection, or one that does not end now.
        past: Option<i64>,
    },
    /// `start_time`, `end_time` or `bucket_duration` (in seconds) of a `summarize … by` a period.
    Bucket,
}

/// The columns that a `summarize` by a period adds.
pub(super) const BUCKET: [&str; 3] = ["start_time", "end_time", "bucket_duration"];

impl Query {
    /// The columns of the answer, in their order. A query with neither `list` nor `summarize` also has columns that
    /// the tenant chooses, before those that are told here: see `has_default_columns`.
    pub fn columns(&self) -> Vec<Column> {
        let made = self.made_columns();
        let listed = self.statements().rev().find_map(|statement| match statement {
            Statement::List(expressions) => Some(expressions),
            _ => None,
        });
        let Some(listed) = listed else { return made };
        listed.iter().map(|expression| self.listed_column(expression, &made)).collect()
    }

    /// Whether the tenant chooses columns, because the query lists none and does not summarize.
    pub fn has_default_columns(&self) -> bool {
        !self.statements().any(|statement| matches!(statement, Statement::List(_) | Statement::Summarize(..)))
    }

    fn listed_column(&self, expression: &Expression, made: &[Column]) -> Column {
        let (name, suffix) = match expression {
            Expression::Call(call) => (call.target.as_ref().and_then(named), shown_suffix(call)),
            other => (named(other), None),
        };
        let span = expression.span();
        let Some(name) = name else {
            return Column { name: suffix.unwrap_or_default(), kind: ColumnKind::Computed { past: None }, span };
        };
        let column = self.column(name, made);
        match suffix {
            Some(suffix) => {
                Column { name: format!("{}.{suffix}", column.name), kind: ColumnKind::Computed { past: None }, span }
            }
            None => column,
        }
    }

    /// The column of a name: one that was made, else a field.
    fn column(&self, name: &Name, made: &[Column]) -> Column {
        let qualified = self.source.table.qualify(name);
        let found = made.iter().find(|column| name.is(&column.name) || qualified.eq_ignore_ascii_case(&column.name));
        let (text, kind) = match found {
            Some(column) => (column.name.clone(), column.kind.clone()),
            None => (qualified, field_kind(&self.source.table, name)),
        };
        Column { name: text, kind, span: name.span }
    }

    /// What `compute` and `summarize` make, in the order in which an answer shows it.
    fn made_columns(&self) -> Vec<Column> {
        let mut past = past_of(&self.source);
        let mut columns = Vec::new();
        for statement in self.statements() {
            match statement {
                Statement::With(source) | Statement::Include(source) => past = past_of(source),
                Statement::Compute(computations) => {
                    columns.extend(computations.iter().map(|one| one.column(computed_kind(one, past))));
                }
                Statement::Summarize(computations, groupings) => {
                    columns = self.grouping_columns(groupings, &columns);
                    columns.extend(computations.iter().map(|one| one.column(ColumnKind::Computed { past })));
                }
                _ => {}
            }
        }
        columns
    }

    /// The fields first, then the stretch of time, wherever it was written.
    fn grouping_columns(&self, groupings: &[Grouping], made: &[Column]) -> Vec<Column> {
        let mut columns = Vec::new();
        for grouping in groupings {
            if let Grouping::Field(name) = grouping {
                columns.push(self.column(name, made));
            }
        }
        if groupings.iter().any(|grouping| matches!(grouping, Grouping::Period(_))) {
            let bucket = |name: &str| Column { name: name.into(), kind: ColumnKind::Bucket, span: Span::default() };
            columns.extend(BUCKET.map(bucket));
        }
        columns
    }
}

impl Computation {
    fn column(&self, kind: ColumnKind) -> Column {
        Column { name: self.alias.text.to_string(), kind, span: self.alias.span }
    }
}

impl Name {
    /// The name that the API returns for a field of this table: `last_seen` of `devices` is `device.last_seen`,
    /// `status` of `remote_action.executions` is `remote_action.execution.status`, `event.cpu_usage` of
    /// `device_performance.events` is `device_performance.event.cpu_usage`.
    pub fn qualify(&self, field: &Name) -> String {
        let row = self.row_name();
        let first = field.segments().next().unwrap_or_default();
        let several = field.segments().count() > 1;
        let (namespace, short) = row.rsplit_once('.').unwrap_or(("", &row));
        if several && !namespace.is_empty() && first.eq_ignore_ascii_case(short) {
            return format!("{namespace}.{}", field.text);
        }
        let qualified = several && NAMESPACES.iter().any(|namespace| namespace.eq_ignore_ascii_case(first));
        if qualified { field.text.to_string() } else { format!("{row}.{}", field.text) }
    }

    /// What one row of this table is called: `devices` → `device`, `remote_action.executions` and
    /// `remote_action.#id.executions` → `remote_action.execution`.
    pub(super) fn row_name(&self) -> String {
        let mut segments = self.segments();
        let row = singular(segments.next_back().unwrap_or_default());
        match segments.next() {
            Some(namespace) if !namespace.eq_ignore_ascii_case(&row) => format!("{namespace}.{row}"),
            _ => row,
        }
    }
}

/// Whether `returned` is the column that a query or a rule calls `name`: the same, or one the end of the other after a dot.
/// Which of the two a tenant returns for a remote action's output is not documented, so both are accepted.
pub fn same_column(name: &str, returned: &str) -> bool {
    ends_with_name(name, returned) || ends_with_name(returned, name)
}

/// Whether `short` is `long`, or its end after a dot. Names ignore case.
pub fn ends_with_name(long: &str, short: &str) -> bool {
    match long.len().checked_sub(short.len()) {
        None => false,
        Some(0) => long.eq_ignore_ascii_case(short),
        Some(start) => {
            long.as_bytes().get(start - 1) == Some(&b'.')
                && long.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(short))
        }
    }
}

/// The first segments of names that are qualified already.
const NAMESPACES: [&str; 17] = [
    "alert",
    "application",
    "binary",
    "campaign",
    "collaboration",
    "connection",
    "connectivity",
    "device",
    "device_performance",
    "dex",
    "execution",
    "package",
    "remote_action",
    "session",
    "user",
    "web",
    "workflow",
];

fn singular(table: &str) -> String {
    if let Some(stem) = table.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let long = ["shes", "ches", "sses", "xes"].iter().any(|suffix| table.ends_with(suffix));
    table.strip_suffix(if long { "es" } else { "s" }).unwrap_or(table).to_owned()
}

/// `remote_action.<nql id>.execution.outputs.<Output>`, `….execution.status` and `….execution.time`, or `outputs.…`,
/// `status` and `time` of the table of one action's executions.
fn field_kind(table: &Name, name: &Name) -> ColumnKind {
    let segments: Vec<String> = name.segments().map(str::to_ascii_lowercase).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let action = name.segments().nth(1).unwrap_or_default();
    match segments.as_slice() {
        ["remote_action", _, "execution", "outputs", _] => ColumnKind::RemoteActionOutput(action.into()),
        ["remote_action", _, "execution", "status"] => ColumnKind::RemoteActionStatus(action.into()),
        ["remote_action", _, "execution", "time"] => ColumnKind::RemoteActionTime(action.into()),
        rest => match (table.segments().collect::<Vec<_>>().as_slice(), rest) {
            ([_, action, _], ["outputs", _]) => ColumnKind::RemoteActionOutput((*action).into()),
            ([_, action, executions], ["status"]) if executions.eq_ignore_ascii_case("executions") => {
                ColumnKind::RemoteActionStatus((*action).into())
            }
            ([_, action, executions], ["time"]) if executions.eq_ignore_ascii_case("executions") => {
                ColumnKind::RemoteActionTime((*action).into())
            }
            _ => ColumnKind::Field,
        },
    }
}

fn computed_kind(computation: &Computation, past: Option<i64>) -> ColumnKind {
    match &computation.expression {
        Expression::Call(call) if call.function.is("count") || call.function.is("countif") => ColumnKind::Count,
        _ => ColumnKind::Computed { past },
    }
}

fn past_of(source: &Source) -> Option<i64> {
    match source.time?.range {
        Range::Past(period) => Some(period.milliseconds()),
        Range::Between(..) | Range::On(_) => None,
    }
}

/// The name of a column, also of one that a function is applied to.
fn named(expression: &Expression) -> Option<&Name> {
    match expression {
        Expression::Field(name) | Expression::Word(name) => Some(name),
        Expression::Call(call) => call.target.as_ref().and_then(named),
        _ => None,
    }
}

/// What a function adds to a listed column's name; `as` changes how a value looks, and not what it is.
fn shown_suffix(call: &Call) -> Option<String> {
    (!call.function.is("as")).then(|| call.function.text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nql::parse_query;

    fn names(query: &str) -> Vec<String> {
        parse_query(query).unwrap().columns().into_iter().map(|column| column.name).collect()
    }

    #[test]
    fn names_are_those_that_the_api_returns() {
        assert_eq!(
            names("devices during past 7d | list collector.uid, device.name, operating_system.platform, last_seen"),
            ["device.collector.uid", "device.name", "device.operating_system.platform", "device.last_seen"],
        );
        assert_eq!(
            names("remote_action.executions past 24h | list request_id, device.name, remote_action.name, status"),
            [
                "remote_action.execution.request_id",
                "device.name",
                "remote_action.name",
                "remote_action.execution.status"
            ],
        );
        assert_eq!(names("binary.binaries | list name"), ["binary.name"]);
        assert_eq!(names("execution.crashes | list time"), ["execution.crash.time"]);
    }

    #[test]
    fn a_column_knows_what_it_holds() {
        let query = parse_query(
            "devices | include device_performance.events during past 24h | compute free = free_space.avg() / 2 \
             | include package.installed_packages | compute packages = package.name.count() \
             | list free, packages, boot.days, remote_action.#get_x.execution.outputs.Y, remote_action.get_x.execution.status, \
             remote_action.get_x.execution.time",
        );
        let kinds: Vec<ColumnKind> = query.unwrap().columns().into_iter().map(|column| column.kind).collect();
        assert_eq!(
            kinds,
            [
                ColumnKind::Computed { past: Some(86_400_000) },
                ColumnKind::Count,
                ColumnKind::Field,
                ColumnKind::RemoteActionOutput("#get_x".into()),
                ColumnKind::RemoteActionStatus("get_x".into()),
                ColumnKind::RemoteActionTime("get_x".into()),
            ]
        );
    }

    #[test]
    fn short_and_qualified_names_are_the_same_column() {
        assert!(same_column("device.boot.days", "boot.days"));
        assert!(same_column("IsOnline", "remote_action.x.execution.outputs.isonline"));
        assert!(!same_column("ot.days", "device.boot.days"));
        assert!(!same_column("name", "device.username"));
    }
}
