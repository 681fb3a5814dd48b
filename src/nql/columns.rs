//! A query → the columns that its answer will have, with the names that the API returns and what each one is.
//! The playbook compiler and the simulated tenant both read them from here.

use super::tree::{Computation, Expression, Name, Query, Span, Statement};

/// One column of a query's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name that the API returns: qualified for a field, the alias for a computed column.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Where the query lists it.
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
    /// `count()` after `include`: its null means that there was no event.
    Count,
    /// Any other computed value, over the events of the past so many milliseconds.
    Computed {
        /// None where the table has no time selection.
        past: Option<i64>,
    },
}

impl Query {
    /// The columns of the answer, in their order. Empty where the query has no `list`.
    pub fn columns(&self) -> Vec<Column> {
        let computed = self.computed_columns();
        let listed = self.statements.iter().rev().find_map(|statement| match statement {
            Statement::List(names) => Some(names.as_slice()),
            _ => None,
        });
        let column = |name: &Name| {
            let found = computed.iter().find(|(alias, _)| alias.is(&name.text));
            let (text, kind) = match found {
                Some((alias, kind)) => (alias.text.to_string(), kind.clone()),
                None => (self.source.table.qualify(name), field_kind(name)),
            };
            Column { name: text, kind, span: name.span }
        };
        listed.unwrap_or_default().iter().map(column).collect()
    }

    fn computed_columns(&self) -> Vec<(&Name, ColumnKind)> {
        let mut past = None;
        let mut columns = Vec::new();
        for statement in &self.statements {
            match statement {
                Statement::With(source) | Statement::Include(source) => past = source.time.map(|time| time.past),
                Statement::Compute(computations) => {
                    columns.extend(
                        computations.iter().map(|computation| (&computation.alias, computed_kind(computation, past))),
                    );
                }
                _ => {}
            }
        }
        columns
    }
}

impl Name {
    /// The name that the API returns for a field of this table: `last_seen` of `devices` is `device.last_seen`,
    /// `status` of `remote_action.executions` is `remote_action.execution.status`.
    pub fn qualify(&self, field: &Name) -> String {
        let qualified = field.segments().count() > 1
            && field
                .segments()
                .next()
                .is_some_and(|first| NAMESPACES.iter().any(|namespace| namespace.eq_ignore_ascii_case(first)));
        if qualified { field.text.to_string() } else { format!("{}.{}", self.row_name(), field.text) }
    }

    /// What one row of this table is called: `devices` → `device`, `remote_action.executions` → `remote_action.execution`.
    fn row_name(&self) -> String {
        let mut segments = self.segments();
        let table = segments.next_back().unwrap_or_default();
        let row = singular(table);
        match segments.collect::<Vec<_>>().join(".") {
            namespace if namespace.is_empty() || namespace.eq_ignore_ascii_case(&row) => row,
            namespace => format!("{namespace}.{row}"),
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

/// `remote_action.<nql id>.execution.outputs.<Output>` and `remote_action.<nql id>.execution.status`.
fn field_kind(name: &Name) -> ColumnKind {
    let segments: Vec<&str> = name.segments().collect();
    match segments.as_slice() {
        ["remote_action", id, "execution", "outputs", _] => ColumnKind::RemoteActionOutput((*id).into()),
        ["remote_action", id, "execution", "status"] => ColumnKind::RemoteActionStatus((*id).into()),
        _ => ColumnKind::Field,
    }
}

fn computed_kind(computation: &Computation, past: Option<i64>) -> ColumnKind {
    match &computation.expression {
        Expression::Call(call) if &*call.function == "count" => ColumnKind::Count,
        _ => ColumnKind::Computed { past },
    }
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
             | list free, packages, boot.days, remote_action.#get_x.execution.outputs.Y, remote_action.get_x.execution.status",
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
