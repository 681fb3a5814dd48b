//! Key, parameters and locale → text. A message is one template of a locale file, never sentences put together; a locale
//! is data, so that the module does not grow with it.
//!
//! | file | what it knows |
//! | --- | --- |
//! | `layers` | the words of a conversation: a locale file, a host's own words over it, English under it |
//! | `catalogue` | a locale file, read and checked |
//! | `template` | a text with its places |
//! | `plural` | which plural form a number takes |
//! | `duration` | a span of time in its largest unit |
//! | `harmless` | text from outside, made harmless |
//! | `word` | a turn without words → a turn |
//! | `problem` | what is wrong in a locale file |

mod catalogue;
mod duration;
mod harmless;
mod layers;
mod plural;
mod problem;
mod template;
mod word;

#[cfg(test)]
mod tests;

pub use catalogue::{Direction, LocaleFile, MessageText};
pub use layers::{Wording, nearest_locale};
pub use problem::{WordingProblem, WordingSeverity};
pub use word::word;

macro_rules! locale_file {
    ($locale:literal) => {
        ($locale, include_str!(concat!("../../../wording/", $locale, ".json")))
    };
}

/// The locale files of the package, English first.
pub static LOCALE_FILES: [(&str, &str); 5] =
    [locale_file!("en"), locale_file!("fr"), locale_file!("de"), locale_file!("es"), locale_file!("ja")];
