//! The rows of a JSON list, which may be the value of an object. Where a row ends is told by its brackets, so that one
//! that is broken in itself spoils no other.
//!
//! A file has one list of rows: the first of objects, or of lists after `headers`. What else could be rows is not read, and
//! each is told as a malformed row: every further list of objects or of lists among the object's own values, all that
//! follows the object (a second one as in JSON lines, too), and the object's end where it is missing. Lists of anything else,
//! and what stands deeper in the object's other values, are no rows and are passed over.

use super::line_feed;
use super::record::{NO_OBJECT, Records, TOO_LONG};
use super::sink::Sink;
use crate::api::problem::NexthinkError;
use crate::json::{Parser, Token};

/// The rows of one file, from the list's bracket on.
pub(super) struct List {
    records: Records,
    limit: usize,
    /// Whether the list is the whole file.
    is_alone: bool,
    at: At,
    /// Whether a further list of the object begins here.
    opens_list: bool,
    /// The row under way, as far as it was in earlier chunks.
    carried: Vec<u8>,
    /// How much white space has come after that: it is the row's only if something of the row comes after it.
    spaces: usize,
    is_too_long: bool,
    /// Of the row under way; after the rows, of the object around the list.
    brackets: Brackets,
    row_line: u64,
    lines: LineCount,
}

enum At {
    /// Before a row, or before the list's end.
    Between,
    /// In a row whose beginning came in an earlier chunk, or that cannot be read in one go.
    Row,
    /// After the list, in the object around it.
    Object,
    /// After all that belongs to the file.
    After,
    /// After something that does not.
    Beyond,
}

const FURTHER: &str = "begins the rows of a further list, which are not read";

/// Where a row is between its brackets and quotes.
#[derive(Default, Clone, Copy)]
struct Brackets {
    depth: usize,
    in_text: bool,
    after_backslash: bool,
}

/// The line of a place in the chunk.
struct LineCount {
    line: u64,
    counted: usize,
}

impl List {
    /// `before` is what came before the list's first row.
    pub fn new(limit: usize, before: &[u8], records: Records) -> Self {
        let is_alone = !before.contains(&b'{');
        let lines = LineCount { line: 1 + line_feed::count(before), counted: 0 };
        Self {
            records,
            limit,
            is_alone,
            at: At::Between,
            opens_list: false,
            carried: Vec::new(),
            spaces: 0,
            is_too_long: false,
            brackets: Brackets::default(),
            row_line: 1,
            lines,
        }
    }

    #[inline(never)]
    pub fn feed(&mut self, chunk: &[u8], found: &mut impl Sink) -> Result<(), NexthinkError> {
        let mut cells = Vec::new();
        let mut place = 0;
        self.lines.counted = 0;
        while place < chunk.len() {
            place = match self.at {
                At::Between => self.between(chunk, place, &mut cells, found)?,
                At::Row => self.row(chunk, place, found)?,
                At::Object => self.object(chunk, place, found)?,
                At::After => {
                    if let Some(more) = chunk.iter().skip(place).position(|byte| !is_space(*byte)) {
                        self.at = At::Beyond;
                        let problem = if self.is_alone { "list" } else { "object" };
                        let problem = ["goes on after the ", problem, "'s end"].concat();
                        found.malformed(self.lines.at(chunk, place + more), &problem)?;
                    }
                    chunk.len()
                }
                At::Beyond => chunk.len(),
            };
        }
        self.lines.at(chunk, chunk.len());
        Ok(())
    }

    pub fn finish(&mut self, found: &mut impl Sink) -> Result<(), NexthinkError> {
        match self.at {
            At::Between => found.malformed(self.lines.line, "is the last, and the list has not ended"),
            At::Row => found.malformed(self.row_line, "begins a row that never ends"),
            At::Object => found.malformed(self.lines.line, "is the last, and the object around the list has not ended"),
            At::After | At::Beyond => Ok(()),
        }
    }

    /// Goes on to what is no comma, and reads the row there if it is whole.
    fn between<'a>(
        &mut self,
        chunk: &'a [u8],
        from: usize,
        cells: &mut Vec<Token<'a>>,
        found: &mut impl Sink,
    ) -> Result<usize, NexthinkError> {
        let rest = chunk.iter().skip(from);
        let Some(skipped) = rest.clone().position(|byte| *byte != b',' && !is_space(*byte)) else {
            return Ok(chunk.len());
        };
        let start = from + skipped;
        if chunk.get(start) == Some(&b']') {
            self.at = if self.is_alone { At::After } else { At::Object };
            self.brackets = Brackets { depth: 1, ..Brackets::default() };
            return Ok(start + 1);
        }
        let mut parser = Parser::starting_at(chunk, start);
        let ends = |parser: &mut Parser<'_>| matches!(parser.peek(), Some(b',' | b']'));
        // Where that fails, the row may only be cut: its end tells.
        if matches!(chunk.get(start), Some(b'{' | b'['))
            && self.records.read(&mut parser, chunk, self.limit, found, cells, ends).is_ok()
        {
            return Ok(parser.position());
        }
        self.at = At::Row;
        self.brackets = Brackets::default();
        self.row_line = self.lines.at(chunk, start);
        Ok(start)
    }

    /// Goes on to the object's end. Of a further list that could be rows its first is told, and none is read.
    fn object(&mut self, chunk: &[u8], from: usize, found: &mut impl Sink) -> Result<usize, NexthinkError> {
        for (place, byte) in chunk.iter().enumerate().skip(from) {
            let is_text = self.brackets.in_text;
            self.brackets.take(*byte);
            if is_text || is_space(*byte) {
                continue;
            }
            if std::mem::take(&mut self.opens_list) && matches!(byte, b'{' | b'[') {
                found.malformed(self.lines.at(chunk, place), FURTHER)?;
            }
            self.opens_list = *byte == b'[' && self.brackets.depth == 2;
            if self.brackets.depth == 0 {
                self.at = At::After;
                return Ok(place + 1);
            }
        }
        Ok(chunk.len())
    }

    /// Goes on to the row's end, and reads the row.
    fn row(&mut self, chunk: &[u8], from: usize, found: &mut impl Sink) -> Result<usize, NexthinkError> {
        let rest = chunk.get(from..).unwrap_or_default();
        let end = rest.iter().position(|byte| self.brackets.end_at(*byte));
        self.carry(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
        let Some(end) = end else { return Ok(chunk.len()) };
        self.at = At::Between;
        self.spaces = 0;
        let mut carried = std::mem::take(&mut self.carried);
        let problem = if std::mem::take(&mut self.is_too_long) {
            Err(TOO_LONG)
        } else if matches!(carried.first(), Some(b'{' | b'[')) {
            let mut parser = Parser::starting_at(&carried, 0);
            let ends = |parser: &mut Parser<'_>| parser.peek().is_none();
            self.records.read(&mut parser, &carried, self.limit, found, &mut Vec::new(), ends)
        } else {
            Err(NO_OBJECT)
        };
        carried.clear();
        self.carried = carried;
        problem.or_else(|problem| found.malformed(self.row_line, problem))?;
        Ok(from + end)
    }

    /// Keeps what has come of a row, up to the limit. The brackets are where it ends.
    fn carry(&mut self, text: &[u8]) {
        let is_open = self.brackets.depth > 0 || self.brackets.in_text;
        let trailing = if is_open { 0 } else { text.iter().rev().take_while(|byte| is_space(**byte)).count() };
        let text = text.get(..text.len() - trailing).unwrap_or_default();
        if !text.is_empty() {
            let with_spaces = self.carried.len() + std::mem::take(&mut self.spaces);
            self.is_too_long = self.is_too_long || with_spaces + text.len() > self.limit;
            if self.is_too_long {
                self.carried.clear();
            } else {
                self.carried.resize(with_spaces, b' ');
                self.carried.extend_from_slice(text);
            }
        }
        self.spaces += trailing;
    }
}

impl Brackets {
    /// Takes the next byte; whether it is the one after the row.
    fn end_at(&mut self, byte: u8) -> bool {
        let is_end = self.depth == 0 && !self.in_text && matches!(byte, b',' | b']');
        if !is_end {
            self.take(byte);
        }
        is_end
    }

    /// Takes the next byte.
    fn take(&mut self, byte: u8) {
        if self.in_text {
            self.in_text = self.after_backslash || byte != b'"';
            self.after_backslash = !self.after_backslash && byte == b'\\';
            return;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

impl LineCount {
    /// Places come in order.
    fn at(&mut self, chunk: &[u8], place: usize) -> u64 {
        self.line += line_feed::count(chunk.get(self.counted..place).unwrap_or_default());
        self.counted = place;
        self.line
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}
