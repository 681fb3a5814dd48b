//! Fields that other systems write by enrichment: custom fields, whose names begin with `#`, and those of directories
//! and of virtualization. Where nothing was written there is what the fleet says itself, else null: a query must not
//! fail because nobody has written yet.

use nexthink_chatbot::nql::Value;

use super::fields::{Field, Object};
use super::{Row, View};
use crate::enrichment::{Enriched, ObjectKind, can_be_written, is_custom};

/// A field that other systems write.
#[derive(Clone)]
pub(crate) struct Written {
    object: ObjectKind,
    /// As in NQL after the object.
    name: Box<str>,
    /// What the fleet says itself.
    own: Option<Box<Field>>,
}

/// A field of a device or of a user by its qualified name; `own` is what the fleet knows under this name.
pub(super) fn written_field(object: Object, name: &str, own: Option<&Field>) -> Option<Field> {
    let (prefix, kind) = match object {
        Object::Device => ("device", ObjectKind::Device),
        Object::User => ("user", ObjectKind::Employee),
        Object::Application | Object::Binary => return None,
    };
    let (start, rest) = name.split_once('.')?;
    let field = rest.to_ascii_lowercase();
    if !start.eq_ignore_ascii_case(prefix) || !(can_be_written(kind, &field) || is_custom_of_organization(&field)) {
        return None;
    }
    Some(Field::Written(Written { object: kind, name: field.into(), own: own.cloned().map(Box::new) }))
}

/// A custom field of an object that no API of this tenant writes: always null.
pub(super) fn never_written(object: &str, name: &str) -> Option<Field> {
    let (start, field) = name.split_once('.')?;
    (start.eq_ignore_ascii_case(object) && is_custom(field)).then_some(Field::Nothing)
}

fn is_custom_of_organization(field: &str) -> bool {
    field.strip_prefix("organization.").is_some_and(is_custom)
}

impl View<'_> {
    pub(super) fn written(&self, row: Row, field: &Written) -> Option<Value> {
        let object = match field.object {
            ObjectKind::Device => Enriched::Device(self.device_of(row)?),
            ObjectKind::Employee => Enriched::Employee(self.user_of(row)?),
        };
        match self.fleet.enriched.read(object, &field.name) {
            Some(value) => Some(value.clone()),
            None => self.read(row, field.own.as_deref()?),
        }
    }
}
