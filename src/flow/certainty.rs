//! Yes, no, or nobody knows: what is claimed of a remote action.

use crate::json::{Json, Place, Read, Write};

/// `true`, `false` or `"unknown"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "boolean | \"unknown\""))]
pub enum Certainty {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody knows.
    #[default]
    Unknown,
}

impl From<bool> for Certainty {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl Write for Certainty {
    fn write(&self) -> Json {
        match self {
            Self::Yes => Json::Boolean(true),
            Self::No => Json::Boolean(false),
            Self::Unknown => "unknown".into(),
        }
    }
}

impl Read for Certainty {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Boolean(value) => value.into(),
            Json::Text(text) if *text == *"unknown" => Self::Unknown,
            _ => {
                place.expected("true, false or \"unknown\"");
                Self::Unknown
            }
        }
    }
}
