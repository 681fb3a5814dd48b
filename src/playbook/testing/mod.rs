//! Tests beside a playbook: rows in, verdicts out; and which branches of its conditions they have reached.
//!
//! | file | what it does |
//! | --- | --- |
//! | `model` | the file, field by field |
//! | `run` | runs the tests and says what differs |
//! | `coverage` | counts the branches |
//! | `report` | what comes out, as data |

mod coverage;
mod model;
mod report;
mod run;
#[cfg(test)]
mod tests;

pub use model::{PlaybookTest, PlaybookTests};
pub use report::{
    BranchCoverage, ConditionBranch, PlaybookTestReport, PlaybookTestResult, TestDifference, TestedProperty,
};
pub use run::{TestRun, run_tests};
