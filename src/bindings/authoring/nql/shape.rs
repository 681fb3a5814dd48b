//! Types that only go out, declared once: the Rust type, how it is written as JSON, and, in tests, its TypeScript type.
//! What also comes in is a `record!` of `json`.

/// A struct that is an object in JSON, its fields in the spelling of JavaScript.
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        #[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase", optional_fields))]
        $(#[$meta])*
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $crate::json::Write for $name {
            fn write(&self) -> $crate::json::Json {
                $crate::json::write_fields(&[$($crate::json::field_name!($field)),*], &[$(&self.$field),*])
            }
        }
    };
}

/// An enum whose variants are objects in JSON, told apart by their `type`.
macro_rules! variants {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal { $($field:ident: $type:ty),* $(,)? },)*
        }
    ) => {
        #[cfg_attr(test, derive(ts_rs::TS), ts(tag = "type", optional_fields))]
        $(#[$meta])*
        pub enum $name {
            $($(#[$variant_meta])* #[cfg_attr(test, ts(rename = $word))] $variant { $($field: $type),* },)*
        }

        impl $crate::json::Write for $name {
            fn write(&self) -> $crate::json::Json {
                match self {
                    $(Self::$variant { $($field),* } => {
                        $crate::json::write_fields(&["type", $($crate::json::field_name!($field)),*], &[&$word, $($field),*])
                    })*
                }
            }
        }
    };
}

pub(super) use {object, variants};
