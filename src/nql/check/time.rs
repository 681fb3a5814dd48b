//! Time selections that select nothing, or ask for more than the table has (vendor pages "NQL time selection", "NQL
//! datetime functions", "DEX score NQL examples").

use super::Findings;
use crate::nql::timestamp::DAY;
use crate::nql::tree::{Expression, Moment, Period, PeriodUnit, Query, Range, Source, Statement, TimeSelection};

pub(super) fn check(query: &Query, found: &mut Findings) {
    let mut current = &query.source;
    check_source(current, found);
    for statement in query.statements() {
        match statement {
            Statement::With(source) | Statement::Include(source) => {
                current = source;
                check_source(source, found);
            }
            Statement::Where(condition) => condition.expressions(&mut |expression| {
                let Expression::Call(call) = expression else { return };
                if call.function.is("hour") && current.time.is_some_and(|selection| in_days(selection.range)) {
                    let help = "select the time in hours, as in `during past 168h` instead of `during past 7d`";
                    found.warning(call.function.span, "a time selection in days has no hours", help);
                }
            }),
            _ => {}
        }
    }
}

fn check_source(source: &Source, found: &mut Findings) {
    let Some(TimeSelection { range, resolution }) = source.time else { return };
    let span = source.table.span;
    if let Some(Period { count, unit }) = resolution
        && !(source.table.is("session.vdi_events") && unit == PeriodUnit::Second && count == 30)
    {
        let message = format!("`by {count}{}` after a time selection", unit.symbol());
        found.warning(span, message, "only `session.vdi_events` has a finer resolution, `by 30s`");
    }
    if let Range::Between(from, to) = range
        && ends_before(from, to)
    {
        found.error(span, "the time selection ends before it begins", "exchange what stands after `from` and `to`");
    }
    let one_day = match range {
        Range::Past(period) => period.milliseconds() <= DAY,
        Range::On(_) => true,
        Range::Between(Moment::Ago(from), Moment::Ago(to)) => from == to,
        Range::Between(..) => return,
    };
    if source.table.is("dex.scores") && !one_day {
        found.warning(
            span,
            "`dex.scores` holds one score a day",
            "select one day, unless the trend over days is meant",
        );
    }
}

const fn in_days(range: Range) -> bool {
    match range {
        Range::Past(period) => matches!(period.unit, PeriodUnit::Day),
        Range::On(_) => true,
        Range::Between(..) => false,
    }
}

/// Only where it can be told without a clock.
fn ends_before(from: Moment, to: Moment) -> bool {
    match (from, to) {
        (Moment::Ago(from), Moment::Ago(to)) => from.milliseconds() < to.milliseconds(),
        (Moment::At(from), Moment::At(to)) => match (from.year, to.year) {
            (Some(from_year), Some(to_year)) => {
                let end = to.start(i64::from(to_year)).plus(if to.time.is_none() { DAY } else { 0 });
                from.start(i64::from(from_year)) >= end
            }
            _ => false,
        },
        _ => false,
    }
}
