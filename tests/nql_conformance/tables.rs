//! Tables in memory, read from a text that a reviewer can check by eye:
//!
//! ```text
//! devices:
//!     id | name* | hardware.type
//!     d1 | PC-1  | laptop
//! execution.crashes:
//!     time                | device | number_of_crashes
//!     2024-03-15 09:00:00 | d1     | 2
//! ```
//!
//! A table of objects has an `id`; a column of another table that is called like the object (`device`) is the link to it.
//! A star marks a default column. A table of events has a `time`, `start_time` or `timestamp`. A cell is `null`, `true`,
//! `false`, a number, a time in UTC, a list (`[a, b]`), or a text: in quotes where it would look like one of the others.

use nexthink_chatbot::nql::{Tables, TimeRange, Timestamp, Value};

/// What one row of each table is called.
const ROWS: [(&str, &str); 25] = [
    ("alert.alerts", "alert"),
    ("applications", "application"),
    ("binaries", "binary"),
    ("collaboration.sessions", "collaboration.session"),
    ("connectivity.events", "connectivity.event"),
    ("device_performance.boots", "device_performance.boot"),
    ("device_performance.events", "device_performance.event"),
    ("device_performance.hard_resets", "device_performance.hard_reset"),
    ("device_performance.system_crashes", "device_performance.system_crash"),
    ("devices", "device"),
    ("dex.application_scores", "dex.application_score"),
    ("dex.scores", "dex.score"),
    ("execution.crashes", "execution.crash"),
    ("execution.events", "execution.event"),
    ("package.installed_packages", "package.installed_package"),
    ("packages", "package"),
    ("remote_action.executions", "remote_action.execution"),
    ("session.events", "session.event"),
    ("session.logins", "session.login"),
    ("session.vdi_events", "session.vdi_event"),
    ("users", "user"),
    ("web.errors", "web.error"),
    ("web.events", "web.event"),
    ("web.page_views", "web.page_view"),
    ("workflow.executions", "workflow.execution"),
];

/// The tables that have a long name beside the documented shortcut.
const LONG_NAMES: [(&str, &str); 4] = [
    ("application.applications", "applications"),
    ("binary.binaries", "binaries"),
    ("device.devices", "devices"),
    ("user.users", "users"),
];

/// All tables of one case.
#[derive(Debug, Default)]
pub(crate) struct Literal(Vec<Sheet>);

#[derive(Debug)]
struct Sheet {
    name: String,
    /// What one row is called: `device`, `execution.crash`.
    row_name: String,
    columns: Vec<String>,
    defaults: &'static [&'static str],
    rows: Vec<Vec<Value>>,
}

/// A field of one table.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Field {
    /// A column of the table.
    Own(usize),
    /// A column of the object that another column links to: the link, the object's table, its column.
    Linked(usize, usize, usize),
}

impl Literal {
    /// Reads all tables of a case.
    pub fn read(text: &str) -> Self {
        let mut sheets: Vec<Sheet> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(name) = line.strip_suffix(':') {
                sheets.push(Sheet::new(name));
                continue;
            }
            let sheet = sheets.last_mut().unwrap();
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            if sheet.columns.is_empty() {
                sheet.head(&cells);
            } else {
                assert_eq!(cells.len(), sheet.columns.len(), "a row of another length: {line}");
                sheet.rows.push(cells.into_iter().map(read_cell).collect());
            }
        }
        Self(sheets)
    }

    fn objects(&self, object: &str) -> Option<usize> {
        self.0.iter().position(|sheet| sheet.id().is_some() && sheet.row_name.eq_ignore_ascii_case(object))
    }

    /// Whether an object of a table was active: seen, or part of an event.
    fn is_active(&self, table: usize, row: usize, range: TimeRange) -> bool {
        let sheet = &self.0[table];
        let seen = sheet.column("last_seen").is_some_and(|column| in_range(&sheet.rows[row][column], range));
        seen || (0..self.0.len()).any(|other| {
            let mut events = Vec::new();
            if self.0[other].time().is_some() {
                self.events(other, (table, row), Some(range), &mut events);
            }
            !events.is_empty()
        })
    }
}

impl Sheet {
    fn new(name: &str) -> Self {
        let row_name = match name.split('.').collect::<Vec<_>>()[..] {
            // The tables of one remote action or campaign have its NQL ID in the middle.
            ["remote_action", _, "executions"] => "remote_action.execution",
            ["campaign", _, "responses"] => "campaign.response",
            _ => ROWS.iter().find(|(table, _)| *table == name).unwrap_or_else(|| panic!("no such table: {name}")).1,
        };
        Self { name: name.into(), row_name: row_name.into(), columns: Vec::new(), defaults: &[], rows: Vec::new() }
    }

    fn head(&mut self, cells: &[&str]) {
        self.columns = cells.iter().map(|cell| cell.trim_end_matches('*').to_owned()).collect();
        let starred = cells.iter().filter_map(|cell| cell.strip_suffix('*'));
        let defaults: Vec<&'static str> =
            starred.map(|column| &*Box::leak(format!("{}.{column}", self.row_name).into_boxed_str())).collect();
        self.defaults = defaults.leak();
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// A column by its qualified name. Columns of remote actions and of the context are written with it.
    fn qualified(&self, name: &str) -> Option<usize> {
        let full = |column: &String| format!("{}.{column}", self.row_name).eq_ignore_ascii_case(name);
        let as_written = |column: &String| {
            (column.starts_with("remote_action.") || column.starts_with("context."))
                && column.eq_ignore_ascii_case(name)
        };
        self.columns.iter().position(|column| full(column) || as_written(column))
    }

    fn id(&self) -> Option<usize> {
        self.column("id").filter(|column| *column == 0)
    }

    fn time(&self) -> Option<usize> {
        if self.id().is_some() {
            return None;
        }
        ["time", "start_time", "timestamp"].iter().find_map(|name| self.column(name))
    }

    fn find(&self, id: &Value) -> Option<usize> {
        let column = self.id()?;
        let found = self.rows.iter().position(|row| row[column] == *id);
        assert!(found.is_some() || id.is_null(), "no object {id:?} in {}", self.name);
        found
    }
}

impl Tables for Literal {
    type Table = usize;
    type Row = (usize, usize);
    type Field = Field;

    fn table(&self, name: &str) -> Option<usize> {
        let name = name.to_ascii_lowercase();
        let short = LONG_NAMES.iter().find(|(long, _)| *long == name).map_or(name.as_str(), |(_, short)| short);
        // `remote_action.#some_action.executions` may be written without the `#`.
        let plain = short.replace('#', "");
        self.0.iter().position(|sheet| sheet.name.replace('#', "") == plain)
    }

    fn rows(&self, table: usize, range: Option<TimeRange>) -> Vec<(usize, usize)> {
        let sheet = &self.0[table];
        let counts = |row: &usize| match (range, sheet.time()) {
            (None, _) => true,
            (Some(range), Some(time)) => in_range(&sheet.rows[*row][time], range),
            (Some(range), None) => sheet.id().is_none() || self.is_active(table, *row, range),
        };
        (0..sheet.rows.len()).filter(counts).map(|row| (table, row)).collect()
    }

    fn events(&self, table: usize, object: (usize, usize), range: Option<TimeRange>, events: &mut Vec<(usize, usize)>) {
        let (sheet, owner) = (&self.0[table], &self.0[object.0]);
        let (Some(link), Some(id)) = (sheet.column(&owner.row_name), owner.id()) else { return };
        for (row, cells) in sheet.rows.iter().enumerate() {
            let happened = match (range, sheet.time()) {
                (Some(range), Some(time)) => in_range(&cells[time], range),
                _ => true,
            };
            if happened && cells[link] == owner.rows[object.1][id] {
                events.push((table, row));
            }
        }
    }

    fn field(&self, table: usize, name: &str) -> Option<Field> {
        let sheet = &self.0[table];
        if let Some(column) = sheet.qualified(name) {
            return Some(Field::Own(column));
        }
        sheet.columns.iter().enumerate().find_map(|(link, column)| {
            let object = self.objects(column)?;
            Some(Field::Linked(link, object, self.0[object].qualified(name)?))
        })
    }

    fn identity(&self, table: usize, object: &str) -> Option<Field> {
        let sheet = &self.0[table];
        if sheet.row_name.eq_ignore_ascii_case(object) {
            return sheet.id().map(Field::Own);
        }
        self.objects(object)?;
        sheet.column(object).map(Field::Own)
    }

    fn time(&self, table: usize) -> Option<Field> {
        self.0[table].time().map(Field::Own)
    }

    /// All events of an object have that object's own fields in common, and nothing else.
    fn is_shared(&self, root: usize, _: usize, field: &Field) -> bool {
        matches!(field, Field::Linked(_, object, _) if *object == root)
    }

    fn default_columns(&self, table: usize) -> &'static [&'static str] {
        self.0[table].defaults
    }

    fn value(&self, row: (usize, usize), field: &Field) -> Value {
        let cells = &self.0[row.0].rows[row.1];
        match *field {
            Field::Own(column) => cells[column].clone(),
            Field::Linked(link, object, column) => {
                let object = &self.0[object];
                object.find(&cells[link]).map_or(Value::Null, |row| object.rows[row][column].clone())
            }
        }
    }
}

/// A cell of a table, or of an expected answer.
pub(crate) fn read_cell(cell: &str) -> Value {
    if let Some(text) = cell.strip_prefix('"') {
        return Value::from(text.strip_suffix('"').unwrap());
    }
    if let Some(list) = cell.strip_prefix('[') {
        let elements = list.strip_suffix(']').unwrap().split(',').map(str::trim);
        return Value::List(elements.filter(|element| !element.is_empty()).map(read_cell).collect());
    }
    let number = || {
        let digits = cell.trim_start_matches('-');
        digits.starts_with(|first: char| first.is_ascii_digit()).then(|| cell.parse().ok()).flatten()
    };
    match cell {
        "null" => Value::Null,
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        _ => match Timestamp::parse(&format!("{cell} UTC")) {
            Some(time) => Value::Time(time),
            None => number().map_or_else(|| Value::from(cell), Value::Number),
        },
    }
}

fn in_range(time: &Value, range: TimeRange) -> bool {
    matches!(time, Value::Time(time) if range.contains(*time))
}
