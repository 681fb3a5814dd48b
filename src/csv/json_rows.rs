//! Chunks of CSV → JSON texts of their rows, for JavaScript: one `JSON.parse` for a chunk is faster than a call for
//! each cell.

use super::error::Error;
use super::reader::{Reader, USUAL_LIMIT};
use super::record::Record;
use crate::json::write_string;

/// What the columns are called, from the header's cells; as many as there are.
pub type NameColumns = fn(Vec<Box<str>>) -> Vec<Box<str>>;

/// Writes the records that end in a chunk as `[["cell","cell"],…]`. The first record of the file, which is the first
/// of the first list that is not empty, is the header; all others have as many cells.
pub struct JsonRows {
    reader: Reader,
    name: NameColumns,
    /// With the header.
    records: usize,
}

impl Default for JsonRows {
    fn default() -> Self {
        Self::new(USUAL_LIMIT)
    }
}

impl JsonRows {
    /// The rows of one file, each of at most `limit` bytes.
    pub const fn new(limit: usize) -> Self {
        Self { reader: Reader::new(limit), name: |cells| cells, records: 0 }
    }

    /// The same with other names of the columns than those of the file.
    #[must_use]
    pub const fn naming(mut self, name: NameColumns) -> Self {
        self.name = name;
        self
    }

    /// How many rows there were so far; the header is none.
    pub const fn count(&self) -> usize {
        self.records.saturating_sub(1)
    }

    /// Adds the list of the records that end in this chunk to `json`; `[]` where none does. It is whole also where this
    /// fails: then it has the rows before the one that is wrong. After an error every call gives the same error.
    ///
    /// # Errors
    /// Those of [`Reader::feed`] and [`Record::check`], and `NotUtf8`.
    pub fn feed(&mut self, chunk: &[u8], json: &mut String) -> Result<(), Error> {
        list(json, &mut self.records, self.name, |rows| self.reader.feed(chunk, &mut |record| rows.push(record)))
    }

    /// Adds the list of the last record, if any; no more chunks come.
    ///
    /// # Errors
    /// Those of [`Reader::finish`] and [`Record::check`], and `NotUtf8`.
    pub fn finish(&mut self, json: &mut String) -> Result<(), Error> {
        list(json, &mut self.records, self.name, |rows| self.reader.finish(&mut |record| rows.push(record)))
    }
}

fn list(
    json: &mut String,
    records: &mut usize,
    name: NameColumns,
    write: impl FnOnce(&mut List<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    json.push('[');
    let mut rows = List { json, first: true, records, name };
    let result = write(&mut rows);
    json.push(']');
    result
}

struct List<'a> {
    json: &'a mut String,
    first: bool,
    records: &'a mut usize,
    name: NameColumns,
}

impl List<'_> {
    fn push(&mut self, record: Record<'_>) -> Result<(), Error> {
        record.check()?;
        let texts = record.texts()?;
        self.json.push_str(if std::mem::take(&mut self.first) { "[" } else { ",[" });
        let start = self.json.len();
        if record.is_header() {
            for column in (self.name)(texts.map(Into::into).collect()) {
                self.cell(&column, start);
            }
        } else {
            for text in texts {
                self.cell(text, start);
            }
        }
        self.json.push(']');
        *self.records += 1;
        Ok(())
    }

    /// Adds a cell of the row that starts there.
    fn cell(&mut self, text: &str, start: usize) {
        if self.json.len() > start {
            self.json.push(',');
        }
        write_string(text, self.json);
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::Problem;
    use super::*;

    /// The lists of the chunks and of the end, and the first error.
    fn lists(chunks: &[&[u8]]) -> (Vec<String>, Option<String>) {
        let mut rows = JsonRows::default();
        let mut lists = Vec::new();
        for chunk in chunks {
            let mut json = String::new();
            let result = rows.feed(chunk, &mut json);
            lists.push(json);
            if let Err(error) = result {
                return (lists, Some(error.to_string()));
            }
        }
        let mut json = String::new();
        let result = rows.finish(&mut json);
        lists.push(json);
        (lists, result.err().map(|error| error.to_string()))
    }

    #[test]
    fn each_chunk_becomes_one_list_of_the_rows_that_end_in_it() {
        let (lists, error) = lists(&[b"a,b\n1,2\n3", b"", b",4\n\"x\ny\",\"", b"\"\"\""]);
        assert_eq!(lists, [r#"[["a","b"],["1","2"]]"#, "[]", r#"[["3","4"]]"#, "[]", r#"[["x\ny","\""]]"#]);
        assert_eq!(error, None);
    }

    #[test]
    fn an_empty_file_has_no_rows_and_is_no_error() {
        assert_eq!(lists(&[]), (vec!["[]".into()], None));
    }

    #[test]
    fn the_header_can_have_other_names_than_the_file() {
        let mut rows = JsonRows::default().naming(|names| names.into_iter().rev().collect());
        let mut json = String::new();
        rows.feed(b"a,b\n1,2\n", &mut json).unwrap();
        assert_eq!(json, r#"[["b","a"],["1","2"]]"#);
    }

    #[test]
    fn json_inside_a_cell_stays_text() {
        let (lists, _) = lists(&[b"name,value\nb,\"{\"\"path\"\": \"\"C:\\Temp\"\"}\"\n"]);
        let rows: Vec<Vec<String>> = serde_json::from_str(&lists[0]).unwrap();
        assert_eq!(rows[1], ["b", r#"{"path": "C:\Temp"}"#]);
    }

    #[test]
    fn the_rows_before_a_wrong_one_are_given_and_those_after_it_are_not() {
        for (wrong, error) in [
            (&b"x"[..], "line 3 has 1 cell, the header has 2 columns"),
            (b"x,y,z", "line 3 has 3 cells, the header has 2 columns"),
            (b"\"x\"y,z", "line 3 has text after the closing quote of a cell"),
            (b"\xff,z", "line 3 begins a record that is not UTF-8"),
            (b"\"\"\"\xc3\",z", "line 3 begins a record that is not UTF-8"),
        ] {
            let file = [b"a,b\n1,2\n", wrong, b"\n3,4\n"].concat();
            let expected = (vec![r#"[["a","b"],["1","2"]]"#.into()], Some(error.into()));
            assert_eq!(lists(&[&file]), expected, "{}", wrong.escape_ascii());
        }
    }

    #[test]
    fn after_an_error_every_call_gives_it_again() {
        let mut rows = JsonRows::default();
        let wrong = Err(Error { problem: Problem::CellCount { cells: 1, columns: 2 }, line: 2 });
        assert_eq!(rows.feed(b"a,b\nx\n", &mut String::new()), wrong);
        let mut json = String::new();
        assert_eq!(rows.feed(b"1,2\n", &mut json), wrong);
        assert_eq!(rows.finish(&mut json), wrong);
        assert_eq!(json, "[][]");
    }
}
