//! Rows that are written alike, straight from their text. Any other text is refused, and left to the table: what a
//! column means that only some rows have is settled there.

use super::layout::{Cell, Layout};
use super::{NumberCells, RowJudge};
use crate::json::{NotJson, Parser, Token};
use crate::nql::Timestamp;
use crate::playbook::reading::Row;

/// The rows of one answer.
pub(super) struct Rows<'p, 'a> {
    pub judge: &'p RowJudge,
    /// Where rules read nothing else.
    pub numbers: Option<NumberCells<'p>>,
    /// The cells of the row.
    pub cells: Vec<Token<'a>>,
    pub now: Option<Timestamp>,
    pub verdicts: &'p mut Vec<u8>,
}

impl Rows<'_, '_> {
    /// Adds the verdicts on the row that `cells` holds.
    pub fn judge(&mut self, places: &[Option<usize>]) {
        self.judge.judge(Row { cells: &self.cells, places }, self.now, self.verdicts);
    }

    /// Adds the verdicts on the row that comes next, if only its numbers count and it is written as it is expected.
    fn judge_numbers(&mut self, parser: &mut Parser<'_>, layout: &Layout, is_list: bool) -> bool {
        let Some(numbers) = &mut self.numbers else { return false };
        numbers.judge(parser, layout, is_list, self.verdicts)
    }
}

/// Judges all rows of an answer, of a list of rows, or one row. `layout` is the one that is tried first, and becomes
/// that of these rows.
///
/// # Errors
/// Where the rows are not written alike, or are no rows.
pub(super) fn judge<'a>(text: &'a [u8], layout: &mut Layout, rows: &mut Rows<'_, 'a>) -> Result<(), NotJson> {
    Parser::whole(text, |parser| match parser.peek() {
        Some(b'[') => objects(parser, layout, rows),
        _ => answer(parser, layout, rows),
    })
}

fn answer<'a>(parser: &mut Parser<'a>, layout: &mut Layout, rows: &mut Rows<'_, 'a>) -> Result<(), NotJson> {
    let beginning = *parser;
    let (mut has_headers, mut has_data) = (false, false);
    parser.entries(|parser| {
        if parser.skip(b"\"data\"") {
            parser.colon()?;
            if std::mem::replace(&mut has_data, true) {
                return Err(parser.refused());
            }
            return if has_headers { lists(parser, layout, rows) } else { objects(parser, layout, rows) };
        }
        let is_headers = parser.skip(b"\"headers\"");
        if !is_headers {
            // With escapes, it may be one of the two all the same.
            plain_name(parser)?;
        }
        parser.colon()?;
        if !is_headers || parser.peek() != Some(b'[') {
            return parser.pass();
        }
        // After the rows they come too late, and a second time they would mean something else.
        if has_data || std::mem::replace(&mut has_headers, true) {
            return Err(parser.refused());
        }
        headers(parser, layout, rows)
    })?;
    if has_data {
        return Ok(());
    }
    *parser = beginning;
    first_object(parser, layout, rows)
}

/// The names of v1's cells.
fn headers<'a>(parser: &mut Parser<'a>, layout: &mut Layout, rows: &Rows<'_, '_>) -> Result<(), NotJson> {
    if parser.skip(&layout.headers) {
        return Ok(());
    }
    let beginning = *parser;
    let mut expected = layout.cells.iter();
    let same = parser.list(|parser| expect(parser, expected.next()));
    if same.is_ok() && expected.next().is_none() {
        return Ok(());
    }
    *parser = beginning;
    let mut names = Vec::new();
    parser.list(|parser| {
        names.push(name(parser)?);
        Ok(())
    })?;
    *layout = Layout::of(&names, rows.judge).ok_or(parser.refused())?;
    Ok(())
}

/// The rows of v1.
fn lists<'a>(parser: &mut Parser<'a>, layout: &Layout, rows: &mut Rows<'_, 'a>) -> Result<(), NotJson> {
    parser.list(|parser| {
        if !rows.judge_numbers(parser, layout, true) {
            read_list(parser, layout, &mut rows.cells)?;
            rows.judge(&layout.places);
        }
        Ok(())
    })
}

/// The rows of v2.
fn objects<'a>(parser: &mut Parser<'a>, layout: &mut Layout, rows: &mut Rows<'_, 'a>) -> Result<(), NotJson> {
    let mut first = true;
    parser.list(|parser| match std::mem::take(&mut first) {
        true => first_object(parser, layout, rows),
        false => object(parser, layout, rows),
    })
}

/// A row that is written as it is expected; else it says how the others are written.
fn first_object<'a>(parser: &mut Parser<'a>, layout: &mut Layout, rows: &mut Rows<'_, 'a>) -> Result<(), NotJson> {
    let beginning = *parser;
    if object(parser, layout, rows).is_ok() {
        return Ok(());
    }
    *parser = beginning;
    let names = names_of(parser)?;
    *layout = Layout::of(&names, rows.judge).ok_or(parser.refused())?;
    *parser = beginning;
    object(parser, layout, rows)
}

fn object<'a>(parser: &mut Parser<'a>, layout: &Layout, rows: &mut Rows<'_, 'a>) -> Result<(), NotJson> {
    if !rows.judge_numbers(parser, layout, false) {
        read_object(parser, layout, &mut rows.cells)?;
        rows.judge(&layout.places);
    }
    Ok(())
}

/// The cells of a row of v2.
#[inline(never)]
pub(crate) fn read_object<'a>(
    parser: &mut Parser<'a>,
    layout: &Layout,
    cells: &mut Vec<Token<'a>>,
) -> Result<(), NotJson> {
    let beginning = *parser;
    parser.enter()?;
    cells.clear();
    cells.reserve(layout.cells.len());
    for cell in &layout.cells {
        if !parser.skip(&cell.lead) {
            *parser = beginning;
            return spaced_object(parser, layout, cells);
        }
        cells.push(read(parser, cell)?);
    }
    // The first cell has brought the bracket before it.
    if layout.cells.is_empty() || !parser.skip(b"}") {
        *parser = beginning;
        return spaced_object(parser, layout, cells);
    }
    parser.leave();
    Ok(())
}

/// The same with white space in it.
#[inline(never)]
fn spaced_object<'a>(parser: &mut Parser<'a>, layout: &Layout, cells: &mut Vec<Token<'a>>) -> Result<(), NotJson> {
    cells.clear();
    let mut expected = layout.cells.iter();
    parser.entries(|parser| {
        let cell = expected.next().ok_or(parser.refused())?;
        expect(parser, Some(cell))?;
        parser.colon()?;
        cells.push(read(parser, cell)?);
        Ok(())
    })?;
    // Every cell has come.
    if expected.next().is_some() { Err(parser.refused()) } else { Ok(()) }
}

/// The cells of a row of v1.
#[inline(never)]
pub(crate) fn read_list<'a>(
    parser: &mut Parser<'a>,
    layout: &Layout,
    cells: &mut Vec<Token<'a>>,
) -> Result<(), NotJson> {
    cells.clear();
    cells.reserve(layout.cells.len());
    let mut expected = layout.cells.iter();
    parser.list(|parser| {
        let cell = expected.next().ok_or(parser.refused())?;
        cells.push(read(parser, cell)?);
        Ok(())
    })?;
    if expected.next().is_some() { Err(parser.refused()) } else { Ok(()) }
}

fn expect(parser: &mut Parser<'_>, cell: Option<&Cell>) -> Result<(), NotJson> {
    if cell.is_some_and(|cell| parser.skip(&cell.name)) { Ok(()) } else { Err(parser.refused()) }
}

fn read<'a>(parser: &mut Parser<'a>, cell: &Cell) -> Result<Token<'a>, NotJson> {
    if cell.is_read { parser.token() } else { parser.pass().map(|()| Token::Null) }
}

/// A name without escapes.
fn plain_name(parser: &mut Parser<'_>) -> Result<(), NotJson> {
    if matches!(parser.token()?, Token::Text(_)) { Ok(()) } else { Err(parser.refused()) }
}

/// The names of an object, in their quotes.
pub(crate) fn names_of<'a>(parser: &mut Parser<'a>) -> Result<Vec<&'a [u8]>, NotJson> {
    let mut names = Vec::new();
    parser.entries(|parser| {
        names.push(name(parser)?);
        parser.colon()?;
        parser.pass()
    })?;
    Ok(names)
}

/// A name in its quotes.
fn name<'a>(parser: &mut Parser<'a>) -> Result<&'a [u8], NotJson> {
    if parser.peek() == Some(b'"') { parser.raw() } else { Err(parser.refused()) }
}
