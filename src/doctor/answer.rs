//! The answer to a probe by NQL: its columns by name, and the cells of its rows.

use crate::json::Json;
use crate::nql::same_column;

/// Columns and rows of an answer.
pub(super) struct Answer<'a> {
    pub columns: Vec<&'a str>,
    pub rows: &'a [Json],
}

impl<'a> Answer<'a> {
    /// The answer that an output is; what it lacks is empty.
    pub fn of(output: &'a Json) -> Self {
        let list = |name: &str| match output.get(name) {
            Some(Json::List(values)) => values.as_slice(),
            _ => &[],
        };
        Self { columns: list("columns").iter().filter_map(Json::as_text).collect(), rows: list("rows") }
    }

    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|returned| same_column(name, returned))
    }

    /// The text of a cell. A row is a list as the core gives it, or an object as the facade does.
    pub fn text(&self, row: &'a Json, column: Option<usize>) -> Option<&'a str> {
        let column = column?;
        let cell = match row {
            Json::List(cells) => cells.get(column),
            row => row.get(self.columns.get(column)?),
        };
        cell?.as_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_a_list_and_as_an_object() {
        for row in [r#"["x","y"]"#, r#"{"device.name":"y","device.collector.uid":"x"}"#] {
            let output = format!(r#"{{"columns":["device.collector.uid","device.name"],"rows":[{row}]}}"#);
            let output = Json::parse(output.as_bytes()).unwrap();
            let answer = Answer::of(&output);
            assert_eq!(answer.text(&answer.rows[0], answer.column("name")), Some("y"), "{row}");
            assert_eq!(answer.text(&answer.rows[0], answer.column("colour")), None);
        }
        assert!(Answer::of(&Json::Null).columns.is_empty());
    }
}
