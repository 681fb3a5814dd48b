//! Records that lie in one chunk and have no quotes, as nearly all are: every comma ends a cell and every line feed a
//! record, so that many are found in one go. What is anything else is left to the reader's `record`.

use super::error::Error;
use super::marks::{BLOCK, Sight, block_at, look};
use super::reader::{Reader, Visit};
use super::record::{Cells, MAXIMUM_CELLS, Record};

/// Room for the places of commas and line feeds, in the order of the chunk.
pub(super) struct PlainRecords {
    breaks: Vec<u32>,
}

/// So many are kept together: few enough to lie near the processor, and enough that they are seldom moved.
const ROOM: usize = 1_024;

impl PlainRecords {
    pub const fn new() -> Self {
        Self { breaks: Vec::new() }
    }
}

/// How far the records of a chunk are read.
#[derive(Default)]
struct Place {
    /// Where the current record begins.
    begin: usize,
    /// The position of its first break.
    first: usize,
    /// How many breaks are known.
    known: usize,
    /// Whether a byte of the current record, or one near it, is not ASCII.
    is_beyond_ascii: bool,
}

impl Reader {
    /// Gives the records at the beginning of a chunk that begins with one, and tells the rest: from a record on that has
    /// quotes, that does not end here, or with which something is wrong.
    pub(super) fn plain_records<'c>(&mut self, chunk: &'c [u8], visit: Visit<'_>) -> Result<&'c [u8], Error> {
        let mut breaks = std::mem::take(&mut self.plain.breaks);
        let result = self.plain_records_by(&mut breaks, chunk, visit);
        self.plain.breaks = breaks;
        Ok(chunk.get(result?..).unwrap_or_default())
    }

    fn plain_records_by(&mut self, breaks: &mut Vec<u32>, chunk: &[u8], visit: Visit<'_>) -> Result<usize, Error> {
        let mut at = Place::default();
        let (mut block_start, mut last) = (0, [0; BLOCK]);
        while let Some(block) = block_at(chunk, block_start, &mut last) {
            let Sight { breaks: found, line_feeds, has_quotes, is_ascii } = look(block);
            if has_quotes {
                break;
            }
            let Some(room) = room(breaks, &mut at) else { break };
            let mut rest = found;
            #[expect(clippy::cast_possible_truncation, reason = "a chunk has fewer bytes than 2^32")]
            let start = block_start as u32;
            for place in room.iter_mut().take(found.count_ones() as usize) {
                *place = start + rest.trailing_zeros();
                rest &= rest - 1;
            }
            at.is_beyond_ascii |= !is_ascii;
            let mut line_feeds = line_feeds;
            while line_feeds != 0 {
                let before = (line_feeds & line_feeds.wrapping_neg()) - 1;
                let end = at.known + (found & before).count_ones() as usize;
                if !self.plain_record(chunk, breaks, end, &mut at, visit)? {
                    return Ok(at.begin);
                }
                at.is_beyond_ascii = !is_ascii;
                line_feeds &= line_feeds - 1;
            }
            at.known += found.count_ones() as usize;
            block_start += BLOCK;
        }
        Ok(at.begin)
    }

    /// Gives the record whose line feed is the break at `end`; false where that is not for here.
    #[inline]
    fn plain_record(
        &mut self,
        chunk: &[u8],
        breaks: &mut [u32],
        end: usize,
        at: &mut Place,
        visit: Visit<'_>,
    ) -> Result<bool, Error> {
        let Some(ends) = breaks.get_mut(at.first..=end) else { return Ok(false) };
        let Some(line_feed) = ends.last_mut() else { return Ok(false) };
        let next = *line_feed as usize + 1;
        let Some(text) = chunk.get(at.begin..next - 1) else { return Ok(false) };
        if text.len() > self.limit {
            return Ok(false);
        }
        let text = match text.split_last() {
            Some((b'\r', text)) => {
                *line_feed -= 1;
                text
            }
            _ => text,
        };
        self.line += 1;
        if !text.is_empty() {
            let count = ends.len();
            visit(Record {
                line: self.record_line,
                columns: self.columns,
                text_after_quote: false,
                may_be_no_text: at.is_beyond_ascii,
                unread: None,
                text,
                cells: Cells::Plain { ends, begin: at.begin },
            })?;
            self.columns = self.columns.or(Some(count));
        }
        self.record_line = self.line;
        at.begin = next;
        at.first = end + 1;
        Ok(true)
    }
}

/// Room for the breaks of one block; `None` where the current record has too many.
#[inline]
fn room<'r>(breaks: &'r mut Vec<u32>, at: &mut Place) -> Option<&'r mut [u32; BLOCK]> {
    if breaks.len() < at.known + BLOCK {
        make_room(breaks, at)?;
    }
    breaks.get_mut(at.known..)?.first_chunk_mut()
}

/// Forgets the breaks of the records before.
#[cold]
fn make_room(breaks: &mut Vec<u32>, at: &mut Place) -> Option<()> {
    breaks.copy_within(at.first.min(at.known)..at.known, 0);
    at.known -= at.first;
    at.first = 0;
    if at.known + BLOCK > MAXIMUM_CELLS {
        return None;
    }
    if breaks.len() < at.known + BLOCK {
        breaks.resize((at.known + BLOCK).max(ROOM), 0);
    }
    Some(())
}
