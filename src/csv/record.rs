//! One record: its cells, borrowed, and whether it fits the header.

use super::error::{Error, Problem};

/// The most cells that a record may have: no query has room for as many columns.
pub const MAXIMUM_CELLS: usize = 4_096;

/// Where a cell is: in the record's text or, counted on from its end, in the texts without doubled quotes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

/// Where the cells of a record are.
#[derive(Clone, Copy)]
pub(super) enum Cells<'a> {
    /// In a text without quotes, between the place before it and those where each ends.
    Plain { ends: &'a [u32] },
    /// As the reader found them.
    Read {
        spans: &'a [Span],
        /// The texts that had doubled quotes.
        undoubled: &'a [u8],
    },
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
    pub(super) cells: Cells<'a>,
}

impl Cells<'_> {
    #[inline]
    fn span(self, column: usize, text: &[u8]) -> Option<Span> {
        match self {
            Self::Plain { ends } => {
                let [before, end, ..] = *ends.get(column..)? else { return None };
                let begin = ends.first()?.wrapping_add(1);
                let (start, end) = (before.wrapping_add(1) - begin, end - begin);
                // After the last cell there may be a carriage return.
                Some(Span { start: start as usize, end: text.len().min(end as usize) })
            }
            Self::Read { spans, .. } => spans.get(column).copied(),
        }
    }

    #[inline]
    const fn count(self) -> usize {
        match self {
            Self::Plain { ends } => ends.len() - 1,
            Self::Read { spans, .. } => spans.len(),
        }
    }
}

impl<'a> Record<'a> {
    /// One that cannot be read.
    pub(super) const fn unread(why: Error, columns: Option<usize>) -> Self {
        Self {
            line: why.line,
            columns,
            text_after_quote: false,
            may_be_no_text: false,
            unread: Some(why.problem),
            text: &[],
            cells: Cells::Read { spans: &[], undoubled: &[] },
        }
    }

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
        self.cells.count()
    }

    /// The cell of a column, from 0, without its quotes; `None` where the record has fewer.
    #[inline]
    pub fn cell(&self, column: usize) -> Option<&'a [u8]> {
        self.span(column).map(|span| self.bytes(span))
    }

    /// The cells in the order of the columns.
    pub fn cells(&self) -> impl Iterator<Item = &'a [u8]> {
        let record = *self;
        (0..self.cell_count()).filter_map(move |column| record.cell(column))
    }

    /// The cells as text.
    ///
    /// # Errors
    /// `NotUtf8` where any byte of the record is not.
    pub fn texts(&self) -> Result<impl Iterator<Item = &'a str>, Error> {
        // All at once: for each cell it costs several times as much.
        let (Ok(text), Ok(undoubled)) = (std::str::from_utf8(self.text), std::str::from_utf8(self.undoubled())) else {
            return Err(self.error(Problem::NotUtf8));
        };
        let within = |Span { start, end }: Span| {
            text.get(start..end).or_else(|| undoubled.get(start - text.len()..end - text.len())).unwrap_or_default()
        };
        let record = *self;
        Ok((0..self.cell_count()).filter_map(move |column| record.span(column)).map(within))
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
            Some(columns) if columns != self.cell_count() => {
                Err(self.error(Problem::CellCount { cells: self.cell_count(), columns }))
            }
            _ => Ok(()),
        }
    }

    #[inline]
    fn span(&self, column: usize) -> Option<Span> {
        self.cells.span(column, self.text)
    }

    #[inline]
    fn bytes(&self, Span { start, end }: Span) -> &'a [u8] {
        // A cell that had doubled quotes holds at least one, so that its end is always beyond the text.
        let length = self.text.len();
        self.text.get(start..end).or_else(|| self.undoubled().get(start - length..end - length)).unwrap_or_default()
    }

    const fn undoubled(&self) -> &'a [u8] {
        match self.cells {
            Cells::Plain { .. } => &[],
            Cells::Read { undoubled, .. } => undoubled,
        }
    }

    const fn error(&self, problem: Problem) -> Error {
        Error { problem, line: self.line }
    }
}
