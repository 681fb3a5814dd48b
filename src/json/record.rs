//! Types that are objects or words in JSON, declared once: the struct, how it is read and written, and, in tests,
//! its TypeScript type.

/// A struct that is an object in JSON, its fields in the spelling of JavaScript. `strict` refuses fields that it
/// does not know, as an input must; `lenient` passes over them, as a state of a later version and an answer must.
macro_rules! record {
    (
        $strictness:ident
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field_visibility:vis $field:ident: $type:ty,)*
        }
    ) => {
        #[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase", optional_fields))]
        $(#[$meta])*
        $visibility struct $name {
            $($(#[$field_meta])* $field_visibility $field: $type,)*
        }

        impl $name {
            /// The names of its fields.
            pub(crate) const FIELDS: &'static [&'static str] = &[$($crate::json::field_name!($field)),*];
        }

        impl $crate::json::Read for $name {
            fn read_at(json: $crate::json::Json, place: &mut $crate::json::Place) -> Self {
                #[allow(unused_mut, reason = "a record without fields takes nothing")]
                let mut reader = $crate::json::Reader::new(json, place);
                let record = Self { $($field: reader.take($crate::json::field_name!($field)),)* };
                $crate::json::record!(@finish $strictness reader);
                record
            }
        }

        impl $crate::json::Write for $name {
            fn write(&self) -> $crate::json::Json {
                $crate::json::write_fields(Self::FIELDS, &[$(&self.$field),*])
            }
        }
    };
    (@finish strict $reader:ident) => {
        $reader.finish()
    };
    (@finish lenient $reader:ident) => {
        drop($reader)
    };
}

/// An enum whose values are words in JSON; the first stands for what could not be read.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident {
            $(#[$first_meta:meta])* $first:ident = $first_word:literal,
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)*
        }
    ) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
        $(#[$meta])*
        $visibility enum $name {
            $(#[$first_meta])* #[cfg_attr(test, ts(rename = $first_word), schemars(rename = $first_word))] $first,
            $($(#[$variant_meta])* #[cfg_attr(test, ts(rename = $word), schemars(rename = $word))] $variant,)*
        }

        impl $name {
            /// What stands for what could not be read.
            pub(crate) const FIRST: Self = Self::$first;

            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word,)*
                }
            }

            /// What a word says.
            pub(crate) fn of_word(word: &str) -> Option<Self> {
                match word {
                    $first_word => Some(Self::$first),
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl $crate::json::Read for $name {
            fn read_at(json: $crate::json::Json, place: &mut $crate::json::Place) -> Self {
                json.as_text().and_then(Self::of_word).unwrap_or_else(|| {
                    place.expected(concat!("`", $first_word, "`" $(, " or `", $word, "`")*));
                    Self::FIRST
                })
            }
        }

        impl $crate::json::Write for $name {
            fn write(&self) -> $crate::json::Json {
                self.word().into()
            }
        }
    };
}

pub(crate) use {record, words};

#[cfg(test)]
mod tests {
    use crate::json::{Json, Map, Place, Read, Write};

    record! {
        strict
        #[derive(Debug, PartialEq)]
        struct Outer {
            first_name: String,
            age: Option<u32>,
            inner: Vec<Inner>,
            extra: Map<bool>,
        }
    }

    record! {
        lenient
        #[derive(Debug, PartialEq)]
        struct Inner {
            kind: Kind,
        }
    }

    words! {
        enum Kind {
            First = "first",
            SecondOne = "second-one",
        }
    }

    fn read(text: &str) -> Result<Outer, String> {
        Outer::read(Json::parse(text.as_bytes()).unwrap()).map_err(|mismatch| mismatch.to_string())
    }

    #[test]
    fn a_record_is_read_and_written_in_the_spelling_of_javascript() {
        let text = r#"{"firstName":"a","inner":[{"kind":"second-one"}],"extra":{"x":true}}"#;
        let outer = read(text).unwrap();
        assert_eq!(outer.inner, [Inner { kind: Kind::SecondOne }]);
        assert_eq!(outer.write().to_text(), text);
        assert_eq!(read(r#"{"firstName":"a","age":null}"#).unwrap().age, None);
    }

    #[test]
    fn everything_that_does_not_fit_is_told_where_all_is_asked_for() {
        let text = r#"{"age":"x","inner":[{"kind":"x"},5,{}],"extra":{"a/b":1,"[~":2},"fristName":"a"}"#;
        let mut place = Place::of_all();
        let _ = Outer::read_at(Json::parse(text.as_bytes()).unwrap(), &mut place);
        let told: Vec<String> =
            place.finish_all().iter().map(|one| format!("{} {} | {one}", one.pointer(), one.message())).collect();
        assert_eq!(
            told,
            [
                "/firstName `firstName` is missing | `firstName` is missing",
                "/age this is not a whole number | `age` is not a whole number",
                "/inner/0/kind this is not `first` or `second-one` | `inner[0].kind` is not `first` or `second-one`",
                "/inner/1 this is not an object | `inner[1]` is not an object",
                "/inner/2/kind `kind` is missing | `inner[2].kind` is missing",
                "/extra/a~1b this is not true or false | `extra.a/b` is not true or false",
                "/extra/[~0 this is not true or false | `extra.[~` is not true or false",
                "/fristName `fristName` is not known here | `fristName` is not known here",
            ]
        );
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_path_and_not_quoted() {
        for (text, message) in [
            ("[]", "`it` is not an object"),
            ("{}", "`firstName` is missing"),
            (r#"{"firstName":"a","age":"secret"}"#, "`age` is not a whole number"),
            (r#"{"firstName":"a","age":-1}"#, "`age` is not a whole number"),
            (
                r#"{"firstName":"a","inner":[{"kind":"first"},{"kind":"x"}]}"#,
                "`inner[1].kind` is not `first` or `second-one`",
            ),
            (r#"{"firstName":"a","extra":{"x":1}}"#, "`extra.x` is not true or false"),
            (r#"{"firstName":"a","fristName":"a"}"#, "`fristName` is not known here"),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text}");
        }
        assert!(read(r#"{"firstName":"a","inner":[{"kind":"first","later":1}]}"#).is_ok());
    }
}
