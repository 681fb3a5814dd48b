//! Devices by what they, or their employees, are known by.

use super::text::{hash_text, same};
use super::{Directory, damaged};
use crate::api::problem::NexthinkError;
use crate::flow::{Device, IdentifiedBy};
use crate::json::record;
use crate::nql::{HOUR, Timestamp};

/// More devices than these are not given, as a query gives no more: nobody has as many, but an account that many share
/// may.
const MOST_FOUND: usize = 1_000;

record! {
    strict
    /// By what devices are looked up in a directory: exactly one of these.
    #[derive(Debug, Clone, Default)]
    pub struct DeviceLookup {
        /// The name of the account.
        pub username: Option<String>,
        /// The user principal name.
        pub upn: Option<String>,
        /// The e-mail address.
        pub email: Option<String>,
        /// The security identifier.
        pub sid: Option<String>,
        /// The device's name.
        pub device_name: Option<String>,
        /// The device's Collector UID.
        pub collector_uid: Option<String>,
    }
}

/// By what something is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    CollectorUid,
    DeviceName,
    Username,
    Upn,
    Email,
    Sid,
}

impl By {
    pub const ALL: [Self; 6] =
        [Self::CollectorUid, Self::DeviceName, Self::Username, Self::Upn, Self::Email, Self::Sid];

    /// Which of an employee's identifiers it is.
    pub const fn kind(self) -> Option<usize> {
        match self {
            Self::CollectorUid | Self::DeviceName => None,
            Self::Username => Some(0),
            Self::Upn => Some(1),
            Self::Email => Some(2),
            Self::Sid => Some(3),
        }
    }

    const fn identified_by(self) -> Option<IdentifiedBy> {
        Some(match self {
            Self::CollectorUid => return None,
            Self::DeviceName => IdentifiedBy::DeviceName,
            Self::Username => IdentifiedBy::Username,
            Self::Upn => IdentifiedBy::Upn,
            Self::Email => IdentifiedBy::Email,
            Self::Sid => IdentifiedBy::Sid,
        })
    }
}

impl DeviceLookup {
    /// The one identifier that is given.
    pub(super) fn single(&self) -> Option<(By, &str)> {
        let texts =
            [&self.collector_uid, &self.device_name, &self.username, &self.upn, &self.email, &self.sid].into_iter();
        let mut given = By::ALL.into_iter().zip(texts).filter_map(|(by, text)| {
            let text = text.as_deref().filter(|text| !text.is_empty())?;
            Some((by, text))
        });
        given.next().filter(|_| given.next().is_none())
    }
}

impl Directory {
    /// The devices of an employee, or with a name or Collector UID, most recently seen first; none is no error. Letters
    /// may differ in their case, as in NQL; there are no wildcards.
    ///
    /// # Errors
    /// `invalid` for other than one identifier, `malformed` where what was read back as a directory does not fit together.
    pub fn lookup(&self, lookup: &DeviceLookup) -> Result<Vec<Device>, NexthinkError> {
        let Some((by, text)) = lookup.single() else {
            return Err(NexthinkError::invalid(
                "`lookup` takes exactly one of `username`, `upn`, `email`, `sid`, `deviceName` and `collectorUid`",
            )
            .hint("pass the identifier that your chatbot and Nexthink share"));
        };
        let device = |number| self.device(number, by.identified_by());
        self.find(by, text).and_then(|found| found.into_iter().map(device).collect()).ok_or_else(damaged)
    }

    /// The numbers of the devices, most recently seen first.
    pub(super) fn find(&self, by: By, text: &str) -> Option<Vec<u32>> {
        let index = By::ALL.iter().position(|other| *other == by)?;
        let mut found = Vec::new();
        for candidate in self.indexes.get(index)?.candidates(hash_text(text))? {
            let number = candidate?;
            let Some(kind) = by.kind() else {
                let device = self.store.device(number)?;
                let is_it = match by {
                    By::DeviceName => same(self.store.text(device.name)?, text),
                    _ => same(&self.store.uid(device.uid)?, text),
                };
                if is_it {
                    found.push((device.seen.order(), number));
                }
                continue;
            };
            let employee = self.store.employee(number)?;
            if employee.get(kind)?.is_some_and(|identifier| identifier.is(text)) {
                for at in self.owned_by(number)? {
                    let number = self.owned.number(at)?;
                    found.push((self.store.device(number)?.seen.order(), number));
                }
                // More than all that anybody has: bytes that were made up name one employee again and again.
                if found.len() > self.owned.len() {
                    return None;
                }
            }
        }
        found.sort_unstable_by_key(|(seen, number)| (std::cmp::Reverse(*seen), *number));
        // Several employees with one name may share a device.
        found.dedup();
        found.truncate(MOST_FOUND);
        Some(found.into_iter().map(|(_, number)| number).collect())
    }

    fn device(&self, number: u32, identified_by: Option<IdentifiedBy>) -> Option<Device> {
        let held = self.store.device(number)?;
        let mut texts = [const { None }; super::store::DESCRIPTIONS];
        for (text, place) in texts.iter_mut().zip(self.store.description(held.description)?) {
            let shared = self.store.shared(place)?;
            *text = (!shared.is_empty()).then(|| shared.to_owned());
        }
        let [platform, operating_system, r#type, manufacturer] = texts;
        Some(Device {
            collector_uid: self.store.uid(held.uid)?,
            name: self.store.text(held.name)?.to_owned(),
            platform,
            operating_system,
            r#type,
            manufacturer,
            last_seen: held.seen.text(|at| self.store.text(at))?,
            identified_by,
            identified_at: self.as_of.map(|time| Timestamp(time.0 - i64::from(held.hours) * HOUR)),
            source: None,
            proof: None,
        })
    }
}
