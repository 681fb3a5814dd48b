//! The matches of a plan, as many as a company has: what decides about each, and nothing of its row.

use std::collections::BTreeMap;

use super::mention::{Identifiers, mention_of};
use super::order::{in_order, sort};
use super::topic::{subjects_in, topic_of};
use crate::flow::Employee;
use crate::json::record;

record! {
    strict
    /// A match, as the facade takes it out of a row or an object.
    pub struct GivenMatch {
        /// Who it may concern.
        pub employees: Vec<Employee>,
        /// The device.
        pub device: Option<OutreachDevice>,
        /// The playbook's ID.
        pub playbook: String,
        /// The rules that match; none where the match is about the playbook as a whole.
        pub rules: Option<Vec<String>>,
        /// How bad it is; as bad as many rules match, where there is none.
        pub severity: Option<f64>,
    }
}

record! {
    lenient
    /// A device that a message is about.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    pub struct OutreachDevice {
        /// The collector UID, where the match tells it.
        pub collector_uid: Option<String>,
        /// The name, where the match tells it.
        pub name: Option<String>,
    }
}

/// What decides about a match.
#[derive(Debug)]
pub(super) struct Match {
    /// The position of the mention of its employee; none where nobody is named.
    pub mention: Option<u32>,
    /// Those of further employees.
    pub others: Box<[u32]>,
    /// Whether it may concern somebody else too, who is not named.
    pub is_of_others: bool,
    /// The position of what it is about.
    pub topic: u32,
    pub severity: f64,
    /// UID and name in one text.
    device: Box<str>,
}

const BETWEEN: char = '\u{1f}';

impl Match {
    /// The device, where one is told.
    fn device(&self) -> Option<OutreachDevice> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (uid, name) = self.device.split_once(BETWEEN)?;
        Some(OutreachDevice { collector_uid: text(uid), name: text(name) })
    }

    /// By what matches of one employee are put in order.
    pub fn device_text(&self) -> &str {
        &self.device
    }
}

/// What a plan takes for each mention while it sees who is who, beside the text,
const FOR_MENTION: usize = 96;
/// and for each match, at most.
const FOR_MATCH: usize = 112;

/// All matches of a plan.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub all: Vec<Match>,
    mentions: Numbered,
    topics: Numbered,
}

impl Matches {
    pub fn add(&mut self, given: GivenMatch) {
        let mut mentions =
            given.employees.iter().filter_map(mention_of).map(|mention| self.mentions.number_of(mention));
        let mention = mentions.next();
        let others: Box<[u32]> = mentions.collect();
        let is_of_others = mention.is_some() && others.len() + 1 < given.employees.len();
        let topic = topic_of(&given.playbook, given.rules.as_deref());
        #[expect(clippy::cast_precision_loss, reason = "a playbook has few rules")]
        let severity = given.severity.unwrap_or_else(|| subjects_in(&topic).count() as f64);
        let topic = self.topics.number_of(topic);
        self.all.push(Match { mention, others, is_of_others, topic, severity, device: text_of(given.device) });
    }

    /// After the last match: from now on mentions and topics are found by their numbers.
    pub fn settle(&mut self) {
        self.mentions.settle();
        self.topics.settle();
    }

    /// About how many bytes it takes to make a plan of them.
    pub fn room(&self) -> usize {
        let texts: usize = self.mentions.list.iter().map(|mention| mention.len()).sum();
        texts + self.mentions.list.len() * FOR_MENTION + self.all.len() * FOR_MATCH
    }

    /// All mentions, by number.
    pub fn mentions(&self) -> &[Box<str>] {
        &self.mentions.list
    }

    pub fn get(&self, one: u32) -> Option<&Match> {
        self.all.get(one as usize)
    }

    /// What a match is about, for `subjects_in`.
    pub fn topic(&self, one: &Match) -> &str {
        self.topics.list.get(one.topic as usize).map(|text| &**text).unwrap_or_default()
    }

    /// The devices of some matches, each once, in the order of the matches.
    pub fn devices(&self, matches: &[u32]) -> Vec<OutreachDevice> {
        let given = |place: u32| matches.get(place as usize).and_then(|one| self.get(*one));
        let text = |place: u32| given(place).map_or("", Match::device_text);
        let order = in_order(matches.len(), &mut |one, other| text(one).cmp(text(other)));
        let same = order.chunk_by(|one, other| text(*one) == text(*other));
        let mut first: Vec<u32> = same.filter_map(|same| same.first().copied()).collect();
        sort(&mut first, &mut |one, other| one.cmp(&other));
        first.into_iter().filter_map(|place| given(place)?.device()).collect()
    }

    /// All by which matches of one employee name them.
    pub fn identifiers(&self, matches: &[u32]) -> Identifiers {
        let mut identifiers = Identifiers::default();
        for given in matches.iter().filter_map(|one| self.get(*one)) {
            for mention in given.mention.iter().chain(&given.others) {
                if let Some(mention) = self.mentions.list.get(*mention as usize) {
                    identifiers.add(mention);
                }
            }
        }
        identifiers
    }
}

/// Texts that repeat, each held once under a number.
#[derive(Debug, Default)]
struct Numbered {
    known: BTreeMap<Box<str>, u32>,
    /// Those that have settled, by number.
    list: Vec<Box<str>>,
}

impl Numbered {
    /// One that has settled and comes again gets another number, which does no harm.
    fn number_of(&mut self, text: Box<str>) -> u32 {
        let next = u32::try_from(self.list.len() + self.known.len()).unwrap_or(u32::MAX);
        *self.known.entry(text).or_insert(next)
    }

    fn settle(&mut self) {
        self.list.resize(self.list.len() + self.known.len(), Box::default());
        for (text, number) in std::mem::take(&mut self.known) {
            if let Some(place) = self.list.get_mut(number as usize) {
                *place = text;
            }
        }
    }
}

fn text_of(device: Option<OutreachDevice>) -> Box<str> {
    let Some(OutreachDevice { collector_uid, name }) = device else { return Box::default() };
    let (uid, name) = (collector_uid.unwrap_or_default(), name.unwrap_or_default());
    if uid.is_empty() && name.is_empty() {
        return Box::default();
    }
    [&uid.replace(BETWEEN, " "), "\u{1f}", &name.replace(BETWEEN, " ")].concat().into()
}
