//! Who is asking: the employee as the host has authenticated them, never as a message says.

use super::saved_query::SavedQuery;
use crate::api::problem::NexthinkError;
use crate::json::{record, words};

record! {
    strict
    /// An employee, by one or more of the identifiers that Nexthink knows.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct Employee {
        /// The name of the account.
        pub username: Option<String>,
        /// The user principal name.
        pub upn: Option<String>,
        /// The e-mail address.
        pub email: Option<String>,
        /// The security identifier.
        pub sid: Option<String>,
    }
}

impl Employee {
    /// # Errors
    /// `invalid` where there is no identifier at all: a proposal must be somebody's.
    pub fn check(&self) -> Result<(), NexthinkError> {
        let identifiers = [&self.username, &self.upn, &self.email, &self.sid];
        if identifiers.iter().any(|identifier| identifier.as_ref().is_some_and(|text| !text.is_empty())) {
            return Ok(());
        }
        Err(NexthinkError::invalid("`employee` has none of `username`, `upn`, `email` and `sid`")
            .hint("pass the employee as your chatbot has authenticated them"))
    }

    /// The identifier of this kind, where there is one. A device's name is none of an employee's.
    pub fn identifier(&self, kind: IdentifiedBy) -> Option<&str> {
        let identifier = match kind {
            IdentifiedBy::Username => &self.username,
            IdentifiedBy::Upn => &self.upn,
            IdentifiedBy::Email => &self.email,
            IdentifiedBy::Sid => &self.sid,
            IdentifiedBy::DeviceName => &None,
        };
        identifier.as_deref().filter(|text| !text.is_empty())
    }
}

record! {
    strict
    /// By what devices are looked up: exactly one of these.
    #[derive(Debug, Clone, Default)]
    pub struct Identity {
        username: Option<String>,
        upn: Option<String>,
        email: Option<String>,
        sid: Option<String>,
        device_name: Option<String>,
    }
}

words! {
    /// The kinds of identity, named as in `Identity`.
    pub enum IdentifiedBy {
        /// The name of the account.
        Username = "username",
        /// The user principal name.
        Upn = "upn",
        /// The e-mail address.
        Email = "email",
        /// The security identifier.
        Sid = "sid",
        /// The device's name. It proves no ownership.
        DeviceName = "deviceName",
    }
}

impl Identity {
    /// An identity by a username, the usual one.
    pub fn username(username: impl Into<String>) -> Self {
        Self { username: Some(username.into()), ..Self::default() }
    }

    /// The one identifier that is given.
    ///
    /// # Errors
    /// `invalid` where it is none or several: with two that differ, whose devices were meant?
    pub(super) fn single(&self) -> Result<(IdentifiedBy, &str), NexthinkError> {
        let mut given = [
            (IdentifiedBy::Username, &self.username),
            (IdentifiedBy::Upn, &self.upn),
            (IdentifiedBy::Email, &self.email),
            (IdentifiedBy::Sid, &self.sid),
            (IdentifiedBy::DeviceName, &self.device_name),
        ]
        .into_iter()
        .filter_map(|(kind, value)| value.as_deref().filter(|text| !text.is_empty()).map(|text| (kind, text)));
        match (given.next(), given.next()) {
            // NQL reads them as wildcards: `*` would be everyone's devices.
            (Some((_, value)), None) if value.contains(['*', '?']) => {
                Err(NexthinkError::invalid("the identifier holds a wildcard, `*` or `?`")
                    .hint("pass the identifier of one employee or device"))
            }
            (Some(identity), None) => Ok(identity),
            _ => Err(NexthinkError::invalid(
                "`identify` takes exactly one of `username`, `upn`, `email`, `sid` and `deviceName`",
            )
            .hint("pass the identifier that your chatbot and Nexthink share")),
        }
    }
}

impl IdentifiedBy {
    pub(super) const fn query(self) -> SavedQuery {
        match self {
            Self::Username => SavedQuery::DevicesByUsername,
            Self::Upn => SavedQuery::DevicesByUpn,
            Self::Email => SavedQuery::DevicesByEmail,
            Self::Sid => SavedQuery::DevicesBySid,
            Self::DeviceName => SavedQuery::DevicesByDeviceName,
        }
    }
}
