//! One row of JSON: an object, or a list of cells whose names came before. Rows that are written alike, as nearly all
//! are, are read by what is known of the one before.

use super::sink::Sink;
use crate::api::problem::NexthinkError;
use crate::json::{Parser, Token};
use crate::nql::same_column;
use crate::playbook::Row;
use crate::playbook::verdicts::{Layout, names_of, read_list, read_names, read_object};

/// The column that tells whether a playbook is for a device.
pub(super) const PLATFORM: &str = "device.operating_system.platform";

/// More ways of writing rows than these take turns.
const MOST_LAYOUTS: usize = 8;

/// The ways in which the rows of a file are written.
#[derive(Default)]
pub(super) struct Records {
    known: Vec<Known>,
    /// The one of the last row.
    current: usize,
    /// The one that is given up next.
    oldest: usize,
    /// Whether rows are lists of cells.
    are_lists: bool,
}

struct Known {
    layout: Layout,
    platform: Option<usize>,
    /// Whether a row had it; before, nothing is said of its columns.
    was_read: bool,
}

/// Why there is no row.
pub(super) const NO_OBJECT: &str = "begins no JSON object that is a row";
const NO_LIST: &str = "begins no list with a cell for every header";
const NAMES: &str = "begins a row that has a name twice, or too many names, or names that mean more than one column";
pub(super) const TOO_LONG: &str = "begins a row that is too long";

impl Records {
    /// For rows that are lists of cells with these names.
    ///
    /// # Errors
    /// `invalid` where a name is not one column.
    pub fn of_lists(names: &[Box<str>], found: &mut impl Sink) -> Result<Self, NexthinkError> {
        let borrowed: Vec<&str> = names.iter().map(|name| &**name).collect();
        let places = found.bind(&borrowed)?;
        let raw = vec![&b""[..]; names.len()];
        let known = Known::new(&raw, &borrowed, places, found);
        Ok(Self { known: vec![known], are_lists: true, ..Self::default() })
    }

    /// Reads a row where the parser is, if it `ends` there, hands it on, and leaves the parser after it. The error is why it
    /// is none; then nothing has been counted.
    pub fn read<'a>(
        &mut self,
        parser: &mut Parser<'a>,
        text: &'a [u8],
        limit: usize,
        found: &mut impl Sink,
        cells: &mut Vec<Token<'a>>,
        ends: fn(&mut Parser<'_>) -> bool,
    ) -> Result<(), &'static str> {
        let start = parser.position();
        let position = self.cells(parser, found, cells)?;
        let end = parser.position();
        if !ends(parser) {
            return Err(NO_OBJECT);
        }
        if end - start > limit {
            return Err(TOO_LONG);
        }
        let Some(known) = self.known.get_mut(position) else { return Err(NO_OBJECT) };
        if !std::mem::replace(&mut known.was_read, true) {
            found.returned(&known.layout.places);
        }
        let platform = known.platform.and_then(|place| cells.get(place)?.text());
        let platform = platform.as_deref().filter(|platform| !matches!(platform.trim(), "" | "-"));
        let row = text.get(start..end).unwrap_or_default();
        found.row(Row { cells, places: &known.layout.places }, platform, row)
    }

    /// Reads the cells of a row and tells how it is written.
    fn cells<'a>(
        &mut self,
        parser: &mut Parser<'a>,
        found: &mut impl Sink,
        cells: &mut Vec<Token<'a>>,
    ) -> Result<usize, &'static str> {
        let beginning = *parser;
        if self.are_lists {
            let Some(known) = self.known.first() else { return Err(NO_LIST) };
            return read_list(parser, &known.layout, cells).map(|()| 0).map_err(|_| NO_LIST);
        }
        if let Some(known) = self.known.get(self.current)
            && read_object(parser, &known.layout, cells).is_ok()
        {
            return Ok(self.current);
        }
        *parser = beginning;
        let names = names_of(parser).map_err(|_| NO_OBJECT)?;
        *parser = beginning;
        self.current = self.position_of(&names, found)?;
        let Some(known) = self.known.get(self.current) else { return Err(NO_OBJECT) };
        read_object(parser, &known.layout, cells).map(|()| self.current).map_err(|_| NO_OBJECT)
    }

    fn position_of(&mut self, names: &[&[u8]], found: &mut impl Sink) -> Result<usize, &'static str> {
        let same = |known: &Known| known.layout.cells.iter().map(|cell| &*cell.name).eq(names.iter().copied());
        if let Some(position) = self.known.iter().position(same) {
            return Ok(position);
        }
        let read = read_names(names).ok_or(NAMES)?;
        let borrowed: Vec<&str> = read.iter().map(|name| &**name).collect();
        let places = found.bind(&borrowed).map_err(|_| NAMES)?;
        let known = Known::new(names, &borrowed, places, found);
        if let (true, Some(place)) = (self.known.len() == MOST_LAYOUTS, self.known.get_mut(self.oldest)) {
            *place = known;
            let position = self.oldest;
            self.oldest = (self.oldest + 1) % MOST_LAYOUTS;
            return Ok(position);
        }
        self.known.push(known);
        Ok(self.known.len() - 1)
    }
}

impl Known {
    fn new(raw: &[&[u8]], names: &[&str], places: Vec<Option<usize>>, found: &impl Sink) -> Self {
        let asks_platform = found.asks_platform();
        let platform = names.iter().position(|name| asks_platform && same_column(PLATFORM, name));
        let mut layout = Layout::bound(raw, places, |column| found.reads(column));
        if let Some(cell) = platform.and_then(|place| layout.cells.get_mut(place)) {
            cell.is_read = true;
        }
        Self { layout, platform, was_read: false }
    }
}
