//! How a workflow's devices and users are named: by text, as v1 of the endpoint has it, or by an object of whatever
//! identifies them, as v2 has it.

use crate::api::identifiers::{NO_SID, NO_UPN, NO_UUID, is_sid, is_upn, is_uuid};
use crate::api::limits::Limits;
use crate::json::{Json, Place, Read, Write, record};

/// One device or user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address<T> {
    /// A device's Collector UID, a user's security ID.
    Text(String),
    /// Whatever identifies it.
    Keys(T),
}

record! {
    strict
    /// What identifies a device, at least one of these. Of several devices the one most recently seen is taken.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct WorkflowDevice {
        /// The Collector UID.
        pub collector_uid: Option<String>,
        /// The device's UID.
        pub uid: Option<String>,
        /// The device's name.
        pub name: Option<String>,
    }
}

record! {
    strict
    /// What identifies a user, at least one of these. Of several users the one most recently seen is taken.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct WorkflowUser {
        /// The security ID.
        pub sid: Option<String>,
        /// The user principal name.
        pub upn: Option<String>,
        /// The user's UID.
        pub uid: Option<String>,
    }
}

/// An identifier's name, its value, whether it has the shape that the documents ask for, and what is wrong otherwise.
type Key<'a> = (&'static str, Option<&'a str>, fn(&str) -> bool, &'static str);

pub(super) fn check_device(limits: &mut Limits, device: &Address<WorkflowDevice>) {
    match device {
        Address::Text(uid) => limits.hold("", is_uuid(uid), NO_UUID),
        Address::Keys(device) => check_keys(
            limits,
            &[
                ("collectorUid", device.collector_uid.as_deref(), is_uuid, NO_UUID),
                ("uid", device.uid.as_deref(), is_uuid, NO_UUID),
                ("name", device.name.as_deref(), |name| !name.is_empty(), "is empty"),
            ],
            "has none of `collectorUid`, `uid` and `name`",
        ),
    }
}

pub(super) fn check_user(limits: &mut Limits, user: &Address<WorkflowUser>) {
    match user {
        Address::Text(sid) => limits.hold("", is_sid(sid), NO_SID),
        Address::Keys(user) => check_keys(
            limits,
            &[
                ("sid", user.sid.as_deref(), is_sid, NO_SID),
                ("upn", user.upn.as_deref(), is_upn, NO_UPN),
                ("uid", user.uid.as_deref(), is_uuid, NO_UUID),
            ],
            "has none of `sid`, `upn` and `uid`",
        ),
    }
}

fn check_keys(limits: &mut Limits, keys: &[Key<'_>], none: &str) {
    let mut given = false;
    for (name, value, fits, wrong) in keys {
        if let Some(value) = value {
            given = true;
            limits.hold(name, fits(value), wrong);
        }
    }
    limits.hold("", given, none);
}

impl<T> Address<T> {
    pub(super) const fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}

impl<T: Read> Read for Address<T> {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Text(text) => Self::Text(text.into()),
            other => Self::Keys(T::read_at(other, place)),
        }
    }
}

impl<T: Write> Write for Address<T> {
    fn write(&self) -> Json {
        match self {
            Self::Text(text) => text.write(),
            Self::Keys(keys) => keys.write(),
        }
    }
}
