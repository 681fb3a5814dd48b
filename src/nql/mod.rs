//! The Nexthink Query Language: text → tokens → syntax tree → truth, values and rows.
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | `lexer` | text | tokens |
//! | `parser` | tokens | `Query`, `Condition`, or all mistakes |
//! | `format` | `Query` | canonical text |
//! | `columns` | `Query` | the columns that its answer has |
//! | `check` | `Query` | what Nexthink would refuse |
//! | `bind` | `Condition` | `Predicate`: names resolved |
//! | `predicate` | `Predicate`, one row | `Truth` |
//! | `execute` | `Query`, `Tables` | `Answer` |
//!
//! The same code reads the saved queries, the conditions of rules, and what the simulated tenant executes.

mod address;
mod bind;
mod check;
mod columns;
mod execute;
mod format;
mod lexer;
mod operand;
mod parser;
mod predicate;
mod suggestion;
mod syntax_error;
mod tables;
mod timestamp;
pub mod tree;
mod truth;
mod value;

pub use bind::Resolver;
pub use check::{Diagnostic, Severity, check};
pub use columns::{Column, ColumnKind, ends_with_name, same_column};
pub use execute::{Answer, execute};
pub use format::format;
pub use lexer::MAXIMUM_CHARACTERS;
pub use operand::Operand;
pub use parser::{parse_condition, parse_period, parse_query};
pub use predicate::{Formula, Predicate, Scope, Sides};
pub(crate) use suggestion::nearest;
pub use syntax_error::{Mistake, SyntaxError, SyntaxErrors};
pub use tables::{Tables, TimeRange};
pub use timestamp::{DAY, HOUR, MINUTE, SECOND, Timestamp};
pub use tree::{Condition, Expression, Name, Operator, Query, Span};
pub use truth::Truth;
pub(crate) use value::lower_case_text;
pub use value::{Comparison, Value, matches_wildcards};
