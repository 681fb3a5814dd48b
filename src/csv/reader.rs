//! The reader: what it knows between two chunks, and what a comma, a quote and a line feed mean there. It reads records
//! one by one; rows that are plain are read many at a time by `plain`.

use super::error::{Error, Problem};
use super::marks::{BLOCK, Sight, block_at, look, quotes};
use super::record::{Cells, MAXIMUM_CELLS, Record, Span};
use super::visit::{OneByOne, Visit, Visitor};

/// A limit that no sound file reaches: 16 MiB for one record.
pub const USUAL_LIMIT: usize = 16 * 1024 * 1024;

/// So much of a chunk is read in one go: places in it have 32 bits.
const MOST_BYTES: usize = 1 << 30;

const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Reads one file. A record that lies in one chunk is given from there, without a copy; of a record that a chunk's end
/// cuts, the reader keeps the bytes until its end has come. Positions count from the first byte of the record.
pub struct Reader {
    pub(super) limit: usize,
    /// Room for the places of commas and line feeds.
    pub(super) breaks: Vec<u32>,
    /// How many bytes of the byte order mark have come; `None` once it is past or absent.
    mark: Option<usize>,
    /// The beginning of the current record, where that was in earlier chunks.
    carried: Vec<u8>,
    cells: Vec<Span>,
    /// Which cells have doubled quotes.
    doubled: Vec<usize>,
    undoubled: Vec<u8>,
    /// Where the current cell begins.
    cell_start: usize,
    quotes: Quotes,
    has_doubled: bool,
    text_after_quote: bool,
    /// The line that is being read, that in which the record begins, and that of the last quote that opened.
    pub(super) line: u64,
    pub(super) record_line: u64,
    quote_line: u64,
    /// How many cells the header has, once it has come.
    pub(super) columns: Option<usize>,
    /// Whether a byte of the current record, or one near it, is not ASCII.
    is_beyond_ascii: bool,
    /// Whether a record that cannot be read is given as such, and the reading goes on.
    skips: bool,
    /// The current record has more bytes than the limit, which are not kept: it ends at the next line feed.
    is_too_long: bool,
    /// The current record has more cells than any may have.
    has_too_many: bool,
    failure: Option<Error>,
}

/// Where the current cell is between its quotes.
#[derive(Clone, Copy)]
enum Quotes {
    /// It is not in quotes.
    None,
    /// After the quote that opens.
    Open,
    /// After a quote at this position, which closes unless another follows at once.
    Closed(usize),
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(USUAL_LIMIT)
    }
}

impl Reader {
    /// A reader of one file. A record of more than `limit` bytes, counted up to its line feed, is an error, so that a
    /// broken file cannot take all memory.
    pub const fn new(limit: usize) -> Self {
        Self {
            limit,
            breaks: Vec::new(),
            mark: Some(0),
            carried: Vec::new(),
            cells: Vec::new(),
            doubled: Vec::new(),
            undoubled: Vec::new(),
            cell_start: 0,
            quotes: Quotes::None,
            has_doubled: false,
            text_after_quote: false,
            line: 1,
            record_line: 1,
            quote_line: 1,
            columns: None,
            is_beyond_ascii: false,
            skips: false,
            is_too_long: false,
            has_too_many: false,
            failure: None,
        }
    }

    /// One for which no record is an end: what cannot be read is given without cells, [`Record::check`] says why, and the
    /// next line is read. A quote that never closes takes no more than `limit` bytes with it: the first line feed beyond
    /// them ends the record.
    #[must_use]
    pub const fn skipping(mut self) -> Self {
        self.skips = true;
        self
    }

    /// Gives every record that ends in this chunk to `visit`, in order. An error of `visit` ends the reading. After an
    /// error every call gives the same error.
    ///
    /// # Errors
    /// `TooLong` and `TooManyCells`, and what `visit` returns.
    pub fn feed(&mut self, chunk: &[u8], visit: Visit<'_>) -> Result<(), Error> {
        self.feed_to(&mut OneByOne(visit), chunk)
    }

    /// The same for who takes rows together, too.
    ///
    /// # Errors
    /// Those of `feed`.
    pub fn feed_to(&mut self, visitor: &mut dyn Visitor, chunk: &[u8]) -> Result<(), Error> {
        self.unless_failed(|reader| reader.after_mark(chunk, visitor))
    }

    /// No more chunks come: gives the last record, where it had no line break. To be called once.
    ///
    /// # Errors
    /// `UnclosedQuote`, those of `feed`, and what `visit` returns.
    pub fn finish(&mut self, visit: Visit<'_>) -> Result<(), Error> {
        let visit = &mut OneByOne(visit);
        self.unless_failed(|reader| {
            if let Some(held) = reader.mark.take() {
                reader.read(BYTE_ORDER_MARK.get(..held).unwrap_or_default(), visit)?;
            }
            if matches!(reader.quotes, Quotes::Open) && !reader.is_too_long {
                let unclosed = Error { problem: Problem::UnclosedQuote, line: reader.quote_line };
                return reader.refuse(unclosed, visit);
            }
            reader.end_record(&[], visit)
        })
    }

    fn unless_failed(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let result = read(self);
        self.failure = result.err();
        result
    }

    /// Drops the byte order mark, also where it comes in pieces.
    fn after_mark(&mut self, mut chunk: &[u8], visit: &mut dyn Visitor) -> Result<(), Error> {
        while let (Some(held), Some((first, rest))) = (self.mark, chunk.split_first()) {
            if BYTE_ORDER_MARK.get(held) == Some(first) {
                self.mark = Some(held + 1).filter(|held| *held < BYTE_ORDER_MARK.len());
                chunk = rest;
            } else {
                self.mark = None;
                self.read(BYTE_ORDER_MARK.get(..held).unwrap_or_default(), visit)?;
            }
        }
        chunk.chunks(MOST_BYTES).try_for_each(|chunk| self.read(chunk, visit))
    }

    /// Reads records as long as they end in this chunk, and keeps the beginning of the one that does not.
    fn read(&mut self, mut chunk: &[u8], visit: &mut dyn Visitor) -> Result<(), Error> {
        loop {
            if self.carried.is_empty() && !self.is_too_long {
                chunk = self.plain_rows(chunk, visit)?;
            }
            match self.record(chunk, visit)? {
                Some(rest) => chunk = rest,
                None => return Ok(()),
            }
        }
    }

    /// Goes from mark to mark, to the end of one record; what follows it, or nothing where its end has not come.
    #[inline(never)]
    fn record<'c>(&mut self, chunk: &'c [u8], visit: &mut dyn Visitor) -> Result<Option<&'c [u8]>, Error> {
        if self.is_too_long {
            return self.after_too_long(chunk, visit);
        }
        // The position in the record of the chunk's first byte.
        let offset = self.carried.len();
        let (mut block_start, mut last) = (0, [0; BLOCK]);
        while let Some(block) = block_at(chunk, block_start, &mut last) {
            let Sight { breaks, is_ascii, .. } = look(block);
            let mut marks = breaks | quotes(block);
            self.is_beyond_ascii |= !is_ascii;
            while marks != 0 {
                let place = marks.trailing_zeros() as usize;
                marks &= marks - 1;
                let position = offset + block_start + place;
                match block.get(place) {
                    Some(b',') => self.comma(position)?,
                    Some(b'"') => self.quote(position),
                    _ => {
                        self.line += 1;
                        if !matches!(self.quotes, Quotes::Open) || (self.skips && position > self.limit) {
                            let end = block_start + place;
                            self.end_record(chunk.get(..end).unwrap_or_default(), visit)?;
                            self.is_beyond_ascii = false;
                            return Ok(chunk.get(end + 1..));
                        }
                    }
                }
            }
            block_start += BLOCK;
        }
        self.carry(chunk)?;
        Ok(None)
    }

    #[inline]
    fn comma(&mut self, position: usize) -> Result<(), Error> {
        if matches!(self.quotes, Quotes::Open) {
            return Ok(());
        }
        self.end_cell(position)?;
        self.cell_start = position + 1;
        Ok(())
    }

    fn quote(&mut self, position: usize) {
        match self.quotes {
            Quotes::None if position == self.cell_start => {
                self.quotes = Quotes::Open;
                self.quote_line = self.line;
            }
            Quotes::None => {}
            Quotes::Open => self.quotes = Quotes::Closed(position),
            Quotes::Closed(before) if position == before + 1 => {
                self.quotes = Quotes::Open;
                self.has_doubled = true;
            }
            Quotes::Closed(_) => self.keep_as_written(),
        }
    }

    /// Text follows a closing quote: the cell is no longer one in quotes.
    fn keep_as_written(&mut self) {
        self.quotes = Quotes::None;
        self.has_doubled = false;
        self.text_after_quote = true;
    }

    #[inline]
    fn end_cell(&mut self, end: usize) -> Result<(), Error> {
        let mut span = Span { start: self.cell_start, end };
        if let Quotes::Closed(closing) = self.quotes {
            if closing + 1 == end {
                span = Span { start: span.start + 1, end: closing };
                if self.has_doubled {
                    self.doubled.push(self.cells.len());
                }
            } else {
                self.text_after_quote = true;
            }
            self.quotes = Quotes::None;
            self.has_doubled = false;
        }
        if self.cells.len() == MAXIMUM_CELLS {
            if self.skips {
                self.has_too_many = true;
                return Ok(());
            }
            // The same answer however the record is cut: its length is otherwise known only at a chunk's end.
            let too_long = Problem::TooLong { limit: self.limit };
            return Err(self.error(if end > self.limit { too_long } else { Problem::TooManyCells }));
        }
        self.cells.push(span);
        Ok(())
    }

    /// `rest` is the record, or the rest of the one that was carried.
    #[inline]
    fn end_record(&mut self, rest: &[u8], visit: &mut dyn Visitor) -> Result<(), Error> {
        if self.carried.is_empty() && !self.is_too_long {
            return self.give(rest, visit);
        }
        self.end_carried(rest, visit)
    }

    #[cold]
    fn end_carried(&mut self, rest: &[u8], visit: &mut dyn Visitor) -> Result<(), Error> {
        if self.is_too_long {
            return self.refuse_too_long(visit);
        }
        self.carry(rest)?;
        if self.is_too_long {
            return self.refuse_too_long(visit);
        }
        let mut carried = std::mem::take(&mut self.carried);
        let result = self.give(&carried, visit);
        carried.clear();
        self.carried = carried;
        result
    }

    fn give(&mut self, text: &[u8], visit: &mut dyn Visitor) -> Result<(), Error> {
        if text.len() > self.limit {
            return self.refuse_too_long(visit);
        }
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if !text.is_empty() {
            self.end_cell(text.len())?;
            if self.has_too_many {
                return self.refuse(self.error(Problem::TooManyCells), visit);
            }
            if !self.doubled.is_empty() {
                self.undouble(text);
            }
            visit.record(Record {
                line: self.record_line,
                columns: self.columns,
                text_after_quote: self.text_after_quote,
                may_be_no_text: self.is_beyond_ascii,
                unread: None,
                text,
                cells: Cells::Read { spans: &self.cells, undoubled: &self.undoubled },
            })?;
            self.columns = self.columns.or(Some(self.cells.len()));
        }
        self.next_record();
        Ok(())
    }

    fn next_record(&mut self) {
        self.cells.clear();
        self.undoubled.clear();
        self.cell_start = 0;
        self.text_after_quote = false;
        self.record_line = self.line;
    }

    #[cold]
    fn refuse_too_long(&mut self, visit: &mut dyn Visitor) -> Result<(), Error> {
        self.refuse(self.error(Problem::TooLong { limit: self.limit }), visit)
    }

    /// The current record cannot be read. That ends the reading, or the record is given as such.
    #[cold]
    fn refuse(&mut self, error: Error, visit: &mut dyn Visitor) -> Result<(), Error> {
        if !self.skips {
            return Err(error);
        }
        visit.record(Record::unread(error, self.columns))?;
        self.carried.clear();
        self.doubled.clear();
        (self.is_too_long, self.has_too_many, self.has_doubled) = (false, false, false);
        self.quotes = Quotes::None;
        self.next_record();
        Ok(())
    }

    /// What is left of a chunk after a record that is too long; `None` where all of it belongs to the record.
    fn after_too_long<'c>(&mut self, chunk: &'c [u8], visit: &mut dyn Visitor) -> Result<Option<&'c [u8]>, Error> {
        let Some(end) = chunk.iter().position(|byte| *byte == b'\n') else { return Ok(None) };
        self.line += 1;
        self.refuse_too_long(visit)?;
        Ok(chunk.get(end + 1..))
    }

    /// Copies the cells with doubled quotes, with one quote for two.
    #[cold]
    fn undouble(&mut self, text: &[u8]) {
        for cell in self.doubled.drain(..) {
            let Some(span) = self.cells.get_mut(cell) else { continue };
            let start = text.len() + self.undoubled.len();
            let mut after_quote = false;
            for byte in text.get(span.start..span.end).unwrap_or_default() {
                after_quote = *byte == b'"' && !after_quote;
                if !after_quote {
                    self.undoubled.push(*byte);
                }
            }
            *span = Span { start, end: text.len() + self.undoubled.len() };
        }
    }

    /// Keeps the beginning of a record until its end has come.
    fn carry(&mut self, rest: &[u8]) -> Result<(), Error> {
        if rest.len() > self.limit.saturating_sub(self.carried.len()) {
            if self.skips {
                self.is_too_long = true;
                self.carried.clear();
                return Ok(());
            }
            return Err(self.error(Problem::TooLong { limit: self.limit }));
        }
        self.carried.extend_from_slice(rest);
        Ok(())
    }

    const fn error(&self, problem: Problem) -> Error {
        Error { problem, line: self.record_line }
    }
}
