//! The syntax tree of NQL: what was written, without what it means. Two trees are equal when they say the same:
//! where their parts stand, and in which case names are written, does not count.

mod expression;
mod literal;
mod name;
mod time;

pub use expression::{Argument, ArgumentValue, Call, Condition, Expression, Negated, Operator, Test};
pub use literal::{Literal, Unit};
pub use name::{Name, Span};
pub(super) use time::MONTHS;
pub use time::{Date, Moment, Period, PeriodUnit, Range, TimeOfDay, TimeSelection};

/// A whole query: a table, a time selection, and statements in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The table that it starts from.
    pub source: Source,
    /// What is done with its rows, in order.
    pub steps: Vec<Step>,
    /// What stands in `/* */`, so that a printed query loses nothing.
    pub comments: Vec<Comment>,
}

impl Query {
    /// What is done with the rows, in order.
    pub fn statements(&self) -> impl DoubleEndedIterator<Item = &Statement> {
        self.steps.iter().map(|step| &step.statement)
    }

    /// The parameters that it uses, each once, in the order of the text.
    pub fn parameters(&self) -> Vec<&Name> {
        let mut found: Vec<&Name> = Vec::new();
        for statement in self.statements() {
            statement.expressions(&mut |expression| {
                if let Expression::Parameter(name) = expression
                    && !found.iter().any(|known| known.text == name.text)
                {
                    found.push(name);
                }
            });
        }
        found
    }
}

/// A comment, and how many of the query's steps stand before it; none: it stands before the table.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The text between `/*` and `*/`.
    pub text: Box<str>,
    /// The steps that are finished where it stands, counting the table as the first.
    pub after: usize,
    /// Where it stands.
    pub span: Span,
    /// Whether it stands where Nexthink takes none: after `|`, or within a condition or value.
    pub misplaced: bool,
}

impl PartialEq for Comment {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.after == other.after
    }
}

/// A statement and where it stands, from its keyword on.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is done.
    pub statement: Statement,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.statement == other.statement
    }
}

/// A table and the time that its rows are taken from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// `devices`, `package.installed_packages`, `remote_action.#id.executions`, …
    pub table: Name,
    /// Which rows, by their time.
    pub time: Option<TimeSelection>,
}

/// One line of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `where <condition>`
    Where(Condition),
    /// `with <table>`: keeps the objects that have such events.
    With(Source),
    /// `include <table>`: keeps all objects, with what their events amount to.
    Include(Source),
    /// `compute <alias> = <expression>, …`: for each object, from its events.
    Compute(Vec<Computation>),
    /// `summarize <alias> = <expression>, … by <field or period>, …`: from all rows, or from each group of them.
    Summarize(Vec<Computation>, Vec<Grouping>),
    /// `list <column>, …`
    List(Vec<Expression>),
    /// `sort <column> asc|desc, …`
    Sort(Vec<SortKey>),
    /// `limit <rows>`
    Limit(usize),
}

impl Statement {
    /// Its keyword.
    pub const fn keyword(&self) -> &'static str {
        match self {
            Self::Where(_) => "where",
            Self::With(_) => "with",
            Self::Include(_) => "include",
            Self::Compute(_) => "compute",
            Self::Summarize(..) => "summarize",
            Self::List(_) => "list",
            Self::Sort(_) => "sort",
            Self::Limit(_) => "limit",
        }
    }

    /// Calls `visit` with every expression in it, in the order of the text.
    pub fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match self {
            Self::Where(condition) => condition.expressions(visit),
            Self::Compute(computations) | Self::Summarize(computations, _) => {
                computations.iter().for_each(|one| one.expression.expressions(visit));
            }
            Self::List(expressions) => expressions.iter().for_each(|one| one.expressions(visit)),
            Self::Sort(keys) => keys.iter().for_each(|key| key.expression.expressions(visit)),
            Self::With(_) | Self::Include(_) | Self::Limit(_) => {}
        }
    }
}

/// `<alias> = <expression>` of a `compute` or `summarize`.
#[derive(Debug, Clone, PartialEq)]
pub struct Computation {
    /// The name of the new column.
    pub alias: Name,
    /// What it holds.
    pub expression: Expression,
}

/// What a `summarize` groups by.
#[derive(Debug, Clone, PartialEq)]
pub enum Grouping {
    /// Rows with the same value of a column.
    Field(Name),
    /// Rows of the same stretch of time.
    Period(Period),
}

/// A column to sort by.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// What is compared.
    pub expression: Expression,
    /// Which end comes first.
    pub order: Order,
}

/// The direction of a `sort`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}
