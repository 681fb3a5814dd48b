//! The Nexthink Query Language: text → tokens → syntax tree → truth, values and rows.
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | `lexer` | text | tokens |
//! | `parser` | tokens | `Query`, `Condition` |
//! | `columns` | `Query` | the columns that its answer has |
//! | `bind` | names | positions |
//! | `evaluate` | `Condition`, one row | `Truth` |
//! | `execute` | `Query`, `Tables` | `Answer` |
//!
//! The same code reads the saved queries, the conditions of rules, and what the simulated tenant executes.

mod aggregate;
mod bind;
mod columns;
mod evaluate;
mod execute;
mod lexer;
mod parser;
mod syntax_error;
mod tables;
mod timestamp;
mod tree;
mod truth;
mod value;

pub use columns::{Column, ColumnKind, ends_with_name, same_column};
pub use evaluate::Scope;
pub use execute::{Answer, execute};
pub use lexer::MAXIMUM_CHARACTERS;
pub use parser::{parse_condition, parse_query};
pub use syntax_error::{Mistake, SyntaxError};
pub use tables::{Tables, TimeRange};
pub use timestamp::{DAY, HOUR, MINUTE, SECOND, Timestamp};
pub use tree::{
    Call, Computation, Condition, Expression, Name, Negated, Operator, Order, Query, Source, Span, Statement, Test,
    TimeSelection,
};
pub use truth::Truth;
pub use value::{Comparison, Value, matches_wildcards};
