//! A condition over names → a condition over positions: what is looked up once need not be looked up for each row.

use super::tree::{Call, Condition, Expression, Test};
use super::value::Value;

impl<N> Condition<N> {
    /// The same condition with every name replaced by what `resolve` gives for it.
    ///
    /// # Errors
    /// The first that `resolve` gives.
    pub fn bind<M, E>(&self, resolve: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Condition<M>, E> {
        Ok(match self {
            Self::Compare(test, comparison) => Condition::Compare(test.bind(resolve)?, *comparison),
            Self::In(test, negated) => Condition::In(test.bind(resolve)?, *negated),
            Self::Contains(test, negated) => Condition::Contains(test.bind(resolve)?, *negated),
            Self::And(parts) => Condition::And(bind_all(parts, |part| part.bind(resolve))?),
            Self::Or(parts) => Condition::Or(bind_all(parts, |part| part.bind(resolve))?),
        })
    }
}

impl<N> Test<N> {
    fn bind<M, E>(&self, resolve: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Test<M>, E> {
        Ok(Test { left: self.left.bind(resolve)?, right: self.right.bind(resolve)?, span: self.span })
    }
}

impl<N> Expression<N> {
    /// The same expression with every name replaced. Words and arrays of constants become constants.
    ///
    /// # Errors
    /// The first that `resolve` gives.
    pub fn bind<M, E>(&self, resolve: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Expression<M>, E> {
        Ok(match self {
            Self::Literal(value) => Expression::Literal(value.clone()),
            Self::Enumeration(word) => Expression::Literal(Value::Text(word.clone())),
            Self::Array(elements) => fold_array(bind_all(elements, |element| element.bind(resolve))?),
            Self::Field(name) => Expression::Field(resolve(name)?),
            Self::Parameter(name) => Expression::Parameter(name.clone()),
            Self::Call(call) => Expression::Call(Box::new(Call {
                target: call.target.as_ref().map(|target| target.bind(resolve)).transpose()?,
                function: call.function.clone(),
                span: call.span,
            })),
            Self::Arithmetic(operator, sides) => {
                Expression::Arithmetic(*operator, Box::new((sides.0.bind(resolve)?, sides.1.bind(resolve)?)))
            }
        })
    }
}

fn bind_all<T, U, E>(parts: &[T], bind: impl FnMut(&T) -> Result<U, E>) -> Result<Vec<U>, E> {
    parts.iter().map(bind).collect()
}

fn fold_array<M>(elements: Vec<Expression<M>>) -> Expression<M> {
    let mut values = Vec::with_capacity(elements.len());
    for element in &elements {
        match element {
            Expression::Literal(value) => values.push(value.clone()),
            _ => return Expression::Array(elements),
        }
    }
    Expression::Literal(Value::List(values))
}
