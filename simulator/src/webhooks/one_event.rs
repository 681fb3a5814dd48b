//! The tenant's tables with one event as their only row, seen at the time at which it came to be known: a query over
//! them says whether the event is meant, and what is listed of it.

use nexthink_chatbot::nql::{Tables, TimeRange, Value};

use crate::tables::{Field, Row, Table, View};

pub(super) struct OneEvent<'a> {
    view: View<'a>,
    /// None: the tables are empty.
    row: Option<Row>,
}

impl<'a> OneEvent<'a> {
    pub fn new(view: &View<'a>, row: Row) -> Self {
        Self { view: View { now: view.time_known(row), ..*view }, row: Some(row) }
    }

    pub fn none(view: &View<'a>) -> Self {
        Self { view: *view, row: None }
    }
}

impl Tables for OneEvent<'_> {
    type Table = Table;
    type Row = Row;
    type Field = Field;

    fn table(&self, name: &str) -> Option<Table> {
        self.view.table(name)
    }

    fn rows(&self, _: Table, _: Option<TimeRange>) -> Vec<Row> {
        self.row.into_iter().collect()
    }

    fn events(&self, table: Table, object: Row, range: Option<TimeRange>, events: &mut Vec<Row>) {
        self.view.events(table, object, range, events);
    }

    fn field(&self, table: Table, name: &str) -> Option<Field> {
        self.view.field(table, name)
    }

    fn identity(&self, table: Table, object: &str) -> Option<Field> {
        self.view.identity(table, object)
    }

    fn time(&self, table: Table) -> Option<Field> {
        self.view.time(table)
    }

    fn default_columns(&self, table: Table) -> &'static [&'static str] {
        self.view.default_columns(table)
    }

    fn value(&self, row: Row, field: &Field) -> Value {
        self.view.value(row, field)
    }
}
