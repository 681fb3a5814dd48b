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
