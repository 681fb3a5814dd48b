//! The fields of `packages`, `package.installed_packages`, `binaries` and `applications`.

use nexthink_chatbot::nql::Value;

use super::devices::architecture;
use super::fields::{Field, Fields, Of, named, number, text};
use crate::fleet::{Application, Binary, Package};

const PACKAGE: Fields<Of<Package>> = &[
    ("package.uid", |package| text(&package.uid())),
    ("package.name", |package| text(&package.name)),
    ("package.version", |package| text(&package.version)),
    ("package.publisher", |package| text(&package.publisher)),
];

const BINARY: Fields<Of<Binary>> = &[
    ("binary.name", |binary| text(binary.name)),
    ("binary.version", |binary| text(binary.version)),
    ("binary.product_name", |binary| text(binary.product)),
    ("binary.company", |binary| text(binary.company)),
    ("binary.platform", |binary| text(binary.platform.name())),
    ("binary.architecture", |binary| text(architecture(binary.platform))),
    ("binary.size", |binary| number(binary.size)),
    ("binary.has_user_interface", |binary| Value::Boolean(binary.has_user_interface)),
];

const APPLICATION: Fields<Of<Application>> = &[("application.name", |application| text(application.name))];

pub(super) fn package_field(name: &str) -> Option<Field> {
    named(PACKAGE, name).map(Field::Package)
}

pub(super) fn binary_field(name: &str) -> Option<Field> {
    named(BINARY, name).map(Field::Binary)
}

pub(super) fn application_field(name: &str) -> Option<Field> {
    named(APPLICATION, name).map(Field::Application)
}
