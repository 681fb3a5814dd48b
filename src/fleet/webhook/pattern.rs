//! Text with `{{placeholders}}`, and the way back: from a text that was made of it to the values.
//!
//! Values are found by the literal text between them. Where they could have been cut in more than one way, because a value
//! holds that text, nothing is guessed: no value is better than a wrong one.

use super::field::field_name;

/// What is wrong with a template, and at which byte.
#[derive(Debug, PartialEq)]
pub(super) struct Mistake {
    pub position: usize,
    pub what: &'static str,
}

/// Why a text gives no values.
#[derive(Debug, PartialEq)]
pub(super) enum Mismatch {
    /// It was not made of this template.
    Other,
    /// It could have been made of it in more than one way.
    Ambiguous,
}

/// Literal text, and placeholders each with the literal text behind it.
#[derive(Debug, PartialEq)]
pub(super) struct Pattern {
    first: String,
    rest: Vec<(String, String)>,
}

impl Pattern {
    /// Reads a text with placeholders, of which there may be none.
    pub fn read(text: &str) -> Result<Self, Mistake> {
        let mistake = |rest: &str, what| Err(Mistake { position: text.len() - rest.len(), what });
        let Some((first, mut rest)) = text.split_once("{{") else {
            return Ok(Self { first: text.to_owned(), rest: Vec::new() });
        };
        let mut pattern = Self { first: first.to_owned(), rest: Vec::new() };
        loop {
            let Some((name, after)) = rest.split_once("}}") else {
                return mistake(rest, "a `{{` has no `}}` behind it");
            };
            let name = name.trim();
            let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '#' | '-' | '/');
            if name.is_empty() || !name.chars().all(is_name) {
                return mistake(rest, "a placeholder is not the name of a variable");
            }
            let name = field_name(name).to_owned();
            let Some((literal, next)) = after.split_once("{{") else {
                pattern.rest.push((name, after.to_owned()));
                return Ok(pattern);
            };
            if literal.is_empty() {
                return mistake(
                    after,
                    "two placeholders have no text between them, by which their values could be told",
                );
            }
            pattern.rest.push((name, literal.to_owned()));
            rest = next;
        }
    }

    /// Whether there is nothing to find.
    pub fn is_literal(&self) -> bool {
        self.rest.is_empty()
    }

    /// The placeholder that is all there is.
    pub fn only_placeholder(&self) -> Option<&str> {
        match self.rest.as_slice() {
            [(name, behind)] if self.first.is_empty() && behind.is_empty() => Some(name),
            _ => None,
        }
    }

    /// The values of a text that was made of it.
    pub fn values<'t>(&self, text: &'t str) -> Result<Vec<(&str, &'t str)>, Mismatch> {
        let Some(text) = text.strip_prefix(self.first.as_str()) else { return Err(Mismatch::Other) };
        let Some(((last, end), before)) = self.rest.split_last() else {
            return if text.is_empty() { Ok(Vec::new()) } else { Err(Mismatch::Other) };
        };
        let Some(text) = text.strip_suffix(end.as_str()) else { return Err(Mismatch::Other) };
        let mut found: Vec<(&str, &str)> = Vec::new();
        // From the left, each literal where it is first: no cut can be earlier.
        let mut left = text;
        for (name, literal) in before {
            let Some((value, after)) = left.split_once(literal.as_str()) else { return Err(Mismatch::Other) };
            found.push((name, value));
            left = after;
        }
        found.push((last, left));
        // From the right, each where it is last: no cut can be later. Where both are the same, there is no other.
        let mut right = text;
        for ((_, literal), (_, value)) in before.iter().zip(found.iter().skip(1)).rev() {
            let Some((until, from)) = right.rsplit_once(literal.as_str()) else { return Err(Mismatch::Other) };
            if from != *value {
                return Err(Mismatch::Ambiguous);
            }
            right = until;
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(template: &str, text: &str) -> Result<Vec<(String, String)>, Mismatch> {
        let pattern = Pattern::read(template).unwrap();
        let found = pattern.values(text)?;
        Ok(found.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn all(pairs: &[(&str, &str)]) -> Result<Vec<(String, String)>, Mismatch> {
        Ok(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn values_are_found_by_the_text_between_them() {
        assert_eq!(values("{{a}}: {{ b }}!", "x: y!"), all(&[("a", "x"), ("b", "y")]));
        assert_eq!(values("on {{device.name}}", "on "), all(&[("deviceName", "")]));
        assert_eq!(values("{{request_id}};{{status}}", "7;Ü, ok"), all(&[("requestId", "7"), ("status", "Ü, ok")]));
        assert_eq!(values("plain", "plain"), all(&[]));
    }

    #[test]
    fn what_could_be_cut_in_two_ways_is_not_cut() {
        assert_eq!(values("{{a}}-{{b}}", "1-2-3"), Err(Mismatch::Ambiguous));
        assert_eq!(values("{{a}}aa{{b}}", "aaa"), Err(Mismatch::Ambiguous));
        assert_eq!(values("{{a}}-{{b}};", "1-2;;"), all(&[("a", "1"), ("b", "2;")]));
    }

    #[test]
    fn a_text_that_was_not_made_of_it_gives_nothing() {
        for text in ["", "on A", "On A: b.", "on A: b", "on A b."] {
            assert_eq!(values("on {{a}}: {{b}}.", text), Err(Mismatch::Other), "{text}");
        }
        assert_eq!(values("aba{{x}}aba", "aba"), Err(Mismatch::Other));
    }

    #[test]
    fn a_template_that_is_none_is_told_with_the_place() {
        for (template, position, what) in [
            ("a {{b", 4, "no `}}`"),
            ("{{}}", 2, "not the name"),
            ("x{{a b}}", 3, "not the name"),
            ("{{a}} {{\"}}", 8, "not the name"),
            ("{{a}}{{b}}", 5, "no text between"),
            ("{{a{{b}}", 2, "not the name"),
        ] {
            let mistake = Pattern::read(template).unwrap_err();
            assert!(mistake.position == position && mistake.what.contains(what), "{template}: {mistake:?}");
        }
    }
}
