//! The tenant's data as the tables that NQL queries. `table` says which there are, `rows` where their rows come from,
//! `fields` how values are read; a file per object knows its fields. Events are computed when they are asked for.

mod boots;
mod crashes;
mod devices;
mod executions;
mod fields;
mod new_events;
mod performance;
mod responses;
mod row;
mod rows;
mod sessions;
mod software;
mod table;
mod usage;
mod users;
mod workflow_executions;
mod written;

use nexthink_chatbot::nql::{Tables, TimeRange, Timestamp, Value};

use crate::campaigns::CampaignRequests;
use crate::fleet::Fleet;
use crate::remote_actions::{Catalogue, Executions};
use crate::workflows::WorkflowExecutions;

pub(crate) use fields::Field;
pub(crate) use row::Row;
pub(crate) use table::Table;

/// The tenant's data at one time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub fleet: &'a Fleet,
    pub actions: &'a Catalogue,
    pub executions: &'a Executions,
    pub workflows: &'a WorkflowExecutions,
    pub campaigns: &'a CampaignRequests,
    pub now: Timestamp,
}

impl Tables for View<'_> {
    type Table = Table;
    type Row = Row;
    type Field = Field;

    fn table(&self, name: &str) -> Option<Table> {
        Table::of(self.actions, name)
    }

    fn rows(&self, table: Table, range: Option<TimeRange>) -> Vec<Row> {
        self.all_rows(table, self.kept(table, range))
    }

    fn events(&self, table: Table, object: Row, range: Option<TimeRange>, events: &mut Vec<Row>) {
        self.rows_with(table, object, self.kept(table, range), events);
    }

    fn field(&self, table: Table, name: &str) -> Option<Field> {
        table.field(self.actions, name)
    }

    fn identity(&self, table: Table, object: &str) -> Option<Field> {
        table.identity(self.actions, object)
    }

    fn time(&self, table: Table) -> Option<Field> {
        table.time(self.actions)
    }

    /// A device has one owner, so that its events share both; an employee can have several devices.
    fn is_shared(&self, root: Table, _: Table, field: &Field) -> bool {
        match root {
            Table::Devices => matches!(field, Field::Device(_) | Field::User(_) | Field::Latest { .. }),
            Table::Users => matches!(field, Field::User(_)),
            _ => false,
        }
    }

    fn default_columns(&self, table: Table) -> &'static [&'static str] {
        table.default_columns()
    }

    fn value(&self, row: Row, field: &Field) -> Value {
        self.read(row, field).unwrap_or_default()
    }
}
