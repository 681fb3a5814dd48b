//! Our own types → `Json`.

use std::borrow::Cow;

use super::map::Map;
use super::tree::Json;

/// A type that can be written as JSON.
pub trait Write {
    /// The value as JSON.
    fn write(&self) -> Json;

    /// Whether a field of it is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// An object of the fields that are there.
pub fn write_fields(names: &[&str], values: &[&dyn Write]) -> Json {
    let mut object = Vec::new();
    for (name, value) in names.iter().zip(values) {
        if !value.is_absent() {
            object.push(((*name).into(), value.write()));
        }
    }
    Json::Object(object)
}

impl Write for Json {
    fn write(&self) -> Json {
        self.clone()
    }
}

impl Write for str {
    fn write(&self) -> Json {
        self.into()
    }
}

impl Write for String {
    fn write(&self) -> Json {
        self.as_str().into()
    }
}

impl Write for Box<str> {
    fn write(&self) -> Json {
        Json::Text(self.clone())
    }
}

impl Write for Cow<'_, str> {
    fn write(&self) -> Json {
        (**self).into()
    }
}

impl Write for bool {
    fn write(&self) -> Json {
        Json::Boolean(*self)
    }
}

impl Write for u16 {
    fn write(&self) -> Json {
        Json::Number((*self).into())
    }
}

impl Write for u32 {
    fn write(&self) -> Json {
        Json::Number((*self).into())
    }
}

/// A position or a count.
impl Write for usize {
    #[expect(clippy::cast_precision_loss, reason = "positions are far below 2^53")]
    fn write(&self) -> Json {
        Json::Number(*self as f64)
    }
}

impl Write for f64 {
    fn write(&self) -> Json {
        Json::Number(*self)
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self) -> Json {
        (**self).write()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Write> Write for Box<T> {
    fn write(&self) -> Json {
        (**self).write()
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self) -> Json {
        self.as_ref().map_or(Json::Null, Write::write)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Write> Write for [T] {
    fn write(&self) -> Json {
        let mut list = Vec::new();
        for value in self {
            list.push(value.write());
        }
        Json::List(list)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Json {
        self.as_slice().write()
    }
}

impl<T: Write> Write for Map<T> {
    fn write(&self) -> Json {
        let mut object = Vec::new();
        for (name, value) in self.iter() {
            object.push((name.into(), value.write()));
        }
        Json::Object(object)
    }
}
