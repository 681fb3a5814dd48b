//! A rule as it is written → a rule over positions of columns and remote actions.

use super::columns::{Columns, in_milliseconds, short};
use super::condition;
use super::identifier;
use crate::json::Map;
use crate::nql::{nearest, parse_period};
use crate::playbook::compiled::{FactColumn, FactKind, Freshness, RemoteAction, Rule};
use crate::playbook::mistake::{Mistake, below, element};
use crate::playbook::model::{FreshnessModel, Localized, RuleModel};
use crate::playbook::wording::Template;

/// What a rule is compiled with.
pub(super) struct Surroundings<'a> {
    pub columns: &'a Columns,
    pub remote_actions: &'a [RemoteAction],
    pub mistakes: &'a mut Vec<Mistake>,
}

impl Surroundings<'_> {
    fn wrong(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake::new(pointer, message).help(help));
    }

    /// Compiles a rule as far as it goes: what is wrong with it is among the mistakes.
    pub fn rule(&mut self, rule: &RuleModel, at: &str) -> Rule {
        identifier(&rule.id, &below(at, "id"), self.mistakes);
        match (&rule.when, rule.always) {
            (Some(_), true) => self.wrong(at, "a rule that holds `always` has no `when`", "leave one of them out"),
            (None, false) => {
                self.wrong(
                    at,
                    "the rule does not say when it matches",
                    "add `when` with a condition, or `\"always\": true`",
                );
            }
            _ => {}
        }
        let mut condition = |text: &Option<String>, name: &str| {
            condition::compile(text.as_ref()?, self.columns, &below(at, name), self.mistakes)
        };
        let (when, unless) = (condition(&rule.when, "when"), condition(&rule.unless, "unless"));
        let cooldown_ms = rule.cooldown.as_ref().and_then(|text| self.period(text, &below(at, "cooldown")));
        let remote_action = rule.remote_action.as_ref().and_then(|name| self.remote_action(name, at));
        if rule.remote_action.is_some() == rule.advice.is_some() {
            let message = match rule.advice {
                Some(_) => "the rule has both a `remoteAction` and `advice`",
                None => "the rule does not say what to do",
            };
            self.wrong(at, message, "give it either a `remoteAction` or `advice`");
        }
        let reason = self.texts(&rule.reason, &below(at, "reason"));
        let advice = rule.advice.as_ref().map(|advice| self.texts(advice, &below(at, "advice"))).unwrap_or_default();
        let mut freshness = Vec::new();
        for (position, one) in rule.freshness.iter().enumerate() {
            let at = element(&below(at, "freshness"), position);
            let Some(compiled) = self.freshness(one, &at) else { continue };
            if freshness.iter().any(|known: &Freshness| known.column == compiled.column) {
                self.wrong(&below(&at, "fact"), format!("`{}` stands here twice", one.fact), "leave one of them out");
            }
            freshness.push(compiled);
        }
        Rule { id: rule.id.clone(), when, unless, freshness, cooldown_ms, reason, remote_action, advice }
    }

    fn remote_action(&mut self, name: &str, at: &str) -> Option<usize> {
        let position = self.remote_actions.iter().position(|action| action.name == name);
        if position.is_none() {
            let near = nearest(name, self.remote_actions.iter().map(|action| &*action.name));
            let mistake = Mistake::new(&below(at, "remoteAction"), format!("`{name}` is not among `remoteActions`"));
            self.mistakes.push(mistake.meant(near, "declare it there with its title and risk"));
        }
        position
    }

    fn texts(&mut self, texts: &Localized, at: &str) -> Map<Template> {
        templates(texts, at, self.columns, self.mistakes)
    }

    fn freshness(&mut self, model: &FreshnessModel, at: &str) -> Option<Freshness> {
        let max_age_ms = self.period(&model.max_age, &below(at, "maxAge"));
        let column = self.columns.resolve(&model.fact, None, &below(at, "fact"), self.mistakes);
        let time = match &model.time {
            Some(name) => Some(self.columns.resolve(name, None, &below(at, "time"), self.mistakes)?),
            None => None,
        };
        let column = column?;
        let fact = self.columns.all.get(column)?;
        let is_no_time = |fact: &&FactColumn| fact.list || matches!(fact.kind, FactKind::Count | FactKind::Status);
        if let Some(other) = time.and_then(|time| self.columns.all.get(time)).filter(is_no_time) {
            let message = format!("`{}` holds no time", short(&other.name));
            self.wrong(&below(at, "time"), message, "name the column that says when the fact was collected");
        }
        let collected = matches!(fact.kind, FactKind::Output | FactKind::Status);
        if time.is_none() && fact.time.is_none() && !(collected && fact.collected_by.is_some()) {
            let message = format!("the age of `{}` cannot be known", short(&fact.name));
            let help = match collected {
                true => {
                    "name its remote action in `dataCollection`, or list `remote_action.<id>.execution.time` in the query"
                }
                false => "name the column that holds its time in `time`",
            };
            self.wrong(at, message, help);
        }
        Some(Freshness { column, max_age_ms: max_age_ms?, time })
    }

    fn period(&mut self, text: &str, pointer: &str) -> Option<f64> {
        match parse_period(text) {
            Ok(period) => Some(in_milliseconds(period.milliseconds())),
            Err(wrong) => {
                let example = "write a number and a unit, as in `30min`, `2h` or `1d`";
                self.mistakes.append(&mut Mistake::syntax(pointer, &wrong, example));
                None
            }
        }
    }
}

/// Texts of which there must be one at least, and in which every place stands for a column.
pub(super) fn templates(texts: &Localized, at: &str, columns: &Columns, mistakes: &mut Vec<Mistake>) -> Map<Template> {
    filled(texts, at, mistakes);
    let mut compiled = Map::default();
    for (locale, text) in texts.iter() {
        let pointer = below(at, locale);
        let mut wrong = Vec::new();
        let template = Template::parse(text, &mut wrong, &mut |name, span| {
            columns.resolve(name, Some(span), &pointer, mistakes).unwrap_or_default()
        });
        for (span, message, help) in wrong {
            mistakes.push(Mistake::new(&pointer, message).help(help).at(span));
        }
        compiled.0.push((locale.to_owned(), template));
    }
    compiled
}

/// There must be a text in one language at least, and none may be empty.
pub(super) fn filled(texts: &Localized, at: &str, mistakes: &mut Vec<Mistake>) {
    if texts.0.is_empty() {
        mistakes.push(
            Mistake::new(at, "there is no text").help("write it in one language at least, as in `{ \"en\": \"…\" }`"),
        );
    }
    for (locale, text) in texts.iter() {
        if text.trim().is_empty() {
            mistakes.push(
                Mistake::new(&below(at, locale), "the text is empty").help("write it, or leave the language out"),
            );
        }
    }
}
