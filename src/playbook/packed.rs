//! The text of a compiled playbook: its fields one after the other, without names, each text behind its length. It is
//! made when the package is built and read whenever a chatbot starts, so it is read in one pass: as JSON it took a third
//! of a first evaluation. Both ends are of one version of the package, so it need not say what is what.
//!
//! | value | its text |
//! | --- | --- |
//! | whole number | `12;` |
//! | any other number | `~4602678819172646912;`: the bits of 0.5 |
//! | text | `7;outlook`: its length in bytes, and itself |
//! | list | its length, and its values |
//! | what may be left out | `-`, or `+` and its value |

use crate::json::{Map, push_digits};

/// What a compiled playbook is made of.
pub(super) trait Packed: Sized {
    /// Adds it to a text.
    fn pack(&self, text: &mut String);

    /// Reads what `pack` added. Of a text that is damaged it is anything: `Packing::finish` tells.
    fn unpack(packing: &mut Packing<'_>) -> Self;
}

/// Where the reading of a text is.
pub(super) struct Packing<'a> {
    rest: &'a str,
    is_damaged: bool,
}

impl<'a> Packing<'a> {
    /// The beginning of a text.
    pub fn of(text: &'a str) -> Self {
        Self { rest: text, is_damaged: false }
    }

    /// Whether everything was as `pack` writes it; `None`: it was not.
    pub fn finish(self) -> Option<()> {
        (!self.is_damaged && self.rest.is_empty()).then_some(())
    }

    /// The letter that says what comes.
    pub fn sign(&mut self) -> u8 {
        self.take(1).bytes().next().unwrap_or_default()
    }

    /// A text as it stands there.
    pub fn text(&mut self) -> &'a str {
        let length = usize::unpack(self);
        self.take(length)
    }

    /// The values of a list.
    pub fn list<T>(&mut self, value: impl Fn(&mut Self) -> T) -> Vec<T> {
        let mut values = Vec::new();
        for _ in 0..usize::unpack(self) {
            if self.is_damaged {
                break;
            }
            values.push(value(self));
        }
        values
    }

    /// Notes that what was read is nothing that is written; something stands for it.
    pub fn damaged<T>(&mut self, something: T) -> T {
        (self.rest, self.is_damaged) = ("", true);
        something
    }

    /// What ends with a semicolon.
    fn number(&mut self) -> &'a str {
        let Some(end) = self.rest.bytes().position(|byte| byte == b';') else { return self.damaged("") };
        let number = self.take(end);
        self.take(1);
        number
    }

    fn take(&mut self, length: usize) -> &'a str {
        let Some((taken, rest)) = self.rest.split_at_checked(length) else { return self.damaged("") };
        self.rest = rest;
        taken
    }
}

/// A struct whose fields are packed in the order in which they are named.
macro_rules! packed_fields {
    ($name:ident: $($field:ident),*) => {
        impl $crate::playbook::packed::Packed for $name {
            fn pack(&self, text: &mut String) {
                $(self.$field.pack(text);)*
            }

            fn unpack(packing: &mut $crate::playbook::packed::Packing<'_>) -> Self {
                Self { $($field: $crate::playbook::packed::Packed::unpack(packing)),* }
            }
        }
    };
}

/// The same, where the struct is nothing but packed.
macro_rules! packed {
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field_visibility:vis $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        $visibility struct $name {
            $($(#[$field_meta])* $field_visibility $field: $type,)*
        }

        $crate::playbook::packed::packed_fields!($name: $($field),*);
    };
}

/// An enum of `words!`, packed as its word.
macro_rules! packed_words {
    ($($name:ident),*) => {
        $(impl $crate::playbook::packed::Packed for $name {
            fn pack(&self, text: &mut String) {
                $crate::playbook::packed::pack_text(self.word(), text);
            }

            fn unpack(packing: &mut $crate::playbook::packed::Packing<'_>) -> Self {
                Self::of_word(packing.text()).unwrap_or_else(|| packing.damaged(Self::FIRST))
            }
        })*
    };
}

pub(super) use {packed, packed_fields, packed_words};

/// Adds a text.
pub(super) fn pack_text(added: &str, text: &mut String) {
    added.len().pack(text);
    text.push_str(added);
}

impl Packed for usize {
    fn pack(&self, text: &mut String) {
        push_digits(*self as u64, 1, text);
        text.push(';');
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        packing.number().parse().unwrap_or_else(|_| packing.damaged(0))
    }
}

impl Packed for u32 {
    fn pack(&self, text: &mut String) {
        (*self as usize).pack(text);
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        packing.number().parse().unwrap_or_else(|_| packing.damaged(0))
    }
}

impl Packed for f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared with what it was")]
    fn pack(&self, text: &mut String) {
        let whole = *self as u32;
        if Self::from(whole).to_bits() == self.to_bits() {
            return whole.pack(text);
        }
        text.push('~');
        push_digits(self.to_bits(), 1, text);
        text.push(';');
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        let number = packing.number();
        let read = match number.strip_prefix('~') {
            Some(bits) => bits.parse().map(Self::from_bits),
            None => number.parse::<u32>().map(Self::from),
        };
        read.unwrap_or_else(|_| packing.damaged(0.0))
    }
}

impl Packed for bool {
    fn pack(&self, text: &mut String) {
        text.push(if *self { '+' } else { '-' });
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        match packing.sign() {
            b'+' => true,
            b'-' => false,
            _ => packing.damaged(false),
        }
    }
}

impl Packed for String {
    fn pack(&self, text: &mut String) {
        pack_text(self, text);
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        packing.text().into()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, text: &mut String) {
        self.is_some().pack(text);
        if let Some(value) = self {
            value.pack(text);
        }
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        bool::unpack(packing).then(|| T::unpack(packing))
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, text: &mut String) {
        self.len().pack(text);
        for value in self {
            value.pack(text);
        }
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        packing.list(T::unpack)
    }
}

impl<T: Packed> Packed for Map<T> {
    fn pack(&self, text: &mut String) {
        self.0.pack(text);
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        Self(Vec::unpack(packing))
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, text: &mut String) {
        self.0.pack(text);
        self.1.pack(text);
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        (Packed::unpack(packing), Packed::unpack(packing))
    }
}
