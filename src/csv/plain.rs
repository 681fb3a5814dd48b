//! Rows as nearly all are: they lie in one chunk, have no quotes, and have as many cells as the header. Then every comma
//! ends a cell and every line feed a row, so that many are found in one go and can be read side by side. What is anything
//! else is left to the reader's `record`.

use super::error::Error;
use super::marks::{BLOCK, block_at, look};
use super::reader::Reader;
use super::record::{Cells, Record};
use super::visit::Visitor;

/// Rows side by side, without quotes, each with as many cells as the header.
#[derive(Clone, Copy)]
pub struct PlainRows<'a> {
    chunk: &'a [u8],
    /// Where each cell ends, row by row, after the place before the first.
    ends: &'a [u32],
    columns: usize,
    /// The line of the first row.
    line: u64,
    may_be_no_text: bool,
}

impl<'a> PlainRows<'a> {
    /// No more come together: a bit for each is a number.
    pub const MOST: usize = 64;

    /// How many there are.
    pub const fn count(&self) -> usize {
        (self.ends.len() - 1) / self.columns
    }

    /// One of them, from 0.
    pub fn record(&self, row: usize) -> Option<Record<'a>> {
        let ends = self.ends.get(row * self.columns..=(row + 1) * self.columns)?;
        let text = text_of(self.chunk, ends)?;
        Some(Record {
            line: self.line + row as u64,
            columns: Some(self.columns),
            text_after_quote: false,
            may_be_no_text: self.may_be_no_text,
            unread: None,
            text: text.strip_suffix(b"\r").unwrap_or(text),
            cells: Cells::Plain { ends },
        })
    }

    /// All of them, in order.
    pub fn records(&self) -> impl Iterator<Item = Record<'a>> {
        let rows = *self;
        (0..self.count()).filter_map(move |row| rows.record(row))
    }

    /// Whether all of them are text.
    pub fn are_text(&self) -> bool {
        !self.may_be_no_text || self.text().is_some_and(|text| std::str::from_utf8(text).is_ok())
    }

    /// The cell of this column in each row.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &'a [u8]> {
        let chunk = self.chunk;
        self.spans(column).map(move |(start, end)| chunk.get(start..end).unwrap_or_default())
    }

    /// For the cell of this column in each row: how many bytes it has, and its last byte; of an empty one, that before it.
    #[inline]
    pub fn last_bytes(&self, column: usize) -> impl Iterator<Item = Option<(usize, u8)>> {
        let chunk = self.chunk;
        self.spans(column).map(move |(start, end)| Some((end - start, *chunk.get(end.checked_sub(1)?)?)))
    }

    /// For the cell of this column in each row: how many bytes it has, and the eight bytes that end where it ends: if it
    /// has fewer, those before it are none of its own. Near the beginning of a chunk there are no such eight.
    #[inline]
    pub fn last_eights(&self, column: usize) -> impl Iterator<Item = Option<(usize, [u8; 8])>> {
        let rows = *self;
        self.spans(column).map(move |span| rows.last_eight(span))
    }

    /// The same of the first four rows, if there are four and each has such eight.
    #[inline(always)]
    pub fn four_last_eights(&self, column: usize) -> Option<[(usize, [u8; 8]); 4]> {
        let mut spans = self.spans(column);
        let mut next = || self.last_eight(spans.next()?);
        Some([next()?, next()?, next()?, next()?])
    }

    /// Leaves out so many rows at the beginning; false where no others are left.
    pub fn pass_over(&mut self, rows: usize) -> bool {
        self.ends = self.ends.get(rows * self.columns..).unwrap_or_default();
        self.line += rows as u64;
        self.ends.len() > 1
    }

    #[inline(always)]
    fn last_eight(&self, (start, end): (usize, usize)) -> Option<(usize, [u8; 8])> {
        let eight = self.chunk.get(end.checked_sub(8)?..end)?.first_chunk()?;
        Some((end - start, *eight))
    }

    /// Where the cell of this column begins and ends in each row.
    #[inline(always)]
    fn spans(&self, column: usize) -> impl Iterator<Item = (usize, usize)> {
        let Self { chunk, ends, columns, .. } = *self;
        let is_last = column + 1 == columns;
        let mut place = column;
        std::iter::from_fn(move || {
            let [before, end] = *ends.get(place..)?.first_chunk()?;
            place += columns;
            let (start, end) = (before.wrapping_add(1) as usize, end as usize);
            let is_return = is_last && end > start && chunk.get(end - 1) == Some(&b'\r');
            Some((start, end - usize::from(is_return)))
        })
    }

    fn text(&self) -> Option<&'a [u8]> {
        text_of(self.chunk, self.ends)
    }
}

/// From the first cell to the last.
fn text_of<'c>(chunk: &'c [u8], ends: &[u32]) -> Option<&'c [u8]> {
    chunk.get(ends.first()?.wrapping_add(1) as usize..*ends.last()? as usize)
}

/// How far the rows of a chunk are read.
struct Search<'c> {
    chunk: &'c [u8],
    columns: usize,
    /// The longest row.
    limit: usize,
    /// What has not been looked at.
    block_start: usize,
    /// How many breaks are known of the rows that were not given yet, and how many of these are line feeds.
    known: usize,
    lines: usize,
    is_ascii: bool,
}

/// So many breaks are kept together, unless a row has more: few enough to lie near the processor.
const ROOM: usize = 2_048;

/// Room for those of a block, of which twelve are written in one go.
const PLACES: usize = BLOCK.next_multiple_of(12);

impl Reader {
    /// Gives the rows at the beginning of a chunk that begins with one, and tells the rest: from a row on that has quotes,
    /// that does not end here, or with which something is wrong.
    pub(super) fn plain_rows<'c>(&mut self, chunk: &'c [u8], visit: &mut dyn Visitor) -> Result<&'c [u8], Error> {
        let Some(columns) = self.columns else { return Ok(chunk) };
        let mut breaks = std::mem::take(&mut self.breaks);
        breaks.resize(ROOM.max(columns + BLOCK) + PLACES, 0);
        // The place before the first row.
        if let Some(first) = breaks.first_mut() {
            *first = u32::MAX;
        }
        let limit = self.limit;
        let mut search = Search { chunk, columns, limit, block_start: 0, known: 0, lines: 0, is_ascii: true };
        let result = self.plain_rows_by(&mut search, &mut breaks, visit);
        let begin = breaks.first().map_or(0, |before| before.wrapping_add(1) as usize);
        self.breaks = breaks;
        result.map(|()| chunk.get(begin..).unwrap_or_default())
    }

    fn plain_rows_by(
        &mut self,
        search: &mut Search<'_>,
        breaks: &mut [u32],
        visit: &mut dyn Visitor,
    ) -> Result<(), Error> {
        loop {
            let goes_on = search.look(breaks);
            let (rows, are_regular) = search.rows(breaks);
            let places = rows * search.columns;
            if rows > 0 {
                visit.rows(PlainRows {
                    chunk: search.chunk,
                    ends: breaks.get(..=places).unwrap_or_default(),
                    columns: search.columns,
                    line: self.line,
                    may_be_no_text: !search.is_ascii,
                })?;
                self.line += rows as u64;
                self.record_line = self.line;
                breaks.copy_within(places..=search.known, 0);
            }
            if !goes_on || !are_regular || rows == 0 {
                return Ok(());
            }
            search.known -= places;
            search.lines -= rows;
            let begin = breaks.first().map_or(0, |before| before.wrapping_add(1) as usize);
            // The last block ends behind the chunk.
            let end = search.block_start.min(search.chunk.len());
            search.is_ascii = search.chunk.get(begin..end).is_none_or(<[u8]>::is_ascii);
        }
    }
}

impl Search<'_> {
    /// Looks for breaks, until there are enough; false where the chunk ends, or something comes that is not for here.
    // Runtimes compile this, `rows`, the reader's `record` and what calls them in less time than all as one.
    #[inline(never)]
    fn look(&mut self, breaks: &mut [u32]) -> bool {
        let Self { chunk, columns, mut block_start, mut known, mut lines, mut is_ascii, .. } = *self;
        let mut last = [0; BLOCK];
        let goes_on = loop {
            let Some(room) = breaks.get_mut(known + 1..).and_then(<[u32]>::first_chunk_mut::<PLACES>) else {
                break true;
            };
            let Some(block) = block_at(chunk, block_start, &mut last) else { break false };
            let sight = look(block);
            if sight.has_quotes {
                break false;
            }
            write_places(sight.breaks, block_start, room);
            known += sight.breaks.count_ones() as usize;
            lines += sight.line_feeds.count_ones() as usize;
            is_ascii &= sight.is_ascii;
            block_start += BLOCK;
            // With every line feed a row has come to its end.
            if known.wrapping_sub(lines * columns) >= columns {
                break false;
            }
            if lines >= PlainRows::MOST {
                break true;
            }
        };
        (self.block_start, self.known, self.lines, self.is_ascii) = (block_start, known, lines, is_ascii);
        goes_on
    }

    /// How many rows at the beginning can be given together, and whether that is all that ended.
    #[inline(never)]
    fn rows(&self, breaks: &[u32]) -> (usize, bool) {
        let ended = self.known / self.columns;
        let is_row = |ends: &[u32]| {
            let is_end = ends.last().is_some_and(|end| self.is_line_feed(*end));
            let text = text_of(self.chunk, ends).filter(|text| text.len() <= self.limit);
            is_end && text.is_some_and(|text| !matches!(text, b"" | b"\r"))
        };
        let rows = || (0..ended).filter_map(|row| breaks.get(row * self.columns..=(row + 1) * self.columns));
        let count = rows().take_while(|ends| is_row(ends)).count();
        if count == ended && self.lines == ended {
            return (count.min(PlainRows::MOST), true);
        }
        // Somewhere a line feed is no row's end.
        let has_commas = |ends: &&[u32]| {
            let inner = ends.get(1..ends.len() - 1).unwrap_or_default();
            inner.iter().all(|end| !self.is_line_feed(*end))
        };
        (rows().take(count.min(PlainRows::MOST)).take_while(has_commas).count(), false)
    }

    fn is_line_feed(&self, place: u32) -> bool {
        self.chunk.get(place as usize) == Some(&b'\n')
    }
}

/// Twelve at a time, as nearly all blocks have fewer, and how many is not to be foreseen.
#[inline(always)]
fn write_places(mut breaks: u64, block_start: usize, room: &mut [u32; PLACES]) {
    #[expect(clippy::cast_possible_truncation, reason = "a chunk has fewer bytes than 2^32")]
    let start = block_start as u32;
    for twelve in room.as_chunks_mut::<12>().0 {
        for place in twelve {
            *place = start + breaks.trailing_zeros();
            breaks &= breaks.wrapping_sub(1);
        }
        if breaks == 0 {
            break;
        }
    }
}
