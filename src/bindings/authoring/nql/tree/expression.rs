//! What has a value.

use super::super::shape::{object, variants};
use super::{NqlCondition, NqlDate, NqlName};
use crate::bindings::authoring::places::Places;
use crate::json::{Json, Write, words};
use crate::nql::tree::{Argument, ArgumentValue, Call, Expression, Literal, Name, Operator, Unit};

variants! {
    /// What has a value. Names have a place in the text; constants have none.
    pub enum NqlExpression {
        /// `null`
        Null = "null" {},
        /// `true`, `false`
        Boolean = "boolean" { value: bool },
        /// `10`, `10.1`
        Number = "number" { value: f64 },
        /// `3GB`, `15d`
        Quantity = "quantity" { value: f64, unit: NqlUnit },
        /// The text between the quotes.
        Text = "text" { value: Box<str> },
        /// `2024-07-15`, `2024-07-15 10:15:00`
        Date = "date" { date: NqlDate },
        /// `v12.212`, with its `v`.
        Version = "version" { value: Box<str> },
        /// `123.123.0.0`, `f164:b28c::/32`, with its mask.
        Address = "address" { value: Box<str> },
        /// A bare word after an operator: a value of an enumeration such as `success`, or a computed name.
        Word = "word" { name: Box<str>, start: usize, end: usize },
        /// A column.
        Field = "field" { name: Box<str>, start: usize, end: usize },
        /// `$name`, without the `$` in its name.
        Parameter = "parameter" { name: Box<str>, start: usize, end: usize },
        /// `[…]`
        Array = "array" { elements: Vec<NqlExpression> },
        /// `target.function(…)`, or `function(…)` without a target.
        Call = "call" { target: Option<Box<NqlExpression>>, function: NqlName, arguments: Vec<NqlArgument> },
        /// Two operands and an operator between them.
        Arithmetic = "arithmetic" { operator: NqlOperator, left: Box<NqlExpression>, right: Box<NqlExpression> },
    }
}

words! {
    /// A unit of sizes (decimal) or durations.
    pub enum NqlUnit {
        /// Milliseconds.
        Millisecond = "ms",
        /// Seconds.
        Second = "s",
        /// Minutes.
        Minute = "min",
        /// Hours.
        Hour = "h",
        /// Days.
        Day = "d",
        /// Bytes.
        Byte = "B",
        /// Kilobytes.
        Kilobyte = "KB",
        /// Megabytes.
        Megabyte = "MB",
        /// Gigabytes.
        Gigabyte = "GB",
        /// Terabytes.
        Terabyte = "TB",
    }
}

words! {
    /// An arithmetic operator.
    pub enum NqlOperator {
        /// Addition.
        Add = "+",
        /// Subtraction.
        Subtract = "-",
        /// Multiplication.
        Multiply = "*",
        /// Division.
        Divide = "/",
        /// Raising to a power.
        Power = "^",
    }
}

object! {
    /// What a function is given: `timezone = "GMT"`, or a condition or value without a name.
    pub struct NqlArgument {
        /// What stands before the `=`.
        name: Option<NqlName>,
        /// What is given.
        value: NqlArgumentValue,
    }
}

/// What a function is given: `countif(status == success)` takes a condition, `as(format = percent)` a value.
#[cfg_attr(test, derive(ts_rs::TS), ts(untagged))]
pub enum NqlArgumentValue {
    /// What is true or false.
    Condition(NqlCondition),
    /// What has a value.
    Expression(NqlExpression),
}

impl Write for NqlArgumentValue {
    fn write(&self) -> Json {
        match self {
            Self::Condition(condition) => condition.write(),
            Self::Expression(expression) => expression.write(),
        }
    }
}

impl NqlExpression {
    pub(super) fn of(expression: &Expression, places: &Places<'_>) -> Self {
        let boxed = |expression: &Expression| Box::new(Self::of(expression, places));
        match expression {
            Expression::Literal(literal) => Self::literal(literal),
            Expression::Word(name) => {
                let (name, start, end) = named(name, places);
                Self::Word { name, start, end }
            }
            Expression::Field(name) => {
                let (name, start, end) = named(name, places);
                Self::Field { name, start, end }
            }
            Expression::Parameter(name) => {
                let (name, start, end) = named(name, places);
                Self::Parameter { name, start, end }
            }
            Expression::Array(elements) => {
                Self::Array { elements: elements.iter().map(|element| Self::of(element, places)).collect() }
            }
            Expression::Call(call) => {
                let Call { target, function, arguments } = &**call;
                Self::Call {
                    target: target.as_ref().map(boxed),
                    function: NqlName::of(function, places),
                    arguments: arguments.iter().map(|argument| NqlArgument::of(argument, places)).collect(),
                }
            }
            Expression::Arithmetic(operator, sides) => {
                Self::Arithmetic { operator: NqlOperator::of(*operator), left: boxed(&sides.0), right: boxed(&sides.1) }
            }
        }
    }

    fn literal(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::Null {},
            Literal::Boolean(value) => Self::Boolean { value: *value },
            Literal::Number(value) => Self::Number { value: *value },
            Literal::Quantity(value, unit) => Self::Quantity { value: *value, unit: NqlUnit::of(*unit) },
            Literal::Text(value) => Self::Text { value: value.clone() },
            Literal::Date(date) => Self::Date { date: NqlDate::of(*date) },
            Literal::Version(value) => Self::Version { value: value.clone() },
            Literal::Address(value) => Self::Address { value: value.clone() },
        }
    }
}

fn named(name: &Name, places: &Places<'_>) -> (Box<str>, usize, usize) {
    let (start, end) = places.of(name.span);
    (name.text.clone(), start, end)
}

impl NqlArgument {
    fn of(argument: &Argument, places: &Places<'_>) -> Self {
        Self {
            name: argument.name.as_ref().map(|name| NqlName::of(name, places)),
            value: match &argument.value {
                ArgumentValue::Condition(condition) => NqlArgumentValue::Condition(NqlCondition::of(condition, places)),
                ArgumentValue::Expression(expression) => {
                    NqlArgumentValue::Expression(NqlExpression::of(expression, places))
                }
            },
        }
    }
}

impl NqlUnit {
    const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Millisecond => Self::Millisecond,
            Unit::Second => Self::Second,
            Unit::Minute => Self::Minute,
            Unit::Hour => Self::Hour,
            Unit::Day => Self::Day,
            Unit::Byte => Self::Byte,
            Unit::Kilobyte => Self::Kilobyte,
            Unit::Megabyte => Self::Megabyte,
            Unit::Gigabyte => Self::Gigabyte,
            Unit::Terabyte => Self::Terabyte,
        }
    }
}

impl NqlOperator {
    const fn of(operator: Operator) -> Self {
        match operator {
            Operator::Add => Self::Add,
            Operator::Subtract => Self::Subtract,
            Operator::Multiply => Self::Multiply,
            Operator::Divide => Self::Divide,
            Operator::Power => Self::Power,
        }
    }
}
