//! What records are handed to: one by one, or, to who can make use of it, many plain ones together.

use super::error::Error;
use super::plain::PlainRows;
use super::record::Record;

/// What is done with each record. Not generic: the reader is in the module once, and a call for each record costs little.
pub type Visit<'a> = &'a mut dyn FnMut(Record<'_>) -> Result<(), Error>;

/// Takes records. An error ends the reading.
pub trait Visitor {
    /// Takes one.
    ///
    /// # Errors
    /// What the reading ends with.
    fn record(&mut self, record: Record<'_>) -> Result<(), Error>;

    /// Takes rows that lie side by side.
    ///
    /// # Errors
    /// What the reading ends with.
    fn rows(&mut self, rows: PlainRows<'_>) -> Result<(), Error> {
        rows.records().try_for_each(|record| self.record(record))
    }
}

/// One to which rows come one by one.
pub(super) struct OneByOne<'a>(pub Visit<'a>);

impl Visitor for OneByOne<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Error> {
        (self.0)(record)
    }
}
