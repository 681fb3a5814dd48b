//! What is true or false, and what has a value.

use super::literal::Literal;
use super::name::{Name, Span};
use crate::nql::value::Comparison;

/// What is true, false or unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// `left <comparison> right`
    Compare(Test, Comparison),
    /// `left in right`; negated: `left !in right`.
    In(Test, Negated),
    /// `left contains right`; negated: `left !contains right`.
    Contains(Test, Negated),
    /// All of them hold.
    And(Vec<Condition>),
    /// One of them holds.
    Or(Vec<Condition>),
}

impl Condition {
    /// The two sides of a smallest part; none of `and` and `or`.
    pub fn sides(&self) -> Option<&Test> {
        match self {
            Self::Compare(test, _) | Self::In(test, _) | Self::Contains(test, _) => Some(test),
            Self::And(_) | Self::Or(_) => None,
        }
    }

    /// Calls `visit` with every expression, each before those within it, in the order of the text.
    pub fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match self {
            Self::Compare(test, _) | Self::In(test, _) | Self::Contains(test, _) => {
                test.left.expressions(visit);
                test.right.expressions(visit);
            }
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.expressions(visit)),
        }
    }
}

/// The two sides of a condition's smallest part, and where it stands.
#[derive(Debug, Clone)]
pub struct Test {
    /// The side before the operator.
    pub left: Expression,
    /// The side after the operator.
    pub right: Expression,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Test {
    fn eq(&self, other: &Self) -> bool {
        self.left == other.left && self.right == other.right
    }
}

/// Whether `!` stands before the operator.
pub type Negated = bool;

/// What has a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A constant.
    Literal(Literal),
    /// A bare word after `==`, `!=`, `in` and `contains`: a value of an enumeration such as `success`, or a computed name.
    Word(Name),
    /// `[…]`: constants, words and parameters.
    Array(Vec<Expression>),
    /// A column.
    Field(Name),
    /// `$name` without the `$`, given when the query is executed.
    Parameter(Name),
    /// `<target>.<function>(…)`, or `<function>(…)` without a target.
    Call(Box<Call>),
    /// Two operands and an operator between them.
    Arithmetic(Operator, Box<(Expression, Expression)>),
}

impl Expression {
    /// Where its first name stands; an empty place for constants.
    pub fn span(&self) -> Span {
        let mut found = None;
        self.expressions(&mut |expression| {
            let name = match expression {
                Self::Word(name) | Self::Field(name) | Self::Parameter(name) => name,
                Self::Call(call) => &call.function,
                _ => return,
            };
            found.get_or_insert(name.span);
        });
        found.unwrap_or_default()
    }

    /// Calls `visit` with this expression and every one within it, in the order of the text.
    pub fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Array(elements) => elements.iter().for_each(|element| element.expressions(visit)),
            Self::Call(call) => {
                if let Some(target) = &call.target {
                    target.expressions(visit);
                }
                for argument in &call.arguments {
                    match &argument.value {
                        ArgumentValue::Condition(condition) => condition.expressions(visit),
                        ArgumentValue::Expression(expression) => expression.expressions(visit),
                    }
                }
            }
            Self::Arithmetic(_, sides) => {
                sides.0.expressions(visit);
                sides.1.expressions(visit);
            }
            Self::Literal(_) | Self::Word(_) | Self::Field(_) | Self::Parameter(_) => {}
        }
    }
}

/// A function applied to a column, as in `system_drive_free_space.avg()`.
#[derive(Debug, Clone)]
pub struct Call {
    /// What stands before the last dot.
    pub target: Option<Expression>,
    /// The function's name; its span is that of the name alone.
    pub function: Name,
    /// What stands between the brackets.
    pub arguments: Vec<Argument>,
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.target == other.target && self.function == other.function && self.arguments == other.arguments
    }
}

/// `timezone = 'GMT'`, or a condition or value without a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// What stands before the `=`.
    pub name: Option<Name>,
    /// What is given.
    pub value: ArgumentValue,
}

/// What a function is given.
#[derive(Debug, Clone, PartialEq)]
pub enum ArgumentValue {
    /// `countif(status == success)`
    Condition(Condition),
    /// `as(format = percent)`
    Expression(Expression),
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

impl Operator {
    /// All of them, and how they are written.
    pub const SYMBOLS: [(&'static str, Self); 5] =
        [("+", Self::Add), ("-", Self::Subtract), ("*", Self::Multiply), ("/", Self::Divide), ("^", Self::Power)];

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        Self::SYMBOLS.iter().find(|(_, operator)| *operator == self).map_or("", |(symbol, _)| symbol)
    }
}
