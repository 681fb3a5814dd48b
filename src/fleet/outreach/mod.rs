//! Who is told what, before anybody complains: the matches of scans → messages that may go out now, and all the rest, held with
//! the reason and the time until which. The host sends; what it has sent it gives to the next plan, which goes on from there.
//!
//! The same matches, records, limits and time give the same plan, in whichever order they come.

mod columns;
mod groups;
mod history;
mod hour;
mod key;
mod limits;
mod matches;
mod mention;
mod occasion;
mod opt_outs;
mod order;
mod outcome;
mod people;
mod plan;
mod quiet;
mod register;
mod room;
#[cfg(test)]
mod tests;
mod topic;
mod waiting;
mod zone;

pub use columns::OutreachColumns;
pub use history::OutreachRecord;
pub use limits::{EmployeeLimit, OutreachLimits, QuietHours};
pub use matches::{GivenMatch, OutreachDevice};
pub use occasion::OutreachSettings;
pub use opt_outs::OptedOut;
pub use outcome::{HeldMatches, HeldReason, PlannedOutreach};
pub use quiet::{TimeOfDay, Weekday};
pub use topic::OutreachTopic;
pub use zone::GivenZone;

use crate::api::problem::NexthinkError;
use crate::flow::Employee;
use crate::json::record;
use crate::nql::Timestamp;
use groups::Groups;
use history::History;
use matches::Matches;
use opt_outs::OptOuts;
use outcome::Plan;
use plan::Planner;
use room::make_room;
use waiting::{HeldTogether, Waiting};

/// A plan in the making: matches, records and opt-outs are added in any order and in pieces of any size; then it is planned
/// once, and the messages and what is held are taken out.
#[derive(Default)]
pub struct Outreach {
    matches: Matches,
    history: History,
    opted_out: OptOuts,
    groups: Option<Groups>,
    /// How many employees were given out.
    given: usize,
    held: Waiting,
}

record! {
    lenient
    /// What may go out, without what is held: that is taken out in pieces.
    pub struct OutreachDecisions {
        /// The messages, the most urgent first.
        pub send: Vec<PlannedOutreach>,
        /// When something that is held can go out.
        pub next_at: Option<Timestamp>,
        /// The keys of records that hold nothing back any more.
        pub forget: Vec<String>,
    }
}

record! {
    lenient
    /// An employee and the positions of their matches.
    pub struct OutreachEmployee {
        /// Who it is.
        pub employee: Employee,
        /// The positions of the matches.
        pub matches: Vec<u32>,
    }
}

impl Outreach {
    /// Adds a match. Its position is how many there were before.
    pub fn add(&mut self, given: GivenMatch) {
        self.groups = None;
        self.matches.add(given);
    }

    /// Adds a record of what was sent.
    ///
    /// # Errors
    /// `invalid` for a record of nobody.
    pub fn add_sent(&mut self, record: OutreachRecord) -> Result<(), NexthinkError> {
        self.history.add(record)
    }

    /// Adds somebody who wants to be told nothing.
    ///
    /// # Errors
    /// `invalid` for nobody.
    pub fn add_opted_out(&mut self, one: OptedOut) -> Result<(), NexthinkError> {
        self.opted_out.add(one)
    }

    /// The next so many of the employees whom matches concern, in an order that does not depend on that of the matches; empty at
    /// the end.
    pub fn employees(&mut self, most: usize) -> Vec<OutreachEmployee> {
        self.settle();
        let groups =
            self.groups.iter().flat_map(|groups| (self.given..groups.len()).filter_map(|place| groups.get(place)));
        let employee = |matches: &[u32]| self.matches.identifiers(matches).employee();
        let taken: Vec<OutreachEmployee> = groups
            .take(most)
            .map(|group| OutreachEmployee { employee: employee(group.matches), matches: group.matches.to_vec() })
            .collect();
        self.given += taken.len();
        taken
    }

    /// Decides about everything that was added.
    ///
    /// # Errors
    /// `invalid`, naming the limit that is none.
    pub fn plan(&mut self, settings: OutreachSettings) -> Result<OutreachDecisions, NexthinkError> {
        let occasion = settings.check()?;
        self.settle();
        let groups = self.groups.get_or_insert_default();
        let (matches, history, opted_out) = (&self.matches, &self.history, &self.opted_out);
        let Plan { send, held, next_at, forget } =
            Planner { occasion: &occasion, matches, groups, history, opted_out }.plan();
        self.held = held;
        Ok(OutreachDecisions { send, next_at, forget })
    }

    /// The next of what is held, about so many matches; empty at the end.
    pub fn held(&mut self, most: usize) -> Vec<HeldMatches> {
        let mut taken = Vec::new();
        let mut count = 0;
        while count < most {
            let Some(HeldTogether { reason, until, person, matches }) = self.held.next() else { break };
            count += matches.len();
            let employee = person.map(|_| self.matches.identifiers(&matches).employee());
            taken.push(HeldMatches { reason, until, employee, matches });
        }
        taken
    }

    fn settle(&mut self) {
        self.matches.settle();
        self.history.settle();
        if self.groups.is_none() {
            make_room(self.matches.room());
            self.groups = Some(Groups::of(&self.matches));
        }
    }
}
