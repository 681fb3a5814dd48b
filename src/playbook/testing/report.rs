//! What a run of a playbook's tests gives, as data.

use crate::json::{Json, record, words};
use crate::playbook::finding::{Clause, ConditionPart, MissingFact, Verdict};

record! {
    lenient
    /// What the tests beside a playbook have shown.
    #[derive(Debug, Clone, PartialEq)]
    pub struct PlaybookTestReport {
        /// Whether all of them passed.
        pub ok: bool,
        /// How many passed.
        pub passed: usize,
        /// How many did not.
        pub failed: usize,
        /// Each test, in the order of the file.
        pub tests: Vec<PlaybookTestResult>,
        /// Which branches of the conditions they have reached.
        pub coverage: BranchCoverage,
    }
}

record! {
    lenient
    /// What one test has shown.
    #[derive(Debug, Clone, PartialEq)]
    pub struct PlaybookTestResult {
        /// Its name.
        pub name: String,
        /// Whether everything is as it should be.
        pub ok: bool,
        /// What is not.
        pub differences: Vec<TestDifference>,
    }
}

words! {
    /// What a test looks at.
    pub enum TestedProperty {
        /// What a rule says.
        Verdict = "verdict",
        /// Whether the playbook applies.
        Applicable = "applicable",
        /// The order of the recommendations.
        Recommendations = "recommendations",
        /// A recommendation's parameters.
        Params = "params",
        /// Whether the test can be run.
        Test = "test",
    }
}

record! {
    lenient
    /// One thing that is not as a test wants it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct TestDifference {
        /// What differs.
        pub property: TestedProperty,
        /// The rule that it is about.
        pub rule: Option<String>,
        /// In one sentence.
        pub message: String,
        /// What the test wants.
        pub expected: Json,
        /// What came out.
        pub found: Json,
        /// The parts of the rule's conditions, with their values.
        pub because: Vec<ConditionPart>,
        /// The facts that the rule lacks.
        pub missing: Vec<MissingFact>,
    }
}

record! {
    lenient
    /// How many of the branches the tests have reached: each part of each condition can hold, not hold, or be unknown.
    #[derive(Debug, Clone, PartialEq)]
    pub struct BranchCoverage {
        /// How many branches there are.
        pub total: usize,
        /// How many were reached.
        pub reached: usize,
        /// Those that were not.
        pub missed: Vec<ConditionBranch>,
    }
}

record! {
    lenient
    /// One outcome of one part of a condition.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ConditionBranch {
        /// The rule.
        pub rule: String,
        /// Where in the rule the part stands.
        pub clause: Clause,
        /// The part's NQL.
        pub condition: String,
        /// The outcome.
        pub verdict: Verdict,
    }
}
