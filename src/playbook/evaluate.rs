//! Facts → findings and recommendations, with the reasons as data.
//! Three-valued: what is not known never fires a remediation and is never called healthy.

use std::borrow::Cow;

use super::compiled::{FactColumn, Playbook, RemoteAction, Rule};
use super::condition::{When, is_guard};
use super::facts::{Fact, MissingReason, to_json};
use super::model::{DataCollection, Risk, Schedule};
use super::wording::{joined, localized, readable};
use crate::json::{Json, Map, record, words};
use crate::nql::{Predicate, Scope, Timestamp, Truth, Value};

words! {
    /// What a rule or a part of it says of a device.
    pub enum Verdict {
        /// It holds.
        Match = "match",
        /// It does not hold.
        NoMatch = "no-match",
        /// It cannot be told.
        Unknown = "unknown",
    }
}

record! {
    lenient
    /// What one rule says of a device, and why.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Finding {
        /// The rule's name.
        pub rule: String,
        /// What it says.
        pub verdict: Verdict,
        /// Why, in words for the employee; only for a match.
        pub reason: Option<String>,
        /// The parts of the rule's condition. Empty for a rule that always matches.
        pub because: Vec<ConditionPart>,
        /// The facts that are not known, and what would supply them.
        pub missing: Vec<MissingFact>,
    }
}

record! {
    lenient
    /// One comparison of a rule's condition.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ConditionPart {
        /// Its NQL text.
        pub condition: String,
        /// Whether it holds.
        pub verdict: Verdict,
        /// The facts that it stands on.
        pub values: Vec<FactValue>,
    }
}

record! {
    lenient
    /// A fact as it was when the rule was evaluated.
    #[derive(Debug, Clone, PartialEq)]
    pub struct FactValue {
        /// The column's name.
        pub column: String,
        /// Its value; null where it is not known.
        pub value: Json,
        /// When it was collected, where that is known.
        pub collected_at: Option<Timestamp>,
        /// How old it was at the diagnosis, in milliseconds, where that is known.
        pub age_ms: Option<f64>,
    }
}

record! {
    lenient
    /// A fact that is not known.
    #[derive(Debug, Clone, PartialEq)]
    pub struct MissingFact {
        /// The column's name.
        pub column: String,
        /// Why it is not known.
        pub reason: MissingReason,
        /// The scheduled remote action that would supply it.
        pub supplied_by: Option<Supplier>,
    }
}

record! {
    lenient
    /// A scheduled remote action that supplies a fact.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Supplier {
        /// Its NQL ID.
        pub remote_action_id: String,
        /// Its name in the Nexthink Library.
        pub title: String,
        /// How often it runs.
        pub schedule: Schedule,
    }
}

record! {
    lenient
    /// What to do about a finding.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Recommendation {
        /// The rule that recommends it.
        pub rule: String,
        /// Whether a script does it or the employee.
        pub kind: RecommendationKind,
        /// The NQL ID of the remote action, in this tenant.
        pub remote_action_id: Option<String>,
        /// The script's inputs.
        pub params: Option<Map<String>>,
        /// What it is called: the remote action's name, or the advice.
        pub title: String,
        /// Whether the employee's work is interrupted.
        pub risk: Risk,
        /// How long it usually takes.
        pub expected_seconds: Option<u32>,
    }
}

words! {
    /// Who carries out a recommendation.
    pub enum RecommendationKind {
        /// A script on the device, after consent.
        RemoteAction = "remote-action",
        /// The employee.
        Advice = "advice",
    }
}

record! {
    lenient
    /// What a playbook says of a device.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Evaluation {
        /// Whether the playbook applies to the device's platform.
        pub applicable: bool,
        /// What each rule says, in the playbook's order.
        pub findings: Vec<Finding>,
        /// What to do, best first; what always helps comes last.
        pub recommendations: Vec<Recommendation>,
    }
}

/// How to evaluate: for whom, and when.
pub struct Circumstances<'a> {
    /// The language of the texts.
    pub locale: &'a str,
    /// The time of the diagnosis, for ages.
    pub now: Option<Timestamp>,
    /// The tenant's NQL ID for a remote action that the playbook names.
    pub remote_action_id: &'a dyn Fn(&str) -> String,
}

impl Playbook {
    /// Evaluates every rule.
    pub fn evaluate(&self, facts: &[Fact], circumstances: &Circumstances<'_>) -> Evaluation {
        let evaluator = Evaluator { playbook: self, facts, circumstances };
        let mut findings = Vec::with_capacity(self.rules.len());
        let mut recommendations = Vec::new();
        // What always helps is offered after what the findings call for.
        let mut last = Vec::new();
        for rule in &self.rules {
            let mut finding = evaluator.finding(rule);
            if finding.verdict == Verdict::Match {
                let found = evaluator.recommendation(rule, &mut finding.missing);
                if rule.when.is_some() { &mut recommendations } else { &mut last }.extend(found);
            }
            findings.push(finding);
        }
        recommendations.append(&mut last);
        Evaluation { applicable: true, findings, recommendations }
    }
}

impl Evaluation {
    /// What is said of a device that the playbook is not for.
    pub const fn not_applicable() -> Self {
        Self { applicable: false, findings: Vec::new(), recommendations: Vec::new() }
    }
}

struct Evaluator<'a> {
    playbook: &'a Playbook,
    facts: &'a [Fact],
    circumstances: &'a Circumstances<'a>,
}

impl Scope<usize> for Evaluator<'_> {
    fn field(&self, column: &usize) -> Cow<'_, Value> {
        self.value(*column).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
    }
}

impl<'a> Evaluator<'a> {
    fn finding(&self, rule: &Rule) -> Finding {
        let mut because = Vec::new();
        let mut missing = Vec::new();
        let truth = match &rule.when {
            None => Truth::True,
            Some(when) => when.condition.truth_of(&mut |part| self.part(when, part, &mut because, &mut missing)),
        };
        let verdict = Verdict::from(truth);
        let reason = match verdict {
            Verdict::Match => localized(&rule.reason, self.circumstances.locale)
                .map(|template| template.fill(|column| self.value(column))),
            _ => None,
        };
        Finding { rule: rule.id.clone(), verdict, reason, because, missing }
    }

    /// Evaluates one comparison and writes down what it stood on.
    fn part(
        &self,
        when: &When,
        part: &Predicate<usize>,
        because: &mut Vec<ConditionPart>,
        missing: &mut Vec<MissingFact>,
    ) -> Truth {
        let mut truth = part.part_truth(self);
        let guard = truth != Truth::True && is_guard(part, &self.playbook.columns);
        if guard {
            truth = Truth::Unknown;
        }
        let Some(sides) = part.sides() else { return truth };
        let mut columns = Vec::new();
        sides.left.fields(&mut |column| columns.push(*column));
        sides.right.fields(&mut |column| columns.push(*column));
        if truth == Truth::Unknown {
            let unreadable = if guard { MissingReason::Failed } else { MissingReason::Unreadable };
            self.add_missing(&columns, unreadable, missing);
        }
        because.push(ConditionPart {
            condition: when.text.get(sides.span.start..sides.span.end).unwrap_or_default().to_owned(),
            verdict: truth.into(),
            values: columns.iter().filter_map(|column| self.fact_value(*column)).collect(),
        });
        truth
    }

    /// Names the columns that are to blame: those without a value, else all, for the reason given.
    fn add_missing(&self, columns: &[usize], otherwise: MissingReason, missing: &mut Vec<MissingFact>) {
        let without_value = columns.iter().any(|column| self.value(*column).is_none());
        for column in columns {
            let (Some(fact), Some(of)) = (self.facts.get(*column), self.playbook.columns.get(*column)) else {
                continue;
            };
            let reason = match &fact.value {
                Err(reason) => *reason,
                Ok(_) if without_value => continue,
                Ok(_) => otherwise,
            };
            if missing.iter().all(|known| known.column != of.name) {
                missing.push(self.missing_fact(of, reason));
            }
        }
    }

    fn missing_fact(&self, column: &FactColumn, reason: MissingReason) -> MissingFact {
        let supplied_by = self.playbook.collected_by(column).map(Supplier::from);
        MissingFact { column: column.name.clone(), reason, supplied_by }
    }

    fn fact_value(&self, column: usize) -> Option<FactValue> {
        let fact = self.facts.get(column)?;
        Some(FactValue {
            column: self.playbook.columns.get(column)?.name.clone(),
            value: self.value(column).map_or(Json::Null, to_json),
            collected_at: fact.collected_at,
            age_ms: fact.collected_at.zip(self.circumstances.now).map(|(then, now)| milliseconds(now.since(then))),
        })
    }

    /// What a matching rule recommends; none where an input of the script is not known, which is then missing.
    fn recommendation(&self, rule: &Rule, missing: &mut Vec<MissingFact>) -> Option<Recommendation> {
        let Some(position) = rule.remote_action else {
            return Some(Recommendation {
                rule: rule.id.clone(),
                kind: RecommendationKind::Advice,
                remote_action_id: None,
                params: None,
                title: localized(&rule.advice, self.circumstances.locale)?.clone(),
                risk: Risk::Safe,
                expected_seconds: None,
            });
        };
        let action = self.playbook.remote_actions.get(position)?;
        Some(Recommendation {
            rule: rule.id.clone(),
            kind: RecommendationKind::RemoteAction,
            remote_action_id: Some((self.circumstances.remote_action_id)(&action.name)),
            params: Some(self.parameters(action, missing)?),
            title: action.title.clone(),
            risk: action.risk,
            expected_seconds: action.expected_seconds,
        })
    }

    fn parameters(&self, action: &RemoteAction, missing: &mut Vec<MissingFact>) -> Option<Map<String>> {
        let mut filled = Map::default();
        for (name, parameter) in action.parameters.iter() {
            let text = parameter.text.clone().or_else(|| {
                // The first that is known decides: an empty list says that there is nothing to give the script.
                parameter.columns.iter().find_map(|column| self.value(*column)).and_then(parameter_text)
            });
            let Some(text) = text else {
                self.add_missing(&parameter.columns, MissingReason::NoValue, missing);
                return None;
            };
            filled.0.push((name.to_owned(), text));
        }
        Some(filled)
    }

    fn value(&self, column: usize) -> Option<&'a Value> {
        self.facts.get(column).and_then(|fact| fact.value.as_ref().ok())
    }
}

#[expect(clippy::cast_precision_loss, reason = "an age is far below 2^53 milliseconds")]
fn milliseconds(duration: i64) -> f64 {
    duration as f64
}

/// A fact as a script's input. An empty list is none: the script would be started for nothing.
fn parameter_text(value: &Value) -> Option<String> {
    match value {
        Value::List(values) if values.is_empty() => None,
        Value::List(values) => Some(joined(values, ",")),
        value => Some(readable(value)),
    }
}

impl From<&DataCollection> for Supplier {
    fn from(collection: &DataCollection) -> Self {
        Self {
            remote_action_id: collection.remote_action_id.clone(),
            title: collection.title.clone(),
            schedule: collection.schedule,
        }
    }
}

impl From<Truth> for Verdict {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::Match,
            Truth::False => Self::NoMatch,
            Truth::Unknown => Self::Unknown,
        }
    }
}
