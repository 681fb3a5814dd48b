//! What a query runs over: tables of rows with fields, and the objects that events belong to. Where the rows come from
//! is the affair of whoever implements `Tables`; what a query makes of them is `execute`'s.

use super::timestamp::Timestamp;
use super::value::Value;

/// The times that rows are taken from: from the first up to, but not including, the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRange {
    /// The first time that counts.
    pub from: Timestamp,
    /// The first time after it that does not.
    pub to: Timestamp,
}

impl TimeRange {
    /// Whether a time counts.
    pub fn contains(&self, time: Timestamp) -> bool {
        self.from <= time && time < self.to
    }
}

/// The data that queries run over. Names reach it as they were written: it is up to it to ignore their case.
pub trait Tables {
    /// One table, found once by its name.
    type Table: Copy;
    /// One row of any table.
    type Row: Copy;
    /// One field of one table, found once by its name.
    type Field: Clone;

    /// A table by its name (`execution.crashes`) or its shortcut (`devices`).
    fn table(&self, name: &str) -> Option<Self::Table>;

    /// The rows of a table: of a table of objects those that were active in the range, of a table of events those
    /// that happened in it. Without a range: all that are kept.
    fn rows(&self, table: Self::Table, range: Option<TimeRange>) -> Vec<Self::Row>;

    /// The events of a table that belong to an object are added to `events`.
    fn events(&self, table: Self::Table, object: Self::Row, range: Option<TimeRange>, events: &mut Vec<Self::Row>);

    /// A field by its qualified name (`device.name`), for rows of a table; it may be one of a linked object.
    fn field(&self, table: Self::Table, name: &str) -> Option<Self::Field>;

    /// The field that tells one object (`device`, `user`, …) that rows of a table belong to from another.
    fn identity(&self, table: Self::Table, object: &str) -> Option<Self::Field>;

    /// The field that says when a row of a table of events happened; none for a table of objects.
    fn time(&self, table: Self::Table) -> Option<Self::Field>;

    /// Whether all events that belong to one object of `root` have the same value for a field of their table, such as the
    /// name of the device of all events of a device: a condition on it then looks at one of them.
    fn is_shared(&self, _root: Self::Table, _table: Self::Table, _field: &Self::Field) -> bool {
        false
    }

    /// The names of the columns that an answer has where the query lists none.
    fn default_columns(&self, table: Self::Table) -> &'static [&'static str];

    /// A row's value for a field.
    fn value(&self, row: Self::Row, field: &Self::Field) -> Value;
}
