//! The rows of an answer in which all rows have the same columns, as nearly all do: moved to text as they stand there.
//! Cells are neither made into values nor written anew, which for a hundred rows is most of a call's work. Any other
//! answer is left to `table`; what both read is the same.

use crate::json::{NotJson, Parser};

/// Columns, and the JSON text of their rows, each as a list of cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct UniformRows {
    /// The columns' names, where the rows name them.
    pub columns: Option<Vec<Box<str>>>,
    /// `[[cell,cell],…]`, in UTF-8.
    pub text: Vec<u8>,
    /// How many rows there are.
    pub count: usize,
    /// How many cells each of them has.
    width: Option<usize>,
    /// Of each cell of an object what comes before it: `{"name":` and `,"name":`.
    names: Vec<Vec<u8>>,
}

impl UniformRows {
    /// # Errors
    /// Where it is not JSON, or a row is not written as the first one is.
    pub fn read(parser: &mut Parser<'_>) -> Result<Self, NotJson> {
        let mut rows = Self::default();
        rows.text.push(b'[');
        parser.list(|parser| {
            let first = rows.count == 0;
            rows.text.extend_from_slice(if first { b"[" } else { b",[" });
            let uniform = match (parser.peek(), first) {
                (Some(b'['), _) => rows.cells(parser)?,
                (_, true) => rows.first_object(parser)?,
                (_, false) => rows.object(parser)?,
            };
            rows.text.push(b']');
            rows.count += 1;
            if uniform { Ok(()) } else { Err(parser.refused()) }
        })?;
        rows.text.push(b']');
        Ok(rows)
    }

    /// The columns, of the rows or of the headers; none where those do not fit each other.
    pub fn columns_with(&mut self, headers: Option<Vec<Box<str>>>) -> Option<Vec<Box<str>>> {
        match (self.columns.take(), headers) {
            (Some(columns), None) => Some(columns),
            (None, headers) => {
                let headers = headers.unwrap_or_default();
                let fits = self.width.is_none_or(|width| width == headers.len());
                Some(headers).filter(|headers| fits && all_differ(headers))
            }
            (Some(_), Some(_)) => None,
        }
    }

    fn cells(&mut self, parser: &mut Parser<'_>) -> Result<bool, NotJson> {
        let mut width = 0;
        parser.list(|parser| {
            width += 1;
            self.cell(parser, width == 1)
        })?;
        let same = self.columns.is_none() && self.width.is_none_or(|before| before == width);
        self.width = Some(width);
        Ok(same)
    }

    /// Learns the columns and how they are written.
    fn first_object(&mut self, parser: &mut Parser<'_>) -> Result<bool, NotJson> {
        let mut columns: Vec<Box<str>> = Vec::new();
        parser.object(|parser, name| {
            let mut before = vec![if columns.is_empty() { b'{' } else { b',' }, b'"'];
            before.extend_from_slice(name.as_bytes());
            before.extend_from_slice(b"\":");
            self.names.push(before);
            columns.push(name.into());
            self.cell(parser, columns.len() == 1)
        })?;
        let uniform = !columns.is_empty() && all_differ(&columns);
        self.columns = Some(columns);
        Ok(uniform)
    }

    /// An object that is written exactly as the first one was.
    fn object(&mut self, parser: &mut Parser<'_>) -> Result<bool, NotJson> {
        let names = std::mem::take(&mut self.names);
        let mut same = !names.is_empty();
        for (at, before) in names.iter().enumerate() {
            same = same && parser.skip(before);
            if same {
                self.cell(parser, at == 0)?;
            }
        }
        self.names = names;
        Ok(same && parser.skip(b"}"))
    }

    fn cell(&mut self, parser: &mut Parser<'_>, first: bool) -> Result<(), NotJson> {
        if !first {
            self.text.push(b',');
        }
        self.text.extend_from_slice(parser.raw()?);
        Ok(())
    }
}

fn all_differ(columns: &[Box<str>]) -> bool {
    columns.iter().enumerate().all(|(at, column)| !columns.iter().skip(at + 1).any(|next| next == column))
}
