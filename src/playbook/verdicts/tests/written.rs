//! Answers as tenants may write them, with names left out, called otherwise, in another order, and with white space.

use proptest::prelude::*;

use super::{CELLS, COLUMNS};

/// How a tenant may write an answer.
#[derive(Debug, Clone, Copy)]
enum Shape {
    V1,
    V2,
    Rows,
    OneRow,
}

/// Rows of cells for these columns; `names`: for each column, how it is called, or that it is left out.
#[derive(Debug, Clone)]
pub struct Written {
    shape: Shape,
    names: Vec<Option<bool>>,
    cells: Vec<Vec<&'static str>>,
    /// A row, of which a column is left out or comes first.
    odd: Option<(usize, usize, bool)>,
    pretty: bool,
    extra: Option<&'static str>,
}

pub fn any_written() -> impl Strategy<Value = Written> {
    let shape = prop::sample::select(vec![Shape::V1, Shape::V1, Shape::V2, Shape::V2, Shape::Rows, Shape::OneRow]);
    let name = prop_oneof![18 => Just(Some(false)), 1 => Just(Some(true)), 1 => Just(None)];
    let cells = prop::collection::vec(prop::collection::vec(prop::sample::select(&CELLS[..]), COLUMNS.len()), 0..4);
    (
        (shape, prop::collection::vec(name, COLUMNS.len()), cells),
        prop::option::weighted(0.2, (0..3_usize, 0..COLUMNS.len(), any::<bool>())),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.1, prop::sample::select(vec!["device.name", "free_space", "a\\\"b", "packages"])),
    )
        .prop_map(|((shape, names, cells), odd, pretty, extra)| Written {
            shape,
            names,
            cells,
            odd,
            pretty,
            extra,
        })
}

impl Written {
    pub fn text(&self, columns: &[[&str; 2]]) -> String {
        let space = if self.pretty { " \n" } else { "" };
        let mut headers = Vec::new();
        for (column, name) in columns.iter().zip(&self.names) {
            headers.extend(name.map(|other| format!("\"{}\"", column[usize::from(other)])));
        }
        headers.extend(self.extra.map(|name| format!("\"{name}\"")));
        let mut rows = Vec::new();
        for (at, cells) in self.cells.iter().enumerate() {
            let cells = headers.iter().zip(cells.iter().chain(&["\"extra\""]));
            let mut cells: Vec<String> = cells
                .map(|(name, cell)| match self.shape {
                    Shape::V1 => (*cell).to_owned(),
                    _ => format!("{name}{space}:{space}{cell}"),
                })
                .collect();
            if let Some((row, column, left_out)) = self.odd
                && row == at
                && column < cells.len()
            {
                let cell = cells.remove(column);
                if !left_out {
                    cells.insert(0, cell);
                }
            }
            let cells = cells.join(&format!("{space},{space}"));
            rows.push(match self.shape {
                Shape::V1 => format!("[{space}{cells}{space}]"),
                _ => format!("{{{space}{cells}{space}}}"),
            });
        }
        let data = rows.join(",");
        let head = format!(r##"{{"queryId":"#q","executedQuery":"devices\n| list \"x\"","rows":{}"##, rows.len());
        match self.shape {
            Shape::V1 => format!(r#"{head},{space}"headers":[{}],{space}"data":[{data}]}}"#, headers.join(",")),
            Shape::V2 => format!(r#"{head},"executionDateTime":"2026-11-20T10:05:01","data":{space}[{data}]}}"#),
            Shape::Rows => format!("{space}[{data}]"),
            Shape::OneRow => rows.into_iter().next().unwrap_or_else(|| "{}".into()),
        }
    }
}
