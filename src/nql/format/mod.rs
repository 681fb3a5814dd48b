//! A query → its canonical text: a statement a line, lower-case keywords, one way to write each thing. Reading the text
//! again gives the same query, comments included.

mod expression;
mod number;
mod time;

use super::tree::{Comment, Computation, Grouping, Order, Query, SortKey, Source, Statement};

/// Lines longer than this are broken after their commas.
const LINE: usize = 100;

/// The canonical text of a query.
///
/// ```
/// use nexthink_chatbot::nql;
/// let query = nql::parse_query("devices past 7d |where name='X' | LIST name,last_seen").unwrap();
/// assert_eq!(
///     nql::format(&query),
///     "devices during past 7d\n| where name == \"X\"\n| list name, last_seen\n"
/// );
/// ```
pub fn format(query: &Query) -> String {
    let mut text = String::new();
    push_comments(&mut text, &query.comments, 0);
    push_source(&mut text, &query.source);
    text.push('\n');
    for (position, statement) in query.statements().enumerate() {
        push_comments(&mut text, &query.comments, position + 1);
        text.push_str("| ");
        push_statement(&mut text, statement);
        text.push('\n');
    }
    push_comments(&mut text, &query.comments, query.steps.len() + 1);
    text
}

fn push_comments(text: &mut String, comments: &[Comment], after: usize) {
    for comment in comments.iter().filter(|comment| comment.after == after) {
        text.push_str("/*");
        text.push_str(&comment.text);
        text.push_str("*/\n");
    }
}

fn push_source(text: &mut String, source: &Source) {
    text.push_str(&source.table.text);
    if let Some(selection) = source.time {
        text.push(' ');
        time::push_selection(text, selection);
    }
}

fn push_statement(text: &mut String, statement: &Statement) {
    text.push_str(statement.keyword());
    text.push(' ');
    match statement {
        Statement::Where(condition) => expression::push_condition(text, condition),
        Statement::With(source) | Statement::Include(source) => push_source(text, source),
        Statement::Compute(computations) => push_list(text, computations.iter().map(computation), ""),
        Statement::Summarize(computations, groupings) => {
            let mut by = String::new();
            for one in groupings {
                by.push_str(if by.is_empty() { "by " } else { ", " });
                by.push_str(&grouping(one));
            }
            push_list(text, computations.iter().map(computation), &by);
        }
        Statement::List(expressions) => push_list(text, expressions.iter().map(expression::text), ""),
        Statement::Sort(keys) => push_list(text, keys.iter().map(sort_key), ""),
        Statement::Limit(rows) => text.push_str(&rows.to_string()),
    }
}

/// Items between commas and what follows them: on one line, or each on its own where that would be too long.
fn push_list(text: &mut String, items: impl Iterator<Item = String>, end: &str) {
    let mut parts: Vec<String> = items.collect();
    let commas = parts.len().saturating_sub(1);
    for part in parts.iter_mut().take(commas) {
        part.push(',');
    }
    if !end.is_empty() {
        parts.push(end.to_owned());
    }
    let start = text.rfind('\n').map_or(0, |end| end + 1);
    let length: usize = parts.iter().map(|part| part.chars().count() + 1).sum();
    if text.len() - start + length <= LINE {
        for (position, part) in parts.iter().enumerate() {
            text.push_str(if position > 0 { " " } else { "" });
            text.push_str(part);
        }
        return;
    }
    for part in parts {
        while text.ends_with(' ') {
            text.pop();
        }
        text.push_str("\n  ");
        text.push_str(&part);
    }
}

fn computation(computation: &Computation) -> String {
    format!("{} = {}", computation.alias.text, expression::text(&computation.expression))
}

fn grouping(grouping: &Grouping) -> String {
    match grouping {
        Grouping::Field(name) => name.text.to_string(),
        Grouping::Period(period) => time::period(*period),
    }
}

fn sort_key(key: &SortKey) -> String {
    let order = match key.order {
        Order::Ascending => "asc",
        Order::Descending => "desc",
    };
    format!("{} {order}", expression::text(&key.expression))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nql::parse_query;

    fn formatted(text: &str) -> String {
        format(&parse_query(text).unwrap())
    }

    #[test]
    fn everything_has_one_way_to_be_written() {
        for (text, expected) in [
            ("Devices past 7D", "Devices during past 7d\n"),
            ("a.b from Jun 1 to 2d ago by 30s", "a.b from Jun 1 to 2d ago by 30s\n"),
            (
                "a.b from June 15, 2023 4:15 PM to 2023-06-16 00:00",
                "a.b from 2023-06-15 16:15:00 to 2023-06-16 00:00:00\n",
            ),
            ("a.b ON Feb 8, 2024", "a.b on 2024-02-08\n"),
            ("a|where (b='x')", "a\n| where b == \"x\"\n"),
            ("a | where b = 'say \"x\"'", "a\n| where b == 'say \"x\"'\n"),
            (
                "a | where (b=1 or c!=2) and d !in [X,\"y\",null]",
                "a\n| where (b == 1 or c != 2) and d !in [X, \"y\", null]\n",
            ),
            ("a | where (b=1 and c=2) or d = TRUE", "a\n| where b == 1 and c == 2 or d == true\n"),
            ("a | where b > 3gb and c < 1.5H", "a\n| where b > 3GB and c < 1.5h\n"),
            ("a | where b == -67 and c >= V107", "a\n| where b == -67 and c >= V107\n"),
            ("a | summarize c = ((d.sum())^(1)/(3600))*(30)", "a\n| summarize c = d.sum() ^ 1 / 3600 * 30\n"),
            ("a | summarize c = 1-(2-3)-4*(5+6)", "a\n| summarize c = 1 - (2 - 3) - 4 * (5 + 6)\n"),
            (
                "a | summarize c = countif(b=1 or c=2)/count(), d = x.sumif(y == z) by 1D,f",
                "a\n| summarize c = countif(b == 1 or c == 2) / count(), d = x.sumif(y == z) by 1d, f\n",
            ),
            (
                "a | list b.as(format=currency,code=USD),c | sort b.time_elapsed() , d desc|limit 010",
                "a\n| list b.as(format = currency, code = USD), c\n| sort b.time_elapsed() asc, d desc\n| limit 10\n",
            ),
            (
                "a | where t.hour(timezone='GMT') >= 9 and ip == 10.0.0.0/8 and d >= 2024-07-15 10:15:00",
                "a\n| where t.hour(timezone = \"GMT\") >= 9 and ip == 10.0.0.0/8 and d >= 2024-07-15 10:15:00\n",
            ),
            (
                "a | with b.c past 30min|include d on Jul 15|compute e=count()",
                "a\n| with b.c during past 30min\n| include d on Jul 15\n| compute e = count()\n",
            ),
        ] {
            assert_eq!(formatted(text), expected, "{text}");
        }
    }

    #[test]
    fn comments_stay_between_the_statements() {
        assert_eq!(
            formatted("/* a */ devices /* b */\n/* c */ | list name /* d */\n| limit 1 /* e */"),
            "/* a */\ndevices\n/* b */\n/* c */\n| list name\n/* d */\n| limit 1\n/* e */\n"
        );
    }

    #[test]
    fn long_lists_are_broken_after_the_commas() {
        let names: Vec<String> = (0..20).map(|number| format!("column_{number}")).collect();
        let text = formatted(&format!("devices | list {}", names.join(",")));
        assert!(text.starts_with("devices\n| list\n  column_0,\n  column_1,\n"), "{text}");
        assert!(text.ends_with("\n  column_19\n"), "{text}");
    }
}
