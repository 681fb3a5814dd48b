//! A file of rows whose shape is not known before: what it is, is told by its beginning; then its own reader goes on.

use super::head::{Head, Shape};
use super::lines::Lines;
use super::list::List;
use super::record::Records;
use super::sink::{Csv, Sink};
use crate::api::nql::table::Table;
use crate::api::problem::NexthinkError;

/// One file on its way into a sink.
pub(in crate::fleet) struct File<S: Sink> {
    limit: usize,
    /// The names of the columns, where rows are lists.
    columns: Vec<Box<str>>,
    input: Input<S::Csv>,
    failure: Option<NexthinkError>,
}

enum Input<C> {
    Unknown(Head),
    Csv(Box<C>),
    Lines(Box<Lines>),
    List(Box<List>),
    /// White space.
    Nothing,
}

impl<S: Sink> File<S> {
    /// A file of which nothing has been read. `limit` is the most bytes of one record.
    pub fn new(limit: usize) -> Self {
        Self { limit, columns: Vec::new(), input: Input::Unknown(Head::default()), failure: None }
    }

    /// The names of the columns, where rows are lists of cells. They are known when the first row is.
    pub fn columns(&self) -> &[Box<str>] {
        &self.columns
    }

    /// Reads a chunk. After an error every call gives the same error.
    ///
    /// # Errors
    /// `invalid` for a file that is not one of rows with columns of the sink, and what the sink ends with.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut S) -> Result<(), NexthinkError> {
        self.unless_failed(|file| match &mut file.input {
            Input::Unknown(head) => {
                head.add(chunk);
                file.recognise(false, sink)
            }
            _ => file.read(chunk, sink),
        })
    }

    /// The file has ended.
    ///
    /// # Errors
    /// Those of `feed`.
    pub fn finish(&mut self, sink: &mut S) -> Result<(), NexthinkError> {
        self.unless_failed(|file| {
            if let Input::Unknown(_) = file.input {
                file.recognise(true, sink)?;
            }
            match &mut file.input {
                Input::Unknown(_) | Input::Nothing => return Ok(()),
                Input::Csv(csv) => csv.finish(sink, &mut file.columns)?,
                Input::Lines(lines) => lines.finish(sink)?,
                Input::List(list) => list.finish(sink)?,
            }
            sink.require_columns(true)
        })
    }

    fn unless_failed(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<(), NexthinkError>,
    ) -> Result<(), NexthinkError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let result = read(self);
        self.failure = result.as_ref().err().cloned();
        result
    }

    /// With the readers of each shape beside it and not in it: runtimes compile anew what is called as often as this, the
    /// more of it the longer.
    fn read(&mut self, chunk: &[u8], sink: &mut S) -> Result<(), NexthinkError> {
        match &mut self.input {
            Input::Unknown(_) | Input::Nothing => return Ok(()),
            // Its columns are known by its header.
            Input::Csv(csv) => return csv.feed(chunk, sink, &mut self.columns),
            Input::Lines(lines) => lines.feed(chunk, sink)?,
            Input::List(list) => list.feed(chunk, sink)?,
        }
        sink.require_columns(false)
    }

    /// Finds out what the file is, if its beginning tells, and reads the beginning.
    #[inline(never)]
    fn recognise(&mut self, is_whole: bool, sink: &mut S) -> Result<(), NexthinkError> {
        let Input::Unknown(head) = &mut self.input else { return Ok(()) };
        let knows = |name: &str| sink.bind(&[name]).is_ok_and(|places| places.iter().any(Option::is_some));
        let Some((shape, start)) = head.recognise(is_whole, self.limit, &knows)? else { return Ok(()) };
        let head = head.take();
        self.input = match shape {
            Shape::Csv => Input::Csv(Box::new(S::Csv::new(self.limit))),
            Shape::Lines => Input::Lines(Box::new(Lines::new(self.limit))),
            Shape::Nothing => Input::Nothing,
            Shape::List { headers } => {
                let records = match headers.as_slice() {
                    [] => Records::default(),
                    names => Records::of_lists(names, sink)?,
                };
                self.columns = Table::of_columns(headers).columns;
                Input::List(Box::new(List::new(self.limit, head.get(..start).unwrap_or_default(), records)))
            }
        };
        self.read(head.get(start..).unwrap_or_default(), sink)
    }
}
