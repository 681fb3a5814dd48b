//! One record: its cells, borrowed, and whether it fits the header.

use super::error::{Error, Problem};

/// Where a cell is: in the record's text or, counted on from its end, in the texts without doubled quotes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

/// One record of a file: the header or a row.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub(super) line: u64,
    pub(super) columns: Option<usize>,
    pub(super) text_after_quote: bool,
    /// Without it, all bytes are ASCII.
    pub(super) may_be_no_text: bool,
    /// Why there is nothing of it, where a skipping reader could not read it.
    pub(super) unread: Option<Problem>,
    pub(super) text: &'a [u8],
    pub(super) undoubled: &'a [u8],
    pub(super) cells: &'a [Span],
}

impl<'a> Record<'a> {
    /// The line of the file, from 1, in which the record begins.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Whether this is the header: the first record of the file.
    pub const fn is_header(&self) -> bool {
        self.columns.is_none()
    }

    /// How many cells the record has: at least one, unless it could not be read.
    pub const fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// The cell of a column, from 0, without its quotes; `None` where the record has fewer.
    #[inline]
    pub fn cell(&self, column: usize) -> Option<&'a [u8]> {
        self.cells.get(column).map(|span| self.bytes(*span))
    }

    /// How many bytes the cell of a column has, and the eight bytes that end where it ends: if it has fewer, those before
    /// it are none of its own. Near the beginning of a record, and where quotes were doubled, there are no such eight.
    #[inline]
    pub fn last_eight(&self, column: usize) -> Option<(usize, [u8; 8])> {
        let Span { start, end } = *self.cells.get(column)?;
        let eight = self.text.get(end.checked_sub(8)?..end)?.first_chunk()?;
        Some((end - start, *eight))
    }

    /// The cells in the order of the columns.
    pub fn cells(&self) -> impl Iterator<Item = &'a [u8]> {
        let record = *self;
        self.cells.iter().map(move |span| record.bytes(*span))
    }

    /// The cells as text.
    ///
    /// # Errors
    /// `NotUtf8` where any byte of the record is not.
    pub fn texts(&self) -> Result<impl Iterator<Item = &'a str>, Error> {
        // All at once: for each cell it costs several times as much.
        let (Ok(text), Ok(undoubled)) = (std::str::from_utf8(self.text), std::str::from_utf8(self.undoubled)) else {
            return Err(self.error(Problem::NotUtf8));
        };
        let within = |Span { start, end }: Span| {
            text.get(start..end).or_else(|| undoubled.get(start - text.len()..end - text.len())).unwrap_or_default()
        };
        Ok(self.cells.iter().map(move |span| within(*span)))
    }

    /// Whether the record is text.
    ///
    /// # Errors
    /// `NotUtf8` where any byte of it is not.
    #[inline]
    pub fn check_text(&self) -> Result<(), Error> {
        if self.may_be_no_text && std::str::from_utf8(self.text).is_err() {
            return Err(self.error(Problem::NotUtf8));
        }
        Ok(())
    }

    /// Whether the record is as the header promises. One that is not can be read all the same: where text follows a
    /// closing quote, the cell is given as written, with its quotes.
    ///
    /// # Errors
    /// `TextAfterQuote`, `CellCount` where the header has fewer or more cells, or why the record could not be read.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(problem) = self.unread {
            return Err(self.error(problem));
        }
        if self.text_after_quote {
            return Err(self.error(Problem::TextAfterQuote));
        }
        match self.columns {
            Some(columns) if columns != self.cells.len() => {
                Err(self.error(Problem::CellCount { cells: self.cells.len(), columns }))
            }
            _ => Ok(()),
        }
    }

    #[inline]
    fn bytes(&self, Span { start, end }: Span) -> &'a [u8] {
        // A cell that had doubled quotes holds at least one, so that its end is always beyond the text.
        let length = self.text.len();
        self.text.get(start..end).or_else(|| self.undoubled.get(start - length..end - length)).unwrap_or_default()
    }

    const fn error(&self, problem: Problem) -> Error {
        Error { problem, line: self.line }
    }
}
