//! A row of any table, by positions and times: small, and copied freely.

use nexthink_chatbot::nql::{TimeRange, Timestamp};

use super::View;
use crate::fleet::{Boot, Crash, Device, Failure, Login, Usage};

/// A row of any table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    Device(usize),
    User(usize),
    /// A package, wherever it is installed: shown by one device that has it.
    Package {
        device: usize,
        position: usize,
    },
    Application(usize),
    Binary(usize),
    /// A package on a device.
    Installed {
        device: usize,
        position: usize,
    },
    /// A part of a session.
    Session {
        device: usize,
        part: TimeRange,
    },
    Login {
        device: usize,
        login: Login,
    },
    Performance {
        device: usize,
        at: Timestamp,
    },
    Boot {
        device: usize,
        boot: Boot,
    },
    Failure {
        device: usize,
        failure: Failure,
    },
    Crash {
        device: usize,
        crash: Crash,
    },
    Usage {
        device: usize,
        usage: Usage,
    },
    /// An execution that the API triggered.
    Triggered(usize),
    /// A workflow's execution, by its position.
    WorkflowExecution(usize),
    /// A campaign sent to an employee, by its position.
    Response(usize),
    /// A run of a scheduled data collection.
    Collected {
        device: usize,
        action: usize,
        at: Timestamp,
    },
}

impl Row {
    /// The binary that an event is about, by its position.
    pub fn binary(self) -> Option<usize> {
        match self {
            Self::Binary(binary) => Some(binary),
            Self::Crash { crash, .. } => Some(crash.binary),
            Self::Usage { usage, .. } => Some(usage.binary),
            _ => None,
        }
    }
}

impl<'a> View<'a> {
    /// The position of the device that a row is or belongs to.
    pub(super) fn device_of(&self, row: Row) -> Option<usize> {
        match row {
            Row::Device(device)
            | Row::Installed { device, .. }
            | Row::Session { device, .. }
            | Row::Login { device, .. }
            | Row::Performance { device, .. }
            | Row::Boot { device, .. }
            | Row::Failure { device, .. }
            | Row::Crash { device, .. }
            | Row::Usage { device, .. }
            | Row::Collected { device, .. } => Some(device),
            Row::Triggered(position) => self.executions.list.get(position).map(|one| one.device),
            Row::WorkflowExecution(position) => self.workflows.list().get(position)?.target.device,
            Row::User(_) | Row::Package { .. } | Row::Application(_) | Row::Binary(_) | Row::Response(_) => None,
        }
    }

    /// The position of the employee whom a row is or belongs to.
    pub(super) fn user_of(&self, row: Row) -> Option<usize> {
        match row {
            Row::User(user) => Some(user),
            // Who uses the device is not whom the workflow is for.
            Row::WorkflowExecution(position) => self.workflows.list().get(position)?.target.user,
            Row::Response(_) => self.response(row).map(|request| request.user),
            row => self.device(row).map(|device| device.owner),
        }
    }

    pub(super) fn device(&self, row: Row) -> Option<&'a Device> {
        self.fleet.devices.get(self.device_of(row)?)
    }

    /// When an event happened; none of objects.
    pub(super) fn time_of(&self, row: Row) -> Option<Timestamp> {
        match row {
            Row::Session { part, .. } => Some(part.from),
            Row::Login { login, .. } => Some(login.at),
            Row::Performance { at, .. } | Row::Collected { at, .. } => Some(at),
            Row::Boot { boot, .. } => Some(boot.at),
            Row::Failure { failure, .. } => Some(failure.at),
            Row::Crash { crash, .. } => Some(crash.at),
            Row::Usage { usage, .. } => Some(usage.part.from),
            Row::Triggered(position) => self.executions.list.get(position).map(|one| one.changed_at),
            Row::WorkflowExecution(position) => self.workflows.list().get(position).map(|one| one.changed_at),
            Row::Response(_) => self.response(row).map(|one| one.changed_at),
            Row::Device(_)
            | Row::User(_)
            | Row::Package { .. }
            | Row::Application(_)
            | Row::Binary(_)
            | Row::Installed { .. } => None,
        }
    }

    /// When the tenant came to know of an event; now for objects.
    pub(crate) fn time_known(&self, row: Row) -> Timestamp {
        match row {
            Row::Failure { failure, .. } => failure.known_at,
            row => self.time_of(row).unwrap_or(self.now),
        }
    }

    /// The device that an event belongs to, else the employee, as a number; zero where there is neither.
    pub(crate) fn object_number(&self, row: Row) -> u64 {
        self.device_of(row).or_else(|| self.user_of(row)).map_or(0, |object| object as u64)
    }
}
