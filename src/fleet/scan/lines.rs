//! JSON lines: a row in each line. A line that is broken spoils no other.

use super::line_feed;
use super::record::{NO_OBJECT, Records, TOO_LONG};
use super::sink::Sink;
use crate::api::problem::NexthinkError;
use crate::json::{Parser, Token};

/// The rows of one file.
pub(super) struct Lines {
    records: Records,
    limit: usize,
    /// The beginning of the current line, where that was in earlier chunks.
    carried: Vec<u8>,
    /// The current line has more bytes than the limit, which are not kept.
    is_too_long: bool,
    /// The number of the current line.
    line: u64,
}

impl Lines {
    pub fn new(limit: usize) -> Self {
        Self { records: Records::default(), limit, carried: Vec::new(), is_too_long: false, line: 1 }
    }

    #[inline(never)]
    pub fn feed(&mut self, chunk: &[u8], found: &mut impl Sink) -> Result<(), NexthinkError> {
        let mut cells = Vec::new();
        let mut begin = 0;
        while let Some(end) = line_feed::next(chunk, begin) {
            let text = chunk.get(begin..end).unwrap_or_default();
            begin = end + 1;
            if self.carried.is_empty() && !self.is_too_long {
                self.row(text, &mut cells, found)?;
            } else {
                self.carry(text);
                self.carried_row(found)?;
            }
            self.line += 1;
        }
        self.carry(chunk.get(begin..).unwrap_or_default());
        Ok(())
    }

    pub fn finish(&mut self, found: &mut impl Sink) -> Result<(), NexthinkError> {
        self.carried_row(found)
    }

    fn carry(&mut self, text: &[u8]) {
        self.is_too_long = self.is_too_long || text.len() > self.limit - self.carried.len().min(self.limit);
        if self.is_too_long {
            self.carried.clear();
        } else {
            self.carried.extend_from_slice(text);
        }
    }

    fn carried_row(&mut self, found: &mut impl Sink) -> Result<(), NexthinkError> {
        if std::mem::take(&mut self.is_too_long) {
            return found.malformed(self.line, TOO_LONG);
        }
        let mut carried = std::mem::take(&mut self.carried);
        let result = self.row(&carried, &mut Vec::new(), found);
        carried.clear();
        self.carried = carried;
        result
    }

    fn row<'a>(
        &mut self,
        text: &'a [u8],
        cells: &mut Vec<Token<'a>>,
        found: &mut impl Sink,
    ) -> Result<(), NexthinkError> {
        if text.len() > self.limit {
            return found.malformed(self.line, TOO_LONG);
        }
        let mut parser = Parser::starting_at(text, 0);
        let problem = match parser.peek() {
            None => return Ok(()),
            Some(b'{') => {
                self.records.read(&mut parser, text, self.limit, found, cells, |parser| parser.peek().is_none())
            }
            Some(_) => Err(NO_OBJECT),
        };
        problem.or_else(|problem| found.malformed(self.line, problem))
    }
}
