//! Names and functions → where a value comes from, and the value for a row.

use std::collections::BTreeSet;

use super::aggregate::Aggregation;
use super::{Context, Execution, Record};
use crate::nql::address::Network;
use crate::nql::bind::Resolver;
use crate::nql::operand::Operand;
use crate::nql::predicate::{Formula, Predicate, Scope};
use crate::nql::syntax_error::SyntaxError;
use crate::nql::tables::Tables;
use crate::nql::timestamp::{DAY, HOUR, SECOND};
use crate::nql::tree::{ArgumentValue, Call, Expression, Literal, Name, Operator};
use crate::nql::truth::Truth;
use crate::nql::value::Value;

/// Where a value comes from.
pub(super) enum Origin<T: Tables> {
    /// A field of the joined event.
    Event(T::Field),
    /// A field of the object.
    Object(T::Field),
    /// What was computed, by its position.
    Made(usize),
    /// A value over the events of an object, or over the records of a group.
    Total(Box<Total<T>>),
    /// How many seconds have passed since a time.
    Elapsed(Box<Formula<Origin<T>>>),
    /// A part of a time's date.
    Part(Calendar, Box<Formula<Origin<T>>>),
    /// Whether an address lies in a network.
    Within(Box<Formula<Origin<T>>>, Network),
}

/// A value over many rows.
pub(super) struct Total<T: Tables> {
    measure: Measure<T>,
    /// Only rows of which this holds count.
    filter: Option<Predicate<Origin<T>>>,
}

enum Measure<T: Tables> {
    /// How many rows there are, or how many have a value for this.
    Rows(Option<Formula<Origin<T>>>),
    /// How many different objects the rows belong to.
    Objects(Origin<T>),
    Values(Aggregation, Formula<Origin<T>>),
}

/// What a date has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    /// 0 to 23.
    Hour,
    /// The day of the month.
    Day,
    /// Monday is 1, Sunday 7.
    DayOfWeek,
}

/// One row, as formulas see it.
pub(super) struct RowScope<'a, T: Tables> {
    pub context: Context<'a, T>,
    pub record: &'a Record<T::Row>,
    /// The event that is looked at.
    pub event: Option<T::Row>,
    /// What totals are made of.
    pub rows: Rows<'a, T::Row>,
}

/// What totals are made of.
#[derive(Clone, Copy)]
pub(super) enum Rows<'a, R> {
    None,
    /// The events of the record, oldest first.
    Events(&'a [R]),
    /// The records of a group.
    Group(&'a [&'a Record<R>]),
}

impl<'a, T: Tables> RowScope<'a, T> {
    pub fn of_record(context: Context<'a, T>, record: &'a Record<T::Row>) -> Self {
        Self { context, record, event: None, rows: Rows::None }
    }

    /// Each of the rows that totals are made of, in its own scope.
    fn each(&self) -> Vec<RowScope<'a, T>> {
        let context = self.context;
        match self.rows {
            Rows::None => Vec::new(),
            Rows::Events(events) => {
                let scope =
                    |event: &T::Row| Self { context, record: self.record, event: Some(*event), rows: Rows::None };
                events.iter().map(scope).collect()
            }
            Rows::Group(records) => records.iter().map(|record| Self::of_record(context, record)).collect(),
        }
    }

    fn total(&self, total: &Total<T>) -> Value {
        let mut rows = self.each();
        // Objects without events have no computed value; only how many objects there are is then known: none.
        let none = matches!(self.rows, Rows::Events([]));
        if let Some(filter) = &total.filter {
            rows.retain(|row| filter.truth(row) == Truth::True);
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53 rows")]
        let number = |count: usize| Value::Number(count as f64);
        match &total.measure {
            Measure::Objects(identity) => {
                let keys = rows.iter().map(|row| row.field(identity));
                let known = keys.filter(|key| !key.is_null()).map(|key| format!("{key:?}"));
                number(known.collect::<BTreeSet<String>>().len())
            }
            _ if none => Value::Null,
            Measure::Rows(None) => number(rows.len()),
            Measure::Rows(Some(formula)) => number(rows.iter().filter(|row| !formula.value(*row).is_null()).count()),
            Measure::Values(Aggregation::Sum, _) if rows.is_empty() && total.filter.is_some() => number(0),
            Measure::Values(aggregation, formula) => {
                aggregation.apply(rows.iter().map(|row| formula.value(row).into_value()))
            }
        }
    }
}

impl<T: Tables> Scope<Origin<T>> for RowScope<'_, T> {
    fn field(&self, origin: &Origin<T>) -> Operand<'_> {
        let tables = self.context.tables;
        match origin {
            Origin::Event(field) => self.event.map_or(Value::Null, |event| tables.value(event, field)).into(),
            Origin::Object(field) => self.record.row.map_or(Value::Null, |row| tables.value(row, field)).into(),
            Origin::Made(position) => self.record.values.get(*position).map_or(Operand::Null, Operand::from),
            Origin::Total(total) => self.total(total).into(),
            Origin::Elapsed(time) => match time.value(self) {
                #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 milliseconds")]
                Operand::Time(time) => Operand::Number(self.context.now.since(time) as f64 / SECOND as f64),
                _ => Operand::Null,
            },
            Origin::Part(part, time) => part.of(&time.value(self)).into(),
            Origin::Within(address, network) => match network.holds(&address.value(self)) {
                Truth::Unknown => Operand::Null,
                truth => Operand::Boolean(truth == Truth::True),
            },
        }
    }
}

impl Calendar {
    fn of(self, value: &Operand<'_>) -> Value {
        let Operand::Time(time) = value else { return Value::Null };
        let days = time.0.div_euclid(DAY);
        let part = match self {
            Self::Hour => time.0.rem_euclid(DAY) / HOUR,
            Self::Day => crate::nql::timestamp::civil_from_days(days).2,
            // 1970-01-01 was a Thursday.
            Self::DayOfWeek => (days + 3).rem_euclid(7) + 1,
        };
        #[expect(clippy::cast_precision_loss, reason = "at most 31")]
        let number = part as f64;
        Value::Number(number)
    }
}

impl<T: Tables> Resolver for Execution<'_, T> {
    type Field = Origin<T>;
    type Error = SyntaxError;

    fn field(&mut self, name: &Name) -> Result<Origin<T>, SyntaxError> {
        self.resolve(name)
    }

    fn parameter(&mut self, name: &Name) -> Result<Value, SyntaxError> {
        Ok((self.context.parameter)(&name.text))
    }

    /// A computed name, else the value of an enumeration.
    fn word(&mut self, name: &Name) -> Result<Formula<Origin<T>>, SyntaxError> {
        match self.names.iter().position(|known| name.is(known)) {
            Some(position) => Ok(Formula::Field(Origin::Made(position))),
            None => Ok(Formula::Constant(Value::Text(name.text.clone()))),
        }
    }

    fn address(&mut self, left: Formula<Origin<T>>, address: &str) -> Result<(Formula<Origin<T>>, Value), SyntaxError> {
        Ok(match Network::read(address) {
            Some(network) => (Formula::Field(Origin::Within(Box::new(left), network)), Value::Boolean(true)),
            None => (left, Value::from(address)),
        })
    }

    fn call(&mut self, call: &Call) -> Result<Formula<Origin<T>>, SyntaxError> {
        let function = call.function.text.to_ascii_lowercase();
        let origin = match function.as_str() {
            "as" => return self.target(call),
            "time_elapsed" => Origin::Elapsed(Box::new(self.target(call)?)),
            "hour" => Origin::Part(Calendar::Hour, Box::new(self.time_part(call)?)),
            "day" => Origin::Part(Calendar::Day, Box::new(self.time_part(call)?)),
            "day_of_week" => Origin::Part(Calendar::DayOfWeek, Box::new(self.time_part(call)?)),
            function => match self.smart_aggregate(call, function) {
                Some(equivalent) => return equivalent.bind(self),
                None => Origin::Total(Box::new(self.total(call, function)?)),
            },
        };
        Ok(Formula::Field(origin))
    }
}

impl<T: Tables> Execution<'_, T> {
    fn target(&mut self, call: &Call) -> Result<Formula<Origin<T>>, SyntaxError> {
        let needs =
            || SyntaxError::new(call.function.span, format!("`{}()` needs a column before it", call.function.text));
        call.target.as_ref().ok_or_else(needs)?.bind(self)
    }

    /// Only UTC is known here: the names of other zones would need their history.
    fn time_part(&mut self, call: &Call) -> Result<Formula<Origin<T>>, SyntaxError> {
        for argument in &call.arguments {
            let zone = match &argument.value {
                ArgumentValue::Expression(Expression::Literal(Literal::Text(zone))) => zone,
                _ => return Err(SyntaxError::new(call.function.span, "a time zone is a text such as 'GMT'")),
            };
            if !["gmt", "utc", "etc/utc", "zulu"].contains(&zone.to_ascii_lowercase().as_str()) {
                let message = format!("the time zone `{zone}` is not known here; `GMT` and `UTC` are");
                return Err(SyntaxError::new(call.function.span, message));
            }
        }
        self.target(call)
    }

    fn total(&mut self, call: &Call, function: &str) -> Result<Total<T>, SyntaxError> {
        let filter = match call.arguments.first().map(|argument| &argument.value) {
            Some(ArgumentValue::Condition(condition)) => Some(condition.bind(self)?),
            _ => None,
        };
        let needs_condition = matches!(function, "countif" | "sumif");
        if needs_condition != filter.is_some() {
            let message =
                format!("`{function}` takes {}", if needs_condition { "a condition" } else { "no condition" });
            return Err(SyntaxError::new(call.function.span, message));
        }
        let measure = match function {
            "count" | "countif" => self.counted(call)?,
            "sumif" => Measure::Values(Aggregation::Sum, self.target(call)?),
            function => {
                let unknown = || SyntaxError::new(call.function.span, format!("there is no function `{function}`"));
                Measure::Values(Aggregation::of(function).ok_or_else(unknown)?, self.target(call)?)
            }
        };
        Ok(Total { measure, filter })
    }

    /// What a function means for a metric of which the data model has no single values, but `free_memory.sum`, `.count`,
    /// `.min` and `.max` of each bucket (vendor page "NQL functions", smart aggregates). None for any other column.
    fn smart_aggregate(&self, call: &Call, function: &str) -> Option<Expression> {
        let Some(Expression::Field(name)) = &call.target else { return None };
        if self.resolve(name).is_ok() {
            return None;
        }
        let of_part = |part: &str, function: &str| {
            let part = Name { text: format!("{}.{part}", name.text).into(), span: name.span };
            self.resolve(&part).ok()?;
            let function = Name { text: function.into(), span: call.function.span };
            let call = Call { target: Some(Expression::Field(part)), function, ..call.clone() };
            Some(Expression::Call(Box::new(call)))
        };
        match function {
            "sum" | "sumif" => of_part("sum", function),
            "count" => of_part("count", "sum"),
            "min" | "max" => of_part(function, function),
            "avg" => {
                let sides = (of_part("sum", "sum")?, of_part("count", "sum")?);
                Some(Expression::Arithmetic(Operator::Divide, Box::new(sides)))
            }
            _ => None,
        }
    }

    /// `count()` counts rows, `device.count()` devices, `name.count()` the events that have a name. Of records,
    /// `name.count()` is their number, whatever is named.
    fn counted(&mut self, call: &Call) -> Result<Measure<T>, SyntaxError> {
        let Some(target) = &call.target else { return Ok(Measure::Rows(None)) };
        if let Expression::Field(name) = target
            && let Some(identity) = self.identity(&name.text)
        {
            return Ok(Measure::Objects(identity));
        }
        let formula = target.bind(self)?;
        Ok(Measure::Rows(self.joined.is_some().then_some(formula)))
    }

    fn identity(&self, object: &str) -> Option<Origin<T>> {
        let tables = self.context.tables;
        if self.summarized || object.contains('.') {
            return None;
        }
        match &self.joined {
            Some(join) => tables.identity(join.table, object).map(Origin::Event),
            None => tables.identity(self.root, object).map(Origin::Object),
        }
    }
}
