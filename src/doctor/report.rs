//! What the doctor found, as data: what is well, what is not and what to do about it, and what could not be checked.

use crate::json::{record, words};

record! {
    lenient
    /// What the doctor found.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct DoctorReport {
        /// Whether all that could be asked for was checked, and nothing of it is an error.
        pub ok: bool,
        /// What was checked. What is well is one check; of what is not, each trouble is one, its name after the colon.
        pub checks: Vec<DoctorCheck>,
        /// What was not checked.
        pub not_checked: Vec<NotChecked>,
    }
}

record! {
    lenient
    /// One thing that was checked.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct DoctorCheck {
        /// What, for programs: `query:outlook`, `remote-action:disk_cleanup:api-trigger`.
        pub id: String,
        /// How it is.
        pub status: CheckStatus,
        /// What, for people.
        pub title: String,
        /// What was found.
        pub detail: String,
        /// What to do, in the words of Nexthink's user interface; empty where nothing is to be done.
        pub fix: String,
    }
}

words! {
    /// How a thing is.
    pub enum CheckStatus {
        /// As it should be.
        Ok = "ok",
        /// Something is left out or may fail.
        Warning = "warning",
        /// Something cannot work.
        Error = "error",
    }
}

record! {
    lenient
    /// One thing that was not checked.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct NotChecked {
        /// What, for programs.
        pub id: String,
        /// Why, for programs.
        pub reason: NotCheckedReason,
        /// What, for people.
        pub title: String,
        /// Why, for people.
        pub detail: String,
        /// What to do so that it can be checked.
        pub fix: String,
    }
}

words! {
    /// Why a thing was not checked.
    pub enum NotCheckedReason {
        /// The tenant did not answer the question this time.
        TryAgain = "try-again",
        /// Something that was found first stands in the way.
        Blocked = "blocked",
        /// It depends on an employee, and none was given.
        NeedsEmployee = "needs-employee",
        /// The tenant does not tell.
        NotTold = "not-told",
    }
}

/// A report in the making.
#[derive(Default)]
pub(super) struct Findings {
    checks: Vec<DoctorCheck>,
    not_checked: Vec<NotChecked>,
}

/// What is being checked, under which name.
#[derive(Clone)]
pub(super) struct Subject {
    id: String,
    title: String,
}

impl Subject {
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into() }
    }

    /// One of the things that can be wrong with it.
    pub fn part(&self, part: &str, title: &str) -> Self {
        Self { id: format!("{}:{part}", self.id), title: format!("{}: {title}", self.title) }
    }
}

impl Findings {
    pub fn ok(&mut self, subject: Subject, detail: impl Into<String>) {
        self.add(CheckStatus::Ok, subject, detail, "");
    }

    pub fn warning(&mut self, subject: Subject, detail: impl Into<String>, fix: impl Into<String>) {
        self.add(CheckStatus::Warning, subject, detail, fix);
    }

    pub fn error(&mut self, subject: Subject, detail: impl Into<String>, fix: impl Into<String>) {
        self.add(CheckStatus::Error, subject, detail, fix);
    }

    pub fn add(&mut self, status: CheckStatus, subject: Subject, detail: impl Into<String>, fix: impl Into<String>) {
        let Subject { id, title } = subject;
        self.checks.push(DoctorCheck { id, status, title, detail: detail.into(), fix: fix.into() });
    }

    pub fn not_checked(
        &mut self,
        reason: NotCheckedReason,
        subject: Subject,
        detail: impl Into<String>,
        fix: impl Into<String>,
    ) {
        let Subject { id, title } = subject;
        self.not_checked.push(NotChecked { id, reason, title, detail: detail.into(), fix: fix.into() });
    }

    /// How many there are so far: nothing was found where it stays the same.
    pub fn count(&self) -> usize {
        self.checks.len() + self.not_checked.len()
    }

    /// Whether a check failed.
    pub fn has_error(&self, id: &str) -> bool {
        self.checks.iter().any(|check| check.id == id && check.status == CheckStatus::Error)
    }

    pub fn into_report(self) -> DoctorReport {
        let Self { checks, not_checked } = self;
        let failed = checks.iter().any(|check| check.status == CheckStatus::Error);
        let open = |one: &NotChecked| matches!(one.reason, NotCheckedReason::TryAgain | NotCheckedReason::Blocked);
        DoctorReport { ok: !failed && !not_checked.iter().any(open), checks, not_checked }
    }
}
