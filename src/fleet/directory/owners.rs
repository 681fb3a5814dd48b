//! Whose a device is: `lookup` the other way round. The list for it is made when it is first asked for, in memory alone:
//! whoever only identifies employees never pays for it.

use super::lookup::{By, DeviceLookup};
use super::{Directory, damaged};
use crate::api::problem::NexthinkError;
use crate::flow::Employee;

/// For each device its employees: where theirs begin among `employees`, and the end.
#[derive(Default)]
pub(super) struct Owners {
    begins: Vec<u32>,
    employees: Vec<u32>,
}

impl Owners {
    /// Of pairs of a device and an employee; told twice, because nothing is allocated for them in between. `None` where a
    /// device is not there, or there are more pairs than there can be: in bytes that were made up, each employee could have
    /// all devices.
    fn of<Pairs: Iterator<Item = (u32, u32)>>(devices: usize, most: usize, pairs: impl Fn() -> Pairs) -> Option<Self> {
        let mut ends = vec![0_u32; devices];
        let mut count = 0;
        for (device, _) in pairs() {
            *ends.get_mut(device as usize)? += 1;
            count += 1;
            if count > most {
                return None;
            }
        }
        let mut begins = Vec::with_capacity(devices + 1);
        let mut begin = 0;
        for end in &mut ends {
            begins.push(begin);
            begin += std::mem::replace(end, begin);
        }
        begins.push(begin);
        // `ends` are beginnings now, and become ends again as the employees come.
        let mut employees = vec![0; count];
        for (device, employee) in pairs() {
            let end = ends.get_mut(device as usize)?;
            *employees.get_mut(*end as usize)? = employee;
            *end += 1;
        }
        Some(Self { begins, employees })
    }

    fn of_device(&self, device: u32) -> Option<&[u32]> {
        let device = device as usize;
        let (from, to) = (*self.begins.get(device)?, *self.begins.get(device + 1)?);
        self.employees.get(from as usize..to as usize)
    }
}

impl Directory {
    /// The employees of a device, by its Collector UID or its name; none is no error. Where several devices have one name,
    /// those of all of them, of the device that was seen last first.
    ///
    /// # Errors
    /// `invalid` for anything but one Collector UID or one name, `malformed` where what was read back as a directory does not
    /// fit together.
    pub fn employees_of(&self, device: &DeviceLookup) -> Result<Vec<Employee>, NexthinkError> {
        let Some((by @ (By::CollectorUid | By::DeviceName), text)) = device.single() else {
            return Err(NexthinkError::invalid("`employeesOf` takes exactly one of `collectorUid` and `deviceName`")
                .hint("pass a row's `device.collector.uid`; the devices of an employee are given by `lookup`"));
        };
        self.owners_found(by, text).ok_or_else(damaged)
    }

    fn owners_found(&self, by: By, text: &str) -> Option<Vec<Employee>> {
        let owners = match self.owners.get() {
            Some(owners) => owners,
            None => {
                let owners = Owners::of(self.devices(), self.owned.len() / 4, || self.pairs())?;
                self.owners.get_or_init(|| owners)
            }
        };
        let mut numbers: Vec<u32> = Vec::new();
        for device in self.find(by, text)? {
            let new = owners.of_device(device)?.iter().filter(|number| !numbers.contains(number)).copied();
            numbers.extend(new.collect::<Vec<_>>());
        }
        numbers.into_iter().map(|number| self.employee(number)).collect()
    }

    /// Each device with each of its employees, as far as the numbers fit together.
    fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..self.store.employee_count()).flat_map(move |employee| {
            let places = self.owned_by(employee).unwrap_or_default();
            places.map_while(move |place| Some((self.owned.number(place)?, employee)))
        })
    }

    fn employee(&self, number: u32) -> Option<Employee> {
        let [username, upn, email, sid] =
            self.store.employee(number)?.map(|identifier| identifier.map(|known| [known.before, known.after].concat()));
        Some(Employee { username, upn, email, sid })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{EXPORT, bytes_of, directory, from_bytes};
    use super::*;
    use crate::json::{Json, Read, Write};

    fn employees(directory: &Directory, input: &str) -> Result<String, String> {
        let lookup = DeviceLookup::read(Json::parse(input.as_bytes()).unwrap()).unwrap();
        let text = |employees: Vec<Employee>| employees.write().to_text();
        directory.employees_of(&lookup).map(text).map_err(|error| error.to_string())
    }

    #[test]
    fn the_employees_of_a_device_are_found_also_in_what_was_read_back() {
        let made = directory(EXPORT);
        let back = from_bytes(&bytes_of(&made), 1_000).unwrap();
        let anna = r#"{"username":"ACME\\amartin","upn":"amartin@acme.com","email":"Anna.Martin@acme.com","sid":"S-1-5-21-1-2-3-1104"}"#;
        let müller = r#"{"username":"ACME\\müller","sid":"S-1-5-21-1-2-3-1105"}"#;
        for directory in [made, back] {
            for (input, expected) in [
                (r#"{"collectorUid":"E0AA796D-e3af-47b5-88d8-000000000001"}"#, format!("[{anna}]")),
                (r#"{"deviceName":"lap-2"}"#, format!("[{anna},{müller}]")),
                (r#"{"deviceName":"Kiosk"}"#, "[]".into()),
                (r#"{"collectorUid":"unheard of"}"#, "[]".into()),
            ] {
                assert_eq!(employees(&directory, input), Ok(expected), "{input}");
            }
            let error = employees(&directory, r#"{"username":"amartin"}"#).unwrap_err();
            assert!(error.contains("exactly one of `collectorUid` and `deviceName`"), "{error}");
        }
    }

    #[test]
    fn devices_of_one_name_have_the_employees_of_all_each_once() {
        let directory = directory(
            "user.name,device.collector.uid,device.name,last_seen\n\
             anna,a,LAP,2026-11-20T08:00:00Z\nbruno,b,LAP,2026-11-21T08:00:00Z\nanna,b,LAP,2026-11-21T08:00:00Z\n",
        );
        let all = employees(&directory, r#"{"deviceName":"LAP"}"#).unwrap();
        assert!(
            all == r#"[{"username":"anna"},{"username":"bruno"}]"#
                || all == r#"[{"username":"bruno"},{"username":"anna"}]"#,
            "{all}"
        );
    }

    #[test]
    fn pairs_that_lead_nowhere_make_no_list() {
        assert!(Owners::of(1, 9, || [(0, 5), (1, 6)].into_iter()).is_none());
        assert!(Owners::of(2, 1, || [(0, 5), (1, 6)].into_iter()).is_none());
        let owners = Owners::of(3, 3, || [(2, 5), (0, 6), (2, 7)].into_iter()).unwrap();
        assert_eq!([0, 1, 2].map(|device| owners.of_device(device)), [Some(&[6][..]), Some(&[]), Some(&[5, 7])]);
        assert_eq!(owners.of_device(3), None);
    }
}
