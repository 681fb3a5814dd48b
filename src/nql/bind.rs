//! A condition as it was written → a predicate: names are looked up once, constants become values. What a name, a
//! parameter and a function stand for is up to whoever resolves them.

use super::predicate::{Formula, Predicate, Sides};
use super::timestamp::{DAY, Timestamp, days_from_civil};
use super::tree::{Call, Condition, Date, Expression, Literal, Name, Test};
use super::value::Value;

/// Says what the parts of a condition stand for.
pub trait Resolver {
    /// How a column is known once it is found.
    type Field;
    /// Why something stands for nothing.
    type Error;

    /// A column.
    ///
    /// # Errors
    /// There is no such column, or more than one.
    fn field(&mut self, name: &Name) -> Result<Self::Field, Self::Error>;

    /// A function.
    ///
    /// # Errors
    /// There is no such function here.
    fn call(&mut self, call: &Call) -> Result<Formula<Self::Field>, Self::Error>;

    /// The value of a parameter.
    ///
    /// # Errors
    /// There are no parameters here.
    fn parameter(&mut self, name: &Name) -> Result<Value, Self::Error>;

    /// A bare word beside `==`: the value of an enumeration, unless the resolver knows better.
    ///
    /// # Errors
    /// Those of `field`.
    fn word(&mut self, name: &Name) -> Result<Formula<Self::Field>, Self::Error> {
        Ok(Formula::Constant(Value::Text(name.text.clone())))
    }

    /// Both sides of a comparison with an IP address; without a mask it is a text.
    ///
    /// # Errors
    /// Those of `field`.
    fn address(
        &mut self,
        left: Formula<Self::Field>,
        address: &str,
    ) -> Result<(Formula<Self::Field>, Value), Self::Error> {
        Ok((left, Value::from(address)))
    }
}

impl Condition {
    /// The same condition with every name resolved.
    ///
    /// # Errors
    /// The first that the resolver gives.
    pub fn bind<R: Resolver>(&self, resolver: &mut R) -> Result<Predicate<R::Field>, R::Error> {
        Ok(match self {
            Self::Compare(test, comparison) => Predicate::Compare(test.bind(resolver)?, *comparison),
            Self::In(test, negated) => Predicate::In(test.bind(resolver)?, *negated),
            Self::Contains(test, negated) => Predicate::Contains(test.bind(resolver)?, *negated),
            Self::And(parts) => Predicate::And(bind_all(parts, resolver)?),
            Self::Or(parts) => Predicate::Or(bind_all(parts, resolver)?),
        })
    }
}

fn bind_all<R: Resolver>(parts: &[Condition], resolver: &mut R) -> Result<Vec<Predicate<R::Field>>, R::Error> {
    parts.iter().map(|part| part.bind(resolver)).collect()
}

impl Test {
    fn bind<R: Resolver>(&self, resolver: &mut R) -> Result<Sides<R::Field>, R::Error> {
        let left = self.left.bind(resolver)?;
        let (left, right) = match &self.right {
            Expression::Literal(Literal::Address(address)) => {
                let (left, value) = resolver.address(left, address)?;
                (left, Formula::Constant(value))
            }
            right => (left, right.bind(resolver)?),
        };
        Ok(Sides { left, right, span: self.span })
    }
}

impl Expression {
    /// The same expression with every name resolved.
    ///
    /// # Errors
    /// The first that the resolver gives.
    pub fn bind<R: Resolver>(&self, resolver: &mut R) -> Result<Formula<R::Field>, R::Error> {
        Ok(match self {
            Self::Literal(literal) => Formula::Constant(literal.value()),
            Self::Word(name) => resolver.word(name)?,
            Self::Array(elements) => {
                let mut values = Vec::with_capacity(elements.len());
                for element in elements {
                    values.push(match element {
                        Self::Literal(literal) => literal.value(),
                        Self::Word(name) => Value::Text(name.text.clone()),
                        Self::Parameter(name) => resolver.parameter(name)?,
                        // The parser lets nothing else in.
                        _ => Value::Null,
                    });
                }
                Formula::Constant(Value::List(values))
            }
            Self::Field(name) => Formula::Field(resolver.field(name)?),
            Self::Parameter(name) => Formula::Constant(resolver.parameter(name)?),
            Self::Call(call) => resolver.call(call)?,
            Self::Arithmetic(operator, sides) => {
                Formula::Arithmetic(*operator, Box::new((sides.0.bind(resolver)?, sides.1.bind(resolver)?)))
            }
        })
    }
}

impl Literal {
    /// What it is to an evaluator: a size in bytes, a duration in seconds, a date at its first moment in UTC.
    pub fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(*value),
            Self::Number(number) => Value::Number(*number),
            Self::Quantity(number, unit) => Value::Number(*number * unit.scale()),
            Self::Text(text) | Self::Version(text) | Self::Address(text) => Value::Text(text.clone()),
            Self::Date(date) => date.year.map_or(Value::Null, |year| Value::Time(date.start(i64::from(year)))),
        }
    }
}

impl Date {
    /// The first moment that it names, in a year.
    pub fn start(&self, year: i64) -> Timestamp {
        let day = days_from_civil(year, i64::from(self.month), i64::from(self.day));
        Timestamp(day.saturating_mul(DAY)).plus(self.time.map_or(0, super::tree::TimeOfDay::milliseconds))
    }
}
