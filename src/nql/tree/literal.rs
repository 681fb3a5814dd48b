//! Constants as they are written, with their units: `3GB`, `7d`, `"text"`, `v12.212`, `10.0.0.0/8`.

use super::time::Date;

/// A constant of one of NQL's data types, except enumerations, whose words look like names.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `10`, `10.1`
    Number(f64),
    /// `3GB`, `15d`
    Quantity(f64, Unit),
    /// The text between the quotes.
    Text(Box<str>),
    /// `2024-07-15`, `2024-07-15 10:15:00`
    Date(Date),
    /// `v12.212`, with its `v`.
    Version(Box<str>),
    /// `123.123.0.0`, `f164:b28c::/32`, with its mask.
    Address(Box<str>),
}

/// A unit of sizes or durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Byte,
    Kilobyte,
    Megabyte,
    Gigabyte,
    Terabyte,
}

impl Unit {
    /// All units, with their symbols.
    pub(crate) const SYMBOLS: [(Self, &'static str); 10] = [
        (Self::Millisecond, "ms"),
        (Self::Second, "s"),
        (Self::Minute, "min"),
        (Self::Hour, "h"),
        (Self::Day, "d"),
        (Self::Byte, "B"),
        (Self::Kilobyte, "KB"),
        (Self::Megabyte, "MB"),
        (Self::Gigabyte, "GB"),
        (Self::Terabyte, "TB"),
    ];

    /// The unit of a symbol, in any case.
    pub fn of(symbol: &str) -> Option<Self> {
        Self::SYMBOLS.into_iter().find(|(_, known)| known.eq_ignore_ascii_case(symbol)).map(|(unit, _)| unit)
    }

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        Self::SYMBOLS.into_iter().find(|(unit, _)| *unit == self).map_or("", |(_, symbol)| symbol)
    }

    /// How many bytes (decimal, as Nexthink counts) or seconds it is: the vendor divides durations by 3600 for hours.
    pub const fn scale(self) -> f64 {
        match self {
            Self::Millisecond => 1e-3,
            Self::Second | Self::Byte => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3_600.0,
            Self::Day => 86_400.0,
            Self::Kilobyte => 1e3,
            Self::Megabyte => 1e6,
            Self::Gigabyte => 1e9,
            Self::Terabyte => 1e12,
        }
    }

    /// Whether it measures time, rather than size.
    pub const fn is_duration(self) -> bool {
        matches!(self, Self::Millisecond | Self::Second | Self::Minute | Self::Hour | Self::Day)
    }
}
