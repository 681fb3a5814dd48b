//! The syntax tree of NQL: what was written, without what it means.
//! `Name` is the type of a column's name; binding replaces it by the column's position (see `bind`).

use super::value::{Comparison, Value};

/// A place in the text, in bytes: `start` is the first, `end` the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A dotted name as it was written: `package.version`, `device.#cost_centre`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name with its dots.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// The parts between the dots.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.text.split('.')
    }

    /// Names ignore case.
    pub fn is(&self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }
}

/// A whole query: a table, a time selection, and statements in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The table that it starts from.
    pub source: Source,
    /// What is done with its rows, in order.
    pub statements: Vec<Statement>,
}

/// A table and the time that its rows are taken from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// `devices`, `package.installed_packages`, …
    pub table: Name,
    /// Which rows, by their time.
    pub time: Option<TimeSelection>,
}

/// `during past 7d`, `past 24h`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeSelection {
    /// The length of the time that ends now, in milliseconds.
    pub past: i64,
}

/// One line of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `where <condition>`
    Where(Condition<Name>),
    /// `with <table>`: keeps the objects that have such events.
    With(Source),
    /// `include <table>`: keeps all objects, with what their events amount to.
    Include(Source),
    /// `compute <alias> = <expression>, …`
    Compute(Vec<Computation>),
    /// `list <column>, …`
    List(Vec<Name>),
    /// `sort <column> asc|desc`
    Sort(Name, Order),
    /// `limit <rows>`
    Limit(usize),
}

/// The direction of a `sort`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// `<alias> = <expression>` of a `compute`.
#[derive(Debug, Clone, PartialEq)]
pub struct Computation {
    /// The name of the new column.
    pub alias: Name,
    /// What it holds.
    pub expression: Expression<Name>,
}

/// What is true, false or unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition<N> {
    /// `left <comparison> right`
    Compare(Test<N>, Comparison),
    /// `left in right`; negated: `left !in right`.
    In(Test<N>, Negated),
    /// `left contains right`; negated: `left !contains right`.
    Contains(Test<N>, Negated),
    /// All of them hold.
    And(Vec<Condition<N>>),
    /// One of them holds.
    Or(Vec<Condition<N>>),
}

/// The two sides of a condition's smallest part, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Test<N> {
    /// The side before the operator.
    pub left: Expression<N>,
    /// The side after the operator.
    pub right: Expression<N>,
    /// Where it stands.
    pub span: Span,
}

/// Whether `!` stands before the operator.
pub type Negated = bool;

/// What has a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression<N> {
    /// A constant; sizes are in bytes, durations in milliseconds.
    Literal(Value),
    /// The bare word of an enumeration: `success`, `Windows`.
    Enumeration(Box<str>),
    /// `[…]`
    Array(Vec<Expression<N>>),
    /// A column.
    Field(N),
    /// `$name`, given when the query is executed.
    Parameter(Box<str>),
    /// `<target>.<function>()`, or `<function>()` without a target.
    Call(Box<Call<N>>),
    /// Two operands and an operator between them.
    Arithmetic(Operator, Box<(Expression<N>, Expression<N>)>),
}

/// A function applied to a column, as in `system_drive_free_space.avg()`.
#[derive(Debug, Clone, PartialEq)]
pub struct Call<N> {
    /// What stands before the last dot.
    pub target: Option<Expression<N>>,
    /// The function's name in lower case.
    pub function: Box<str>,
    /// Where the function's name stands.
    pub span: Span,
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
