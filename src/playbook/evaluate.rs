//! Facts → findings and recommendations, with the reasons as data.
//! Three-valued: what is not known never fires a remediation and is never called healthy.

use super::compiled::{FactColumn, Playbook, RemoteAction, Rule};
use super::condition::When;
use super::facts::{Fact, MissingReason, to_json};
use super::finding::{
    Clause, ConditionPart, Evaluation, FactValue, Finding, MissingFact, Recommendation, RecommendationKind, Supplier,
    Verdict,
};
use super::judge::{Judgement, Sight, judge};
use super::model::Risk;
use super::wording::{Template, joined, with_locale};
use crate::json::{Json, Map};
use crate::nql::{Operand, Predicate, Scope, Timestamp, Truth, Value};

/// How to evaluate: for whom, and when.
pub struct Circumstances<'a> {
    /// The language of the texts.
    pub locale: &'a str,
    /// The time of the diagnosis, for ages.
    pub now: Option<Timestamp>,
    /// The tenant's NQL ID for a remote action of the playbook.
    pub remote_action_id: &'a dyn Fn(&RemoteAction) -> String,
}

impl Playbook {
    /// Evaluates every rule.
    pub fn evaluate(&self, facts: &[Fact], circumstances: &Circumstances<'_>) -> Evaluation {
        let mut findings = Vec::with_capacity(self.rules.len());
        let mut recommendations = Vec::new();
        // What always helps is offered after what the findings call for.
        let mut last = Vec::new();
        for rule in &self.rules {
            let facts = rule.facts_in_time(facts, circumstances.now);
            let evaluator = Evaluator { playbook: self, facts: &facts, circumstances };
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

struct Evaluator<'a> {
    playbook: &'a Playbook,
    facts: &'a [Fact],
    circumstances: &'a Circumstances<'a>,
}

impl Scope<usize> for Evaluator<'_> {
    fn field(&self, column: &usize) -> Operand<'_> {
        self.value(*column).map_or(Operand::Null, Operand::from)
    }
}

impl Sight for Evaluator<'_> {
    fn hides(&self, column: usize) -> bool {
        self.facts.get(column).is_some_and(|fact| fact.value.as_ref().is_err_and(|reason| reason.hides_a_value()))
    }
}

impl<'a> Evaluator<'a> {
    fn finding(&self, rule: &Rule) -> Finding {
        let mut because = Vec::new();
        let mut missing = Vec::new();
        let truth = rule.truth(&mut |clause, when, part| self.part(clause, when, part, &mut because, &mut missing));
        let verdict = Verdict::from(truth);
        let reason = if verdict == Verdict::Match { self.text(&rule.reason) } else { None };
        Finding { rule: rule.id.clone(), verdict, reason, because, missing }
    }

    /// Evaluates one comparison and writes down what it stood on.
    fn part(
        &self,
        clause: Clause,
        when: &When,
        part: &Predicate<usize>,
        because: &mut Vec<ConditionPart>,
        missing: &mut Vec<MissingFact>,
    ) -> Truth {
        let Judgement { truth, failed } = judge(part, self, &self.playbook.columns);
        let Some(sides) = part.sides() else { return truth };
        let mut columns = Vec::new();
        sides.left.fields(&mut |column| columns.push(*column));
        sides.right.fields(&mut |column| columns.push(*column));
        if truth == Truth::Unknown {
            let unreadable = if failed { MissingReason::Failed } else { MissingReason::Unreadable };
            self.add_missing(&columns, unreadable, missing);
        }
        because.push(ConditionPart {
            condition: when.text.get(sides.span.start..sides.span.end).unwrap_or_default().to_owned(),
            clause,
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
                title: self.text(&rule.advice)?,
                description: None,
                risk: Risk::Safe,
                expected_seconds: None,
                cooldown_ms: rule.cooldown_ms,
            });
        };
        let action = self.playbook.remote_actions.get(position)?;
        Some(Recommendation {
            rule: rule.id.clone(),
            kind: RecommendationKind::RemoteAction,
            remote_action_id: Some((self.circumstances.remote_action_id)(action)),
            params: Some(self.parameters(action, missing)?),
            title: action.title.clone(),
            description: self.text(&action.description),
            risk: action.risk,
            expected_seconds: action.expected_seconds,
            cooldown_ms: rule.cooldown_ms,
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

    /// A text in the caller's language, with its values.
    fn text(&self, texts: &Map<Template>) -> Option<String> {
        with_locale(texts, self.circumstances.locale)
            .map(|(locale, template)| template.fill(locale, |column| self.value(column)))
    }

    fn value(&self, column: usize) -> Option<&'a Value> {
        self.facts.get(column).and_then(|fact| fact.value.as_ref().ok())
    }
}

#[expect(clippy::cast_precision_loss, reason = "an age is far below 2^53 milliseconds")]
fn milliseconds(duration: i64) -> f64 {
    duration as f64
}

/// A fact as a script's input, to the letter: a version or a ratio must not be rounded as it is for people. An empty list
/// is none: the script would be started for nothing.
pub(super) fn parameter_text(value: &Value) -> Option<String> {
    match value {
        Value::List(values) if values.is_empty() => None,
        Value::List(values) => Some(joined(values, ",", exact)),
        value => Some(exact(value)),
    }
}

fn exact(value: &Value) -> String {
    match to_json(value) {
        Json::Text(text) => text.into(),
        // What has no end in decimals would be written with an exponent, which a script need not read.
        Json::Number(number) if number.fract() != 0.0 && Json::Number(number).to_text().contains('e') => {
            Json::Number((number * 1e6).round() / 1e6).to_text()
        }
        other => other.to_text(),
    }
}
