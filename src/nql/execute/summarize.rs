//! `summarize`: all records, or those of each group, become one record each.

use std::collections::BTreeMap;

use super::origin::{RowScope, Rows};
use super::time_range::floor;
use super::{Execution, Record};
use crate::nql::columns::BUCKET;
use crate::nql::predicate::Formula;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::tables::Tables;
use crate::nql::timestamp::{DAY, MINUTE, SECOND, Timestamp};
use crate::nql::tree::{Computation, Grouping, Period, PeriodUnit, Span};
use crate::nql::value::Value;

impl<T: Tables> Execution<'_, T> {
    pub(super) fn summarize(
        &mut self,
        computations: &[Computation],
        groupings: &[Grouping],
    ) -> Result<(), SyntaxError> {
        let mut fields = Vec::new();
        let mut buckets = None;
        for grouping in groupings {
            match grouping {
                Grouping::Field(name) => fields.push(Formula::Field(self.resolve(name)?)),
                Grouping::Period(_) if buckets.is_some() => {
                    let span = computations.first().map_or_else(Span::default, |first| first.alias.span);
                    return Err(SyntaxError::new(span, "`summarize` can group by one period only"));
                }
                Grouping::Period(period) => buckets = Some(self.buckets(*period)?),
            }
        }
        let mut formulas = Vec::new();
        for computation in computations {
            formulas.push(computation.expression.bind(self)?);
        }

        // Groups in the order in which their first records come, which is that of the table.
        let mut positions: BTreeMap<String, usize> = BTreeMap::new();
        let mut groups: Vec<Group<'_, T::Row>> = Vec::new();
        let context = self.context;
        if groupings.is_empty() {
            groups.push((Vec::new(), self.records.iter().collect()));
        } else {
            for record in &self.records {
                let scope = RowScope::of_record(context, record);
                let mut key: Vec<Value> = fields.iter().map(|field| field.value(&scope).into_value()).collect();
                if let Some(buckets) = &buckets {
                    let Some(bucket) = buckets.of::<T>(&scope) else { continue };
                    key.extend(bucket);
                }
                let position = *positions.entry(format!("{key:?}")).or_insert(groups.len());
                match groups.get_mut(position) {
                    Some((_, records)) => records.push(record),
                    None => groups.push((key, vec![record])),
                }
            }
        }
        if buckets.is_some() {
            let start = fields.len();
            groups.sort_by(|(left, _), (right, _)| match (left.get(start), right.get(start)) {
                (Some(left), Some(right)) => super::order::compare(left, right),
                _ => std::cmp::Ordering::Equal,
            });
        }

        let nobody = Record { row: None, values: Vec::new() };
        let mut records = Vec::with_capacity(groups.len());
        for (mut values, group) in groups {
            let scope = RowScope { rows: Rows::Group(&group), ..RowScope::of_record(context, &nobody) };
            let computed: Vec<Value> = formulas.iter().map(|formula| formula.value(&scope).into_value()).collect();
            values.extend(computed);
            records.push(Record { row: None, values });
        }
        self.records = records;
        self.names = self.summary_names(computations, groupings, buckets.is_some());
        self.summarized = true;
        Ok(())
    }

    /// The fields first, then the stretch of time, then what is computed.
    fn summary_names(&self, computations: &[Computation], groupings: &[Grouping], bucketed: bool) -> Vec<String> {
        let table = &self.query.source.table;
        let mut names = Vec::new();
        for grouping in groupings {
            if let Grouping::Field(name) = grouping {
                let made = self.names.iter().find(|made| name.is(made));
                names.push(made.cloned().unwrap_or_else(|| table.qualify(name)));
            }
        }
        if bucketed {
            names.extend(BUCKET.map(str::to_owned));
        }
        names.extend(computations.iter().map(|computation| computation.alias.text.to_string()));
        names
    }

    fn buckets(&self, period: Period) -> Result<Buckets<T::Field>, SyntaxError> {
        let table = &self.query.source.table;
        if matches!(period.unit, PeriodUnit::Second | PeriodUnit::Minute) && period.milliseconds() % (15 * MINUTE) != 0
        {
            return Err(SyntaxError::new(
                table.span,
                "the rows can be grouped by multiples of 15min, by hours and by days",
            ));
        }
        let no_time = || SyntaxError::new(table.span, format!("the rows of `{}` have no time to group by", table.text));
        let time = self.context.tables.time(self.root).ok_or_else(no_time)?;
        // Days are counted from the first day that the query selects, other periods within each day.
        let origin = match (period.unit, self.query.source.time) {
            (PeriodUnit::Day, Some(selection)) => floor(selection.time_range(self.context.now).from, DAY),
            _ => Timestamp(0),
        };
        Ok(Buckets { time, origin, length: period.milliseconds() })
    }
}

/// What the records of a group have in common, and the records.
type Group<'a, R> = (Vec<Value>, Vec<&'a Record<R>>);

/// Stretches of time of the same length.
struct Buckets<F> {
    /// The field with the time of a row.
    time: F,
    /// Where one of them begins.
    origin: Timestamp,
    /// Milliseconds.
    length: i64,
}

impl<F> Buckets<F> {
    /// The start, the end and the length in seconds of the stretch that a row falls into; none for a row without a time.
    fn of<T: Tables<Field = F>>(&self, scope: &RowScope<'_, T>) -> Option<[Value; 3]> {
        let Value::Time(time) = scope.context.tables.value(scope.record.row?, &self.time) else { return None };
        let start = time.plus(-time.since(self.origin).rem_euclid(self.length));
        #[expect(clippy::cast_precision_loss, reason = "a period is far below 2^53")]
        let seconds = (self.length / SECOND) as f64;
        Some([Value::Time(start), Value::Time(start.plus(self.length)), Value::Number(seconds)])
    }
}
