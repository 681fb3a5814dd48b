//! What `summarize` can group by: neither numbers, sizes nor times, and one period of a kind that the vendor's page
//! "NQL summarize by" allows.

use super::Findings;
use crate::nql::tree::{Computation, Expression, Grouping, Name, Period, PeriodUnit, Query, Span, Statement};

pub(super) fn check(query: &Query, found: &mut Findings) {
    let mut numbers: Vec<&Name> = Vec::new();
    for step in &query.steps {
        match &step.statement {
            Statement::Compute(computations) => {
                numbers.extend(computations.iter().filter(|one| is_number(one)).map(|one| &one.alias));
            }
            Statement::Summarize(_, groupings) => check_groupings(groupings, &numbers, step.span, found),
            _ => {}
        }
    }
}

fn check_groupings(groupings: &[Grouping], numbers: &[&Name], span: Span, found: &mut Findings) {
    let mut periods = 0;
    for grouping in groupings {
        match grouping {
            Grouping::Period(period) => {
                periods += 1;
                check_period(*period, span, found);
            }
            Grouping::Field(name) => {
                if let Some(kind) = if numbers.contains(&name) { Some("number") } else { kind_of_field(name) } {
                    let message = format!("`{}` is a {kind}, by which nothing can be grouped", name.text);
                    found.error(name.span, message, "group by a text or an enumeration, or by a period such as `1d`");
                }
            }
        }
    }
    if periods > 1 {
        found.error(span, "more than one period to group by", "leave one of them");
    }
}

fn check_period(period: Period, span: Span, found: &mut Findings) {
    let fits = match period.unit {
        PeriodUnit::Second => false,
        PeriodUnit::Minute => period.count.is_multiple_of(15),
        PeriodUnit::Hour | PeriodUnit::Day => true,
    };
    if !fits {
        let message = format!("nothing can be grouped by {}{}", period.count, period.unit.symbol());
        found.error(span, message, "a period is a multiple of 15min, or some hours or days");
    }
}

/// Whether a computed value is a number: not the last text, the least version and their like.
fn is_number(computation: &Computation) -> bool {
    match &computation.expression {
        Expression::Call(call) => !["last", "min", "max"].iter().any(|function| call.function.is(function)),
        Expression::Arithmetic(..) | Expression::Literal(_) => true,
        _ => false,
    }
}

/// What kind of number a field of the vendor's data model is, as far as its name says so.
fn kind_of_field(name: &Name) -> Option<&'static str> {
    let last = name.segments().next_back()?.to_ascii_lowercase();
    let previous = name.segments().rev().nth(1).unwrap_or_default();
    let ends = |ends: &[&str]| ends.iter().any(|end| last.ends_with(end));
    if ends(&["_time", "_seen", "timestamp"]) || last == "time" {
        // `start_time` and `end_time` name the period itself where there is one.
        return (!matches!(last.as_str(), "start_time" | "end_time")).then_some("date");
    }
    if ends(&["memory", "_space", "_size", "_capacity"]) || last == "size" {
        return Some("size");
    }
    let aggregated = !previous.is_empty() && matches!(last.as_str(), "avg" | "sum" | "count" | "min" | "max");
    let counts =
        last.starts_with("number_of_") || last.starts_with("days_since_") || ends(&["_duration", "_percentage"]);
    (aggregated || counts || last == "duration").then_some("number")
}
