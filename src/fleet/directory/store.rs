//! Devices and employees in their arenas, by their numbers.
//!
//! ```text
//! device:    Collector UID, 16 bytes (or where its text is) | name: place, 4 | description: number and age, 4 | last seen, 8
//! description: four places of shared texts: platform, operating system, type, manufacturer
//! employee:  which identifiers it has, a bit each | for each: place of the shared part | its own part
//! ```

use super::arena::Arena;
use super::identifier::{Identifier, Identifiers};
use super::seen::Seen;
use super::text::{push_text, take_number, take_text};

/// The bytes of a device.
pub(super) const DEVICE: usize = 32;
/// Beside a device's number of its description: the Collector UID is no UUID, and its first bytes are the place of its text.
const UID_IS_TEXT: u32 = 1 << 31;
/// There, too: by how many hours what is known of the device is older than the directory. In a directory that knows
/// nothing of such ages, as those of earlier versions, these bits are empty.
const AGE_AT: u32 = 20;
/// The greatest number of a description. Devices that differ in as many ways as these are not real ones.
pub(super) const LAST_DESCRIPTION: u32 = (1 << AGE_AT) - 1;
/// The greatest age that there is room for, 85 days.
pub(super) const MOST_HOURS: u16 = (UID_IS_TEXT >> AGE_AT) as u16 - 1;

/// What many devices have in common.
pub(super) const DESCRIPTIONS: usize = 4;

#[derive(Default)]
pub(super) struct Store {
    /// Texts that many have, each once. The first is empty.
    pub shared: Arena,
    pub descriptions: Arena,
    /// Texts that one device has.
    pub texts: Arena,
    pub devices: Arena,
    pub employees: Arena,
    /// Where each employee is.
    pub employee_places: Arena,
}

/// A Collector UID as it is held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Uid {
    Uuid([u8; 16]),
    Text(u32),
}

/// A device as it is held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct StoredDevice {
    pub uid: Uid,
    pub name: u32,
    pub description: u32,
    /// By how many hours what is known of it is older than the directory.
    pub hours: u16,
    pub seen: Seen,
}

impl Store {
    pub fn device_count(&self) -> u32 {
        u32::try_from(self.devices.len() / DEVICE).unwrap_or(u32::MAX)
    }

    pub fn employee_count(&self) -> u32 {
        u32::try_from(self.employee_places.len() / 4).unwrap_or(u32::MAX)
    }

    /// A device by its number.
    pub fn device(&self, number: u32) -> Option<StoredDevice> {
        // More would be another place, after four thousand million bytes.
        let at = number.checked_mul(DEVICE as u32)?;
        let bytes: &[u8; DEVICE] = self.devices.rest(at)?.first_chunk()?;
        let (uid, rest) = bytes.split_first_chunk::<16>()?;
        let (name, rest) = rest.split_first_chunk::<4>()?;
        let (description, seen) = rest.split_first_chunk::<4>()?;
        let description = u32::from_le_bytes(*description);
        let uid = match description & UID_IS_TEXT {
            0 => Uid::Uuid(*uid),
            _ => Uid::Text(u32::from_le_bytes(*uid.first_chunk()?)),
        };
        Some(StoredDevice {
            uid,
            name: u32::from_le_bytes(*name),
            description: description & LAST_DESCRIPTION,
            hours: ((description & !UID_IS_TEXT) >> AGE_AT) as u16,
            seen: Seen::from_bytes(*seen.first_chunk()?),
        })
    }

    /// Adds a device, and gives its number.
    pub fn push_device(&mut self, device: StoredDevice) -> u32 {
        let number = self.device_count();
        self.devices.push(&device.to_bytes());
        number
    }

    /// Puts a device in the place of one that is there.
    pub fn replace_device(&mut self, number: u32, device: StoredDevice) {
        if let Some(bytes) = self.devices.bytes_mut(number as usize * DEVICE, DEVICE) {
            bytes.copy_from_slice(&device.to_bytes());
        }
    }

    /// The Collector UID as text.
    pub fn uid(&self, uid: Uid) -> Option<String> {
        match uid {
            Uid::Uuid(bytes) => Some(uuid_text(&bytes)),
            Uid::Text(at) => self.text(at).map(str::to_owned),
        }
    }

    /// A text of one device.
    pub fn text(&self, at: u32) -> Option<&str> {
        take_text(&mut self.texts.rest(at)?)
    }

    /// A text that many have.
    pub fn shared(&self, at: u32) -> Option<&str> {
        take_text(&mut self.shared.rest(at)?)
    }

    /// Keeps a text of one device.
    pub fn push_text(&mut self, text: &str) -> u32 {
        let mut bytes = Vec::with_capacity(text.len() + 2);
        push_text(text, &mut bytes);
        self.texts.push(&bytes)
    }

    /// Where the texts of a description are.
    pub fn description(&self, number: u32) -> Option<[u32; DESCRIPTIONS]> {
        let mut places = [0; DESCRIPTIONS];
        for (position, place) in places.iter_mut().enumerate() {
            *place = self.descriptions.number(number as usize * DESCRIPTIONS + position)?;
        }
        Some(places)
    }

    /// What an employee is known by.
    pub fn employee(&self, number: u32) -> Option<Identifiers<'_>> {
        let mut bytes = self.employees.rest(self.employee_places.number(number as usize)?)?;
        let has = take_number(&mut bytes)?;
        let mut identifiers = Identifiers::default();
        for (kind, identifier) in identifiers.iter_mut().enumerate() {
            if has & (1 << kind) != 0 {
                let shared = self.shared(take_number(&mut bytes)?)?;
                *identifier = Some(Identifier::from_parts(kind, take_text(&mut bytes)?, shared));
            }
        }
        Some(identifiers)
    }
}

impl StoredDevice {
    fn to_bytes(self) -> [u8; DEVICE] {
        let description = self.description | u32::from(self.hours) << AGE_AT;
        let (uid, description) = match self.uid {
            Uid::Uuid(uuid) => (uuid, description),
            Uid::Text(at) => {
                let [a, b, c, d] = at.to_le_bytes();
                ([a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], description | UID_IS_TEXT)
            }
        };
        let mut bytes = [0; DEVICE];
        let parts = [&uid[..], &self.name.to_le_bytes(), &description.to_le_bytes(), &self.seen.to_bytes()];
        for (byte, part) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *byte = *part;
        }
        bytes
    }
}

/// The bytes of a UUID in its usual spelling; of any other text none, so that each comes back as it was.
pub(super) fn uuid(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    let mut digits = text.bytes().filter(|byte| *byte != b'-');
    for byte in &mut bytes {
        *byte = digit(digits.next()?)? << 4 | digit(digits.next()?)?;
    }
    (uuid_text(&bytes) == text).then_some(bytes)
}

const fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

fn uuid_text(bytes: &[u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (position, byte) in bytes.iter().enumerate() {
        if matches!(position, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or_default());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_sixteen_bytes_and_anything_else_its_text() {
        let text = "e0aa796d-e3af-47b5-88d8-0123456789ab";
        assert_eq!(uuid_text(&uuid(text).unwrap()), text);
        for other in
            ["", "x", &text.to_uppercase(), &text.replace('-', ""), &format!("{text}0"), text.trim_start_matches('e')]
        {
            assert_eq!(uuid(other), None, "{other}");
        }
    }

    #[test]
    fn a_device_comes_back_as_it_was_put() {
        let mut store = Store::default();
        let text = store.push_text("not a UUID");
        for uid in [Uid::Uuid([7; 16]), Uid::Text(text)] {
            let device = StoredDevice { uid, name: 9, description: 3, hours: 0, seen: Seen::Utc(-5) };
            let number = store.push_device(device);
            assert!(store.device(number) == Some(device));
            let aged = StoredDevice { description: LAST_DESCRIPTION, hours: MOST_HOURS, ..device };
            store.replace_device(number, aged);
            assert!(store.device(number) == Some(aged));
            let seen = StoredDevice { seen: Seen::Unknown, ..device };
            store.replace_device(number, seen);
            assert!(store.device(number) == Some(seen) && store.device(number + 1).is_none());
        }
        assert!(store.uid(Uid::Text(text)).as_deref() == Some("not a UUID") && store.device(u32::MAX).is_none());
    }
}
