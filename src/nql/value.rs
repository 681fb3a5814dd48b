//! A value of NQL: what a cell, a literal and an intermediate result of an expression are; how texts and versions
//! compare. The comparison of values is left to `operand`.

use std::str::Chars;

use super::operand::Operand;
use super::timestamp::Timestamp;
use super::truth::Truth;

/// One value. Numbers are `f64` and sizes are bytes, as NQL's own data types are.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing is known: `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, a size in bytes, a duration in seconds.
    Number(f64),
    /// Text, an enumeration's word, a version.
    Text(Box<str>),
    /// A point in time.
    Time(Timestamp),
    /// An array, such as a script's StringList output.
    List(Vec<Value>),
}

/// The order operators of NQL; `=` is read as `==`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// All of them, and how they are written.
    pub const SYMBOLS: [(&'static str, Self); 6] = [
        ("==", Self::Equal),
        ("!=", Self::NotEqual),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
    ];

    /// `left <comparison> right`
    #[expect(clippy::float_cmp, reason = "equal is equal")]
    pub fn of_numbers(self, left: f64, right: f64) -> Truth {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
        .into()
    }
}

impl Value {
    /// The value as text, where it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as a number: numbers may arrive as text ("7.5"), and compare as numbers all the same.
    pub fn as_number(&self) -> Option<f64> {
        Operand::from(self).as_number()
    }

    /// Whether nothing is known.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// See `Operand::compare`.
    pub fn compare(&self, comparison: Comparison, other: &Self) -> Truth {
        Operand::from(self).compare(comparison, &other.into())
    }

    /// See `Operand::equals`.
    pub fn equals(&self, pattern: &Self) -> Truth {
        Operand::from(self).equals(&pattern.into())
    }

    /// See `Operand::contains`.
    pub fn contains(&self, part: &Self) -> Truth {
        Operand::from(self).contains(&part.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

/// Versions such as `16.0.4266.1001` compare by component; other text has no order.
pub(super) fn compare_versions(left: &str, right: &str) -> Option<std::cmp::Ordering> {
    let mut left = version_components(left)?;
    let mut right = version_components(right)?;
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Some(std::cmp::Ordering::Equal),
            (left, right) => {
                let order = left.unwrap_or(Some(0))?.cmp(&right.unwrap_or(Some(0))?);
                if order.is_ne() {
                    return Some(order);
                }
            }
        }
    }
}

/// Whether a version is the one that a literal such as `v12.212` names.
pub(super) fn is_version(version: &str, literal: &str) -> bool {
    literal.starts_with(['v', 'V']) && compare_versions(version, literal) == Some(std::cmp::Ordering::Equal)
}

/// The first component of a version; none where a component is no number.
pub(super) fn major_version(text: &str) -> Option<f64> {
    let mut components = version_components(text)?;
    let major = components.next()??;
    #[expect(clippy::cast_precision_loss, reason = "for sorting: larger versions stay no smaller")]
    components.all(|component| component.is_some()).then_some(major as f64)
}

fn version_components(text: &str) -> Option<impl Iterator<Item = Option<u64>>> {
    let digits = text.strip_prefix(['v', 'V']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit()).then(|| digits.split('.').map(|part| part.parse().ok()))
}

/// `*` stands for any text, `?` for one character, and case is ignored.
///
/// Walks both texts once and goes back only to the last `*`: no pattern makes it slow.
pub fn matches_wildcards(text: &str, pattern: &str) -> bool {
    matches_from(text.chars(), pattern.chars(), None, false)
}

/// The same as matching `*pattern*`.
pub(super) fn holds_wildcards(text: &str, pattern: &str) -> bool {
    matches_from(text.chars(), pattern.chars(), Some((text.chars(), pattern.chars())), true)
}

/// `retry` is what was left of both after the last `*`; `open`: the pattern ends with one.
fn matches_from<'a>(
    mut text: Chars<'a>,
    mut pattern: Chars<'a>,
    mut retry: Option<(Chars<'a>, Chars<'a>)>,
    open: bool,
) -> bool {
    loop {
        let mut rest = pattern.clone();
        match rest.next() {
            Some('*') => {
                retry = Some((text.clone(), rest.clone()));
                pattern = rest;
                continue;
            }
            Some(expected) => {
                let mut ahead = text.clone();
                if ahead.next().is_some_and(|found| expected == '?' || same_letter(found, expected)) {
                    text = ahead;
                    pattern = rest;
                    continue;
                }
            }
            None if open || text.as_str().is_empty() => return true,
            None => {}
        }
        let Some((mut from, after_star)) = retry else { return false };
        if from.next().is_none() {
            return false;
        }
        text = from.clone();
        pattern = after_star.clone();
        retry = Some((from, after_star));
    }
}

/// Whether two letters differ in their case at most: of the Latin, Greek and Cyrillic alphabets. The standard
/// library's table of all alphabets would add 10 KB to the module.
fn same_letter(left: char, right: char) -> bool {
    left == right || lower_case(left) == lower_case(right)
}

/// A text's letters without their case, for sorting and for looking up.
pub fn lower_case_text(text: &str) -> impl Iterator<Item = u32> {
    text.chars().map(lower_case)
}

fn lower_case(letter: char) -> u32 {
    let code = u32::from(letter);
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ϋ' | 'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        // In these blocks capital and small letters take turns; in two of them the capital has the odd number.
        'Ĺ'..='ň' | 'Ź'..='ž' => code + code % 2,
        // Not İ and ı: they are other letters than one another, and than I and i.
        'Ā'..='į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' => code | 1,
        'Ÿ' => 0xff,
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_as_documented() {
        for (text, pattern, expected) in [
            ("Microsoft Office 16", "*microsoft office*", true),
            ("dll-host.exe", "dll*.exe", true),
            ("dll-host.exe.bak", "dll*.exe", false),
            ("16.0.4266", "16.*", true),
            ("15.0.4266", "16.*", false),
            ("a", "?", true),
            ("", "?", false),
            ("", "", true),
            ("", "*", true),
            ("abc", "a*b*c", true),
            ("aXbYbZc", "a*bz?", true),
            ("Über", "ÜBER", true),
            ("Żółć Łódź", "żÓŁĆ łÓDŹ", true),
            ("ПРИВЕТ Ёлка", "привет ёЛКА", true),
            ("ΑΘΗΝΑ", "αθηνα", true),
            ("Ÿ", "ÿ", true),
            ("×", "÷", false),
            ("İ", "ı", false),
            ("İ", "i", false),
            ("Į", "į", true),
            ("Ĳ", "ĳ", true),
        ] {
            assert_eq!(matches_wildcards(text, pattern), expected, "{text} with {pattern}");
        }
    }

    #[test]
    fn a_text_holds_what_matches_between_two_stars() {
        for text in ["", "a", "Zoom Outlook Plugin", "16.0.4266", "ABBA", "aab"] {
            for pattern in
                ["", "*", "?", "zoom", "look*in", "PLUGIN", "16.*", "6?4", "bb", "aab", "ab", "x", "a?a", "??"]
            {
                let expected = matches_wildcards(text, &format!("*{pattern}*"));
                assert_eq!(holds_wildcards(text, pattern), expected, "{text} holds {pattern}");
            }
        }
    }

    #[test]
    fn a_hostile_pattern_is_not_slow() {
        assert!(!matches_wildcards(&"a".repeat(20_000), &format!("{}b", "*a".repeat(200))));
    }
}
