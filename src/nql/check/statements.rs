//! Which statement may follow which (vendor pages "NQL with", "NQL include", "NQL compute", "NQL comments").

use super::Findings;
use crate::nql::tree::{Name, Query, Span, Statement};

/// A `with` or `include` that is open: its events can still be filtered and computed.
struct Open<'a> {
    table: &'a Name,
    is_include: bool,
    span: Span,
}

pub(super) fn check(query: &Query, found: &mut Findings) {
    let mut open: Option<Open<'_>> = None;
    let mut summarized = false;
    for step in &query.steps {
        let keyword = step.statement.keyword();
        if summarized && matches!(step.statement, Statement::With(_) | Statement::Include(_) | Statement::Compute(_)) {
            let message = format!("`{keyword}` after `summarize`: there are no objects left");
            found.error(step.span, message, "put it before `summarize`");
            continue;
        }
        match &step.statement {
            Statement::Where(_) => continue,
            Statement::With(source) => {
                end(open.take(), found);
                open = Some(Open { table: &source.table, is_include: false, span: step.span });
            }
            Statement::Include(source) => {
                end(open.take(), found);
                open = Some(Open { table: &source.table, is_include: true, span: step.span });
            }
            Statement::Compute(_) => {
                if open.take().is_none() {
                    let message = "`compute` needs a `with` or `include` before it";
                    found.error(step.span, message, "use `summarize` to compute one value from all rows");
                }
            }
            Statement::Summarize(..) => {
                end(open.take(), found);
                summarized = true;
            }
            Statement::List(_) | Statement::Sort(_) | Statement::Limit(_) => end(open.take(), found),
        }
    }
    end(open, found);
    for comment in query.comments.iter().filter(|comment| comment.misplaced) {
        found.error(comment.span, "a comment cannot stand here", "put it before the `|` of its line");
    }
}

fn end(open: Option<Open<'_>>, found: &mut Findings) {
    let Some(open) = open.filter(|open| open.is_include) else { return };
    let message = format!("`include {}` without a `compute`", open.table.text);
    found.error(open.span, message, "add a `compute` after it, or use `with` to keep only objects with such events");
}
