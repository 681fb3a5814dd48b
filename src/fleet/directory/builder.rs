//! Rows → a directory: devices and employees told apart, what a later row knows better, and who has what.

use std::cell::OnceCell;

use super::Directory;
use super::arena::Arena;
use super::columns::{Columns, DESCRIPTION, IDENTIFIERS, LAST_SEEN, NAME, UID};
use super::identifier::{Identifier, Identifiers, KINDS, hash_all, same_all};
use super::index::Index;
use super::lookup::By;
use super::seen::Seen;
use super::store::{DESCRIPTIONS, LAST_DESCRIPTION, MOST_HOURS, Store, StoredDevice, Uid, uuid};
use super::table::Table;
use super::text::{LONGEST, hash, hash_text, push_number, push_text, same};
use crate::nql::{HOUR, Timestamp};

/// More bytes than these are no directory, but something that never ends: room for ten million devices.
const MOST_BYTES: usize = 1 << 30;

const NO_UID: &str = "has no Collector UID";
const TOO_LONG: &str = "has a text of more than 1,024 bytes";
const NO_ROOM: &str = "is beyond the devices that a directory has room for";

/// A directory that is being made.
pub(super) struct Builder {
    store: Store,
    pub columns: Columns,
    devices: Table,
    employees: Table,
    shared: Table,
    descriptions: Table,
    /// Employee and device.
    owners: Vec<(u32, u32)>,
    /// The latest time at which a device was seen, until now.
    newest: Option<Timestamp>,
    now: Option<Timestamp>,
    /// For identifiers on their way into the store.
    bytes: Vec<u8>,
}

impl Builder {
    /// One that has no rows yet; the time, where somebody knows it.
    pub fn at(now: Option<Timestamp>) -> Self {
        let mut store = Store::default();
        // The empty text, and the empty description: what is not told of a device is there, too.
        store.shared.push(&[0]);
        for _ in 0..DESCRIPTIONS {
            store.descriptions.push_number(0);
        }
        Self {
            store,
            columns: Columns::default(),
            devices: Table::default(),
            employees: Table::default(),
            shared: Table::default(),
            descriptions: Table::default(),
            owners: Vec::new(),
            newest: None,
            now,
            bytes: Vec::new(),
        }
    }
}

impl Builder {
    /// Takes a row: the texts of the columns, by their positions, empty where they say nothing.
    pub fn add(&mut self, cells: &[&str]) -> Result<(), &'static str> {
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        if cell(UID).is_empty() {
            return Err(NO_UID);
        }
        if cells.iter().any(|cell| cell.len() > LONGEST) {
            return Err(TOO_LONG);
        }
        if self.bytes_held() > MOST_BYTES {
            return Err(NO_ROOM);
        }
        let device = self.device(&cell, 0);
        let mut identifiers = Identifiers::default();
        for (kind, identifier) in identifiers.iter_mut().enumerate() {
            let text = cell(IDENTIFIERS + kind);
            *identifier = (!text.is_empty()).then(|| Identifier::of(kind, text));
        }
        if let Some(employee) = self.employee(&identifiers) {
            self.own(employee, device);
        }
        Ok(())
    }

    /// Notes whose a device is. Before there is more room for it, what was noted twice makes room.
    fn own(&mut self, employee: u32, device: u32) {
        if self.owners.len() == self.owners.capacity() {
            self.owners.sort_unstable();
            self.owners.dedup();
            // Else it would soon be sorted again.
            self.owners.reserve(self.owners.len());
        }
        self.owners.push((employee, device));
    }

    #[cfg(test)]
    pub fn owners_held(&self) -> usize {
        self.owners.len()
    }

    /// How much was kept so far.
    fn bytes_held(&self) -> usize {
        let Store { shared, descriptions, texts, devices, employees, employee_places } = &self.store;
        let arenas = [shared, descriptions, texts, devices, employees, employee_places];
        arenas.iter().map(|arena| arena.len()).sum::<usize>() + self.owners.len() * size_of::<(u32, u32)>()
    }

    /// Takes over from an older directory the devices that no row has spoken of, and of when each is; those that nobody has
    /// spoken of for as long as ages can tell are left behind. Of the others the rows say all: also whose they are no more.
    /// `None` where the older one is damaged.
    ///
    /// `as_of` is of when the rows are.
    pub fn absorb(&mut self, base: &Directory, as_of: Option<Timestamp>) -> Option<()> {
        let older_by = as_of.zip(base.as_of()).map_or(0, |(now, then)| now.since(then).max(0));
        let known = self.store.device_count();
        let mut devices = Vec::with_capacity(base.devices());
        for number in 0..base.store.device_count() {
            let device = base.store.device(number)?;
            let uid = base.store.uid(device.uid)?;
            let hours = (i64::from(device.hours) * HOUR).saturating_add(older_by).saturating_add(HOUR - 1) / HOUR;
            let hours = u16::try_from(hours).ok().filter(|hours| *hours <= MOST_HOURS);
            let Some(hours) = hours.filter(|_| self.find_device(&uid).is_none_or(|found| found >= known)) else {
                devices.push(None);
                continue;
            };
            let seen = device.seen.text(|at| base.store.text(at))?.unwrap_or_default();
            let mut cells = [""; IDENTIFIERS];
            let texts = base.store.description(device.description)?;
            for (cell, text) in cells.iter_mut().skip(DESCRIPTION).zip(texts) {
                *cell = base.store.shared(text)?;
            }
            for (column, text) in [(UID, &*uid), (NAME, base.store.text(device.name)?), (LAST_SEEN, &*seen)] {
                if let Some(cell) = cells.get_mut(column) {
                    *cell = text;
                }
            }
            devices.push(Some(self.device(&|column| cells.get(column).copied().unwrap_or_default(), hours)));
        }
        for number in 0..base.store.employee_count() {
            let mut owned = Vec::new();
            for at in base.owned_by(number)? {
                owned.extend(*devices.get(base.owned.number(at)? as usize)?);
            }
            if !owned.is_empty()
                && let Some(employee) = self.employee(&base.store.employee(number)?)
            {
                for device in owned {
                    self.own(employee, device);
                }
            }
        }
        self.columns.0 |= base.columns.0;
        Some(())
    }

    /// What was added, ready to be asked.
    pub fn finish(self, as_of: Option<Timestamp>) -> Directory {
        let Self { store, columns, mut owners, devices, employees, shared, descriptions, .. } = self;
        // Their room is wanted for what is made now.
        drop((devices, employees, shared, descriptions));
        owners.sort_unstable();
        owners.dedup();
        let owned = owned(store.employee_count(), &owners);
        drop(owners);
        let indexes = By::ALL.map(|by| Index::of(&keys(&store, by)));
        Directory { store, owned, indexes, columns, as_of, owners: OnceCell::new() }
    }

    /// The latest time at which a device was seen, of those that were added.
    pub const fn newest(&self) -> Option<Timestamp> {
        self.newest
    }

    fn find_device(&self, uid: &str) -> Option<u32> {
        self.devices.find(hash_text(uid), |number| {
            let known = self.store.device(number).and_then(|device| self.store.uid(device.uid));
            known.is_some_and(|known| same(&known, uid))
        })
    }

    /// The number of a device, with what the row knows better than what was known before; the row is so many hours older
    /// than others.
    fn device<'a>(&mut self, cell: &dyn Fn(usize) -> &'a str, hours: u16) -> u32 {
        let uid = cell(UID);
        let found = self.find_device(uid);
        let known = found.and_then(|number| self.store.device(number));
        let seen = Seen::of(cell(LAST_SEEN), |text| self.store.push_text(text));
        // A clock that is ahead tells nothing of when the export was made.
        if let Seen::Utc(time) = seen
            && self.now.is_none_or(|now| time <= now.0)
        {
            self.newest = self.newest.max(Some(Timestamp(time)));
        }
        // Of two rows, the one that was written later.
        let is_newer = known.is_none_or(|known| seen.order() >= known.seen.order());
        let name = known.map_or("", |known| self.store.text(known.name).unwrap_or_default());
        let name = match (known, cell(NAME)) {
            (Some(known), given) if given.is_empty() || given == name || !(is_newer || name.is_empty()) => known.name,
            (_, given) => self.store.push_text(given),
        };
        let before = known.and_then(|known| self.store.description(known.description)).unwrap_or_default();
        let mut description = before;
        for (position, place) in description.iter_mut().enumerate() {
            let given = cell(DESCRIPTION + position);
            if !given.is_empty() && (is_newer || *place == 0) {
                *place = self.shared(given);
            }
        }
        let description = self.description(description);
        let Some((number, known)) = found.zip(known) else {
            let uid_held = uuid(uid).map_or_else(|| Uid::Text(self.store.push_text(uid)), Uid::Uuid);
            let number = self.store.push_device(StoredDevice { uid: uid_held, name, description, hours, seen });
            self.devices.insert(hash_text(uid), number);
            return number;
        };
        let seen = if is_newer { seen } else { known.seen };
        let device = StoredDevice { uid: known.uid, name, description, hours: known.hours.max(hours), seen };
        if device != known {
            self.store.replace_device(number, device);
        }
        number
    }

    fn description(&mut self, places: [u32; DESCRIPTIONS]) -> u32 {
        let hash = hash(places.into_iter());
        let store = &mut self.store;
        if let Some(known) = self.descriptions.find(hash, |number| store.description(number) == Some(places)) {
            return known;
        }
        let number = u32::try_from(store.descriptions.len() / (4 * DESCRIPTIONS)).unwrap_or(u32::MAX);
        if number > LAST_DESCRIPTION {
            return 0;
        }
        for place in places {
            store.descriptions.push_number(place);
        }
        self.descriptions.insert(hash, number);
        number
    }

    /// Where a shared text is. The empty one is the first.
    fn shared(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let hash = hash(text.chars().map(u32::from));
        let store = &mut self.store;
        if let Some(known) = self.shared.find(hash, |place| store.shared(place) == Some(text)) {
            return known;
        }
        let mut bytes = Vec::with_capacity(text.len() + 2);
        push_text(text, &mut bytes);
        let place = store.shared.push(&bytes);
        self.shared.insert(hash, place);
        place
    }

    /// The number of an employee; none where there is nothing to know one by.
    fn employee(&mut self, identifiers: &Identifiers<'_>) -> Option<u32> {
        if identifiers.iter().all(Option::is_none) {
            return None;
        }
        let hash = hash_all(identifiers);
        let store = &self.store;
        let same = |number| store.employee(number).is_some_and(|known| same_all(&known, identifiers));
        if let Some(known) = self.employees.find(hash, same) {
            return Some(known);
        }
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        let has = (0..KINDS).filter(|kind| identifiers.get(*kind).is_some_and(Option::is_some));
        push_number(has.fold(0, |has, kind| has | 1 << kind), &mut bytes);
        for identifier in identifiers.iter().flatten() {
            let shared = self.shared(identifier.shared());
            identifier.push(shared, &mut bytes);
        }
        let number = self.store.employee_count();
        let place = self.store.employees.push(&bytes);
        self.store.employee_places.push_number(place);
        self.employees.insert(hash, number);
        self.bytes = bytes;
        Some(number)
    }
}

/// For each employee, where their devices begin, and the end; then the devices.
fn owned(employees: u32, owners: &[(u32, u32)]) -> Arena {
    let mut numbers = Arena::default();
    let mut owners_left = owners.iter().peekable();
    let mut begin = 0;
    for employee in 0..employees {
        numbers.push_number(begin);
        while owners_left.next_if(|(owner, _)| *owner == employee).is_some() {
            begin += 1;
        }
    }
    numbers.push_number(begin);
    for (_, device) in owners {
        numbers.push_number(*device);
    }
    numbers
}

/// What is found by a kind of identifier: hashes and numbers of devices, or of employees.
fn keys(store: &Store, by: By) -> Vec<(u32, u32)> {
    let mut keys = Vec::new();
    let Some(kind) = by.kind() else {
        for number in 0..store.device_count() {
            let Some(device) = store.device(number) else { continue };
            let hash = match by {
                By::DeviceName => store.text(device.name).filter(|name| !name.is_empty()).map(hash_text),
                _ => store.uid(device.uid).map(|uid| hash_text(&uid)),
            };
            keys.extend(hash.map(|hash| (hash, number)));
        }
        return keys;
    };
    for number in 0..store.employee_count() {
        let Some(identifiers) = store.employee(number) else { continue };
        if let Some(Some(identifier)) = identifiers.get(kind) {
            keys.push((hash(identifier.letters()), number));
        }
    }
    keys
}
