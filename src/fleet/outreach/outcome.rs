//! What comes of a plan: messages that may go out, and matches that are held.

use super::history::OutreachRecord;
use super::matches::OutreachDevice;
use super::topic::OutreachTopic;
use super::waiting::Waiting;
use crate::flow::Employee;
use crate::json::{record, words};
use crate::nql::Timestamp;

words! {
    /// Why a match is not told to anybody now.
    pub enum HeldReason {
        /// No rule matches: there is nothing to tell.
        NoMatch = "no-match",
        /// Nobody is known whom it concerns.
        NoEmployee = "no-employee",
        /// It may concern one of several employees, and not the others.
        SeveralEmployees = "several-employees",
        /// The employee wants to be told nothing.
        OptedOut = "opted-out",
        /// What time it is for the employee is not known.
        UnknownTimeZone = "unknown-time-zone",
        /// The employee was told the same already.
        ToldRecently = "told-recently",
        /// The employee was told something else, as often as may be.
        EmployeeLimit = "employee-limit",
        /// It is night or a day off for the employee.
        QuietHours = "quiet-hours",
        /// As many employees were told something as may be within an hour.
        HourlyLimit = "hourly-limit",
    }
}

record! {
    lenient
    /// A message to one employee.
    #[derive(Debug, Clone, PartialEq)]
    pub struct PlannedOutreach {
        /// Names the message, for a queue that lets nothing through twice: the same until its `record` is among `sent`, in all
        /// plans whose matches name the employee, by the same strongest identifier; then never again while that is kept. It is a
        /// digest of that identifier, without a secret: whoever can guess an address can find its keys. Treat it as you treat
        /// addresses.
        pub key: String,
        /// Who is told.
        pub employee: Employee,
        /// The playbook to start a conversation with.
        pub playbook: String,
        /// What it is about, the worst first, without what the employee was told recently.
        pub about: Vec<OutreachTopic>,
        /// The devices that it is about, as far as the matches tell.
        pub devices: Vec<OutreachDevice>,
        /// The positions of its matches, the worst first.
        pub matches: Vec<u32>,
        /// What to keep once the message has gone out.
        pub record: OutreachRecord,
    }
}

record! {
    lenient
    /// Matches that are not told to anybody now.
    #[derive(Debug, Clone, PartialEq)]
    pub struct HeldMatches {
        /// Why.
        pub reason: HeldReason,
        /// The first time at which they can go out, as far as is known now. None: time alone will not do.
        pub until: Option<Timestamp>,
        /// Whom they concern; none where that is not one employee, or where there is nothing to tell.
        pub employee: Option<Employee>,
        /// The positions of the matches.
        pub matches: Vec<u32>,
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub send: Vec<PlannedOutreach>,
    pub held: Waiting,
    pub next_at: Option<Timestamp>,
    pub forget: Vec<String>,
}
