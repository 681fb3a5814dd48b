//! The documented limits of what is sent, held before anything is sent. Checking goes on to the end and keeps the
//! first rule that is broken; it names the field, the rule, and a length or a kind, never a value.

use super::problem::NexthinkError;
use crate::json::push_digits;

/// Where checking is, and the first rule that was broken.
#[derive(Default)]
pub(super) struct Limits {
    path: String,
    broken: Option<String>,
}

impl Limits {
    /// Notes what is wrong with a field where it does not hold: `is empty`. Without a name, the element itself.
    #[inline(never)]
    pub fn hold(&mut self, field: &str, holds: bool, wrong: &str) {
        if holds || self.broken.is_some() {
            return;
        }
        let mut rule = String::from("`");
        rule.push_str(&self.path);
        rule.push_str(if self.path.is_empty() || field.is_empty() { "" } else { "." });
        rule.push_str(field);
        rule.push_str("` ");
        rule.push_str(wrong);
        self.broken = Some(rule);
    }

    /// A text with at least one character.
    pub fn filled(&mut self, field: &str, text: &str) {
        self.hold(field, !text.is_empty(), "is empty");
    }

    /// As many of something as the limits say, both of them included.
    pub fn count(&mut self, field: &str, number: usize, what: &str, least: u32, most: u32) {
        if (u64::from(least)..=u64::from(most)).contains(&(number as u64)) {
            return;
        }
        let mut wrong = String::from("has ");
        push_grouped(number as u64, &mut wrong);
        wrong.push(' ');
        wrong.push_str(what);
        push_allowed(least, most, &mut wrong);
        self.hold(field, false, &wrong);
    }

    /// A number between two others, both of them included.
    pub fn range(&mut self, field: &str, number: u32, least: u32, most: u32) {
        if (least..=most).contains(&number) {
            return;
        }
        let mut wrong = String::from(if number < least { "is too small" } else { "is too large" });
        push_allowed(least, most, &mut wrong);
        self.hold(field, false, &wrong);
    }

    /// Checks each element of a list, whose place is named as `devices[3]`.
    pub fn each<T>(&mut self, list: &str, elements: &[T], check: &mut dyn FnMut(&mut Self, &T)) {
        let level = self.path.len();
        for (position, element) in elements.iter().enumerate() {
            self.enter(level, list, position);
            check(self, element);
        }
        self.path.truncate(level);
    }

    /// # Errors
    /// `invalid`, with the first rule that was broken.
    pub fn finish(self) -> Result<(), NexthinkError> {
        self.broken.map_or(Ok(()), |rule| Err(NexthinkError::invalid(rule)))
    }

    fn enter(&mut self, level: usize, list: &str, position: usize) {
        self.path.truncate(level);
        self.path.push_str(if level > 0 { "." } else { "" });
        self.path.push_str(list);
        self.path.push('[');
        push_digits(position as u64, 1, &mut self.path);
        self.path.push(']');
    }
}

fn push_allowed(least: u32, most: u32, text: &mut String) {
    text.push_str("; allowed are ");
    if least > 0 {
        push_grouped(least.into(), text);
        text.push_str(" to ");
    } else {
        text.push_str("up to ");
    }
    push_grouped(most.into(), text);
}

/// `10,000`, as the vendor's pages write it.
fn push_grouped(number: u64, text: &mut String) {
    if number < 1_000 {
        return push_digits(number, 1, text);
    }
    push_grouped(number / 1_000, text);
    text.push(',');
    push_digits(number % 1_000, 3, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(check: impl FnOnce(&mut Limits)) -> Option<String> {
        let mut limits = Limits::default();
        check(&mut limits);
        limits.finish().err().map(|error| error.message.to_string())
    }

    #[test]
    fn a_broken_rule_names_the_field_the_rule_and_a_length() {
        for (check, expected) in [
            ((|limits| limits.filled("domain", "")) as fn(&mut Limits), Some("`domain` is empty")),
            (|limits| limits.filled("domain", "x"), None),
            (
                |limits| limits.count("devices", 0, "entries", 1, 10_000),
                Some("`devices` has 0 entries; allowed are 1 to 10,000"),
            ),
            (
                |limits| limits.count("devices", 1_234_005, "entries", 0, 10_000),
                Some("`devices` has 1,234,005 entries; allowed are up to 10,000"),
            ),
            (|limits| limits.count("devices", 10_000, "entries", 1, 10_000), None),
            (
                |limits| limits.range("minutes", 59, 60, 525_600),
                Some("`minutes` is too small; allowed are 60 to 525,600"),
            ),
            (
                |limits| limits.range("minutes", 525_601, 60, 525_600),
                Some("`minutes` is too large; allowed are 60 to 525,600"),
            ),
            (|limits| limits.range("minutes", 60, 60, 525_600), None),
        ] {
            assert_eq!(broken(check).as_deref(), expected);
        }
    }

    #[test]
    fn the_first_broken_rule_is_told_with_its_place() {
        let lists = [vec!["a"], vec!["b", ""], vec![""]];
        let rule = broken(|limits| {
            limits.each("outer", &lists, &mut |limits, list| {
                limits.each("inner", list, &mut |limits, text| limits.filled("name", text));
                limits.each("inner", list, &mut |limits, text| limits.filled("", text));
            });
            limits.filled("after", "");
        });
        assert_eq!(rule.as_deref(), Some("`outer[1].inner[1].name` is empty"));
        let rule = broken(|limits| limits.each("inner", &["a", ""], &mut |limits, text| limits.filled("", text)));
        assert_eq!(rule.as_deref(), Some("`inner[1]` is empty"));
        let rule = broken(|limits| {
            limits.each("inner", &["a"], &mut |limits, text| limits.filled("", text));
            limits.filled("after", "");
        });
        assert_eq!(rule.as_deref(), Some("`after` is empty"));
    }
}
