//! What other systems have written on devices and employees: manual custom fields, and fields of directories and of
//! virtualization. Apart from the fleet's own facts, which no enrichment changes.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::Value;

/// The values of enriched fields. A field's name is lower case, as NQL has it after the object: `#cost_center`,
/// `configuration_tag`, `virtualization.region`, `ad.city`, `organization.#site`.
#[derive(Debug, Clone, Default)]
pub(crate) struct EnrichedFields {
    devices: BTreeMap<(usize, String), Value>,
    employees: BTreeMap<(usize, String), Value>,
}

/// The kinds of objects that can be enriched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Device,
    Employee,
}

/// Whether other systems can write a field, named as in NQL after the object.
pub(crate) fn can_be_written(object: ObjectKind, field: &str) -> bool {
    if is_custom(field) {
        return true;
    }
    match (object, field.split_once('.')) {
        (ObjectKind::Device, None) => field == "configuration_tag",
        (ObjectKind::Device, Some(("virtualization", name))) => VIRTUALIZATION.contains(&name),
        (ObjectKind::Employee, Some(("ad", name))) => DIRECTORY.contains(&name),
        (ObjectKind::Employee, Some(("organization", name))) => is_custom(name),
        _ => false,
    }
}

/// Whether a name is one of a custom field: `#cost_center`.
pub(crate) fn is_custom(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.strip_prefix('#').is_some_and(|name| !name.is_empty() && name.bytes().all(allowed))
}

const VIRTUALIZATION: [&str; 10] = [
    "desktop_broker",
    "desktop_pool",
    "disk_image",
    "environment_name",
    "hostname",
    "hypervisor_name",
    "instance_size",
    "last_update",
    "region",
    "type",
];

const DIRECTORY: [&str; 11] = [
    "city",
    "country_code",
    "department",
    "distinguished_name",
    "email_address",
    "full_name",
    "job_title",
    "last_update",
    "office",
    "organizational_unit",
    "username",
];

/// An object that can be enriched, by its position in the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enriched {
    Device(usize),
    Employee(usize),
}

impl EnrichedFields {
    /// Writes a field; what it held before is gone.
    pub fn write(&mut self, object: Enriched, field: &str, value: Value) {
        let field = field.to_lowercase();
        match object {
            Enriched::Device(position) => self.devices.insert((position, field), value),
            Enriched::Employee(position) => self.employees.insert((position, field), value),
        };
    }

    /// What was last written; names ignore case.
    pub fn read(&self, object: Enriched, field: &str) -> Option<&Value> {
        let field = field.to_lowercase();
        match object {
            Enriched::Device(position) => self.devices.get(&(position, field)),
            Enriched::Employee(position) => self.employees.get(&(position, field)),
        }
    }
}
