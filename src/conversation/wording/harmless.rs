//! Text from outside, made harmless before it stands in a message: one line, nothing that cannot be seen, nothing that
//! changes the direction of what follows, no towers of marks, and not too long. It is plain text still: what a format
//! takes for markup is the affair of `rendering`.

use crate::unseen::{is_joining, is_unseen};

/// How many marks may stand on one letter: Vietnamese and Hebrew take two or three.
const MARKS: usize = 3;

/// What stands for a text of which nothing is left.
pub(super) const NOTHING: &str = "?";

/// The text on one line, of at most so many characters; what was cut off is an ellipsis.
pub(super) fn harmless(text: &str, at_most: usize) -> String {
    let mut kept = Kept::default();
    // Whoever sends a megabyte of marks shall not have it read.
    let mut letters = text.chars();
    let was_cut = loop {
        let Some(letter) = letters.next() else { break false };
        if kept.read >= at_most.saturating_mul(16) || !kept.takes(letter, at_most) {
            break true;
        }
    };
    if was_cut {
        kept.cut(at_most);
    }
    if kept.text.is_empty() { NOTHING.into() } else { kept.text }
}

#[derive(Default)]
struct Kept {
    text: String,
    /// In letters with their marks.
    length: usize,
    marks: usize,
    /// Where the last letter with its marks begins.
    last: usize,
    space: bool,
    /// How much was read for it.
    read: usize,
}

impl Kept {
    /// Whether there was room for the letter.
    fn takes(&mut self, letter: char, at_most: usize) -> bool {
        self.read += 1;
        match Sort::of(letter) {
            Sort::Hidden => {}
            Sort::Space => self.space = !self.text.is_empty(),
            // A mark without a letter would stand on what the message says before it.
            Sort::Mark if self.text.is_empty() || self.space => {}
            Sort::Mark => {
                if self.marks < MARKS {
                    self.text.push(letter);
                }
                self.marks += 1;
            }
            Sort::Visible => {
                let length = self.length + usize::from(self.space) + 1;
                if length > at_most {
                    return false;
                }
                self.text.push_str(if self.space { " " } else { "" });
                self.last = self.text.len();
                self.text.push(letter);
                (self.length, self.marks, self.space) = (length, 0, false);
            }
        }
        true
    }

    fn cut(&mut self, at_most: usize) {
        if self.length >= at_most {
            self.text.truncate(self.last);
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push('…');
    }
}

enum Sort {
    Visible,
    Space,
    Mark,
    Hidden,
}

impl Sort {
    fn of(letter: char) -> Self {
        if letter.is_ascii_graphic() {
            return Self::Visible;
        }
        if letter.is_whitespace() || letter.is_control() {
            return Self::Space;
        }
        if is_unseen(letter) || is_joining(letter) {
            return Self::Hidden;
        }
        // The standard library knows what has no looks of its own, and writes it as an escape; a mark only at the
        // beginning of a text.
        let mut buffer = [0; 4];
        let alone: &str = letter.encode_utf8(&mut buffer);
        if alone.escape_debug().nth(1).is_none() {
            return Self::Visible;
        }
        if ["x", alone].concat().escape_debug().nth(2).is_none() { Self::Mark } else { Self::Hidden }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_does_no_harm_stays_as_it_is() {
        for text in [
            "PC-1",
            "Zoom Outlook Plugin",
            "Vera's laptop (2nd floor) @home #1 *new*",
            "Büro Zürich",
            "Máy tính số 5",
            "山田のPC ｶﾞ",
            "מחשב",
            "حاسوب",
            "คอมพิวเตอร์ของน้ำ",
            "กี่",
            "😀",
            "a\u{301}\u{323}",
        ] {
            assert_eq!(harmless(text, 100), text);
        }
    }

    #[test]
    fn what_would_do_harm_is_taken_out() {
        for (text, expected) in [
            ("", "?"),
            (" \t\n ", "?"),
            ("\u{200b}\u{feff}", "?"),
            ("PC-1\nYour password has expired", "PC-1 Your password has expired"),
            ("a\r\n\u{2028}\u{2029}\u{85}b", "a b"),
            ("a\u{0}\u{7}\u{1b}[31mb", "a [31mb"),
            ("  a \u{a0}\u{3000} b  ", "a b"),
            ("\u{202e}exe.txt\u{202c}", "exe.txt"),
            ("\u{2066}a\u{2067}b\u{2068}c\u{2069}\u{200e}\u{200f}\u{61c}", "abc"),
            ("ig\u{200b}no\u{200c}re\u{200d} \u{2060}this\u{ad}", "ignore this"),
            ("x\u{e0001}\u{e0069}\u{e0067}\u{e007f}y", "xy"),
            ("x\u{fe0f}\u{e0100}y", "xy"),
            ("\u{3164}\u{115f}\u{2800}x", "x"),
            ("\u{301}\u{302}x", "x"),
            ("x \u{301}y", "x y"),
            ("x\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}y", "x\u{301}\u{302}\u{303}y"),
            ("a\u{e000}\u{f0000}\u{fffe}b", "ab"),
        ] {
            assert_eq!(harmless(text, 100), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_between_letters() {
        for (text, at_most, expected) in [
            ("abcdef", 6, "abcdef"),
            ("abcdefg", 6, "abcde…"),
            ("abcde  ", 5, "abcde"),
            ("abcd efg", 6, "abcd…"),
            ("abcd e", 6, "abcd e"),
            ("ééééé", 4, "ééé…"),
            ("e\u{301}e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}…"),
            ("e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}e\u{301}"),
            ("日本語日本語", 4, "日本語…"),
        ] {
            assert_eq!(harmless(text, at_most), expected, "{text} {at_most}");
        }
        let tower = ["x", &"\u{301}".repeat(1_000_000)].concat();
        assert_eq!(harmless(&tower, 100), "x\u{301}\u{301}\u{301}…");
    }

    /// Texts in which harm is more likely than in any text at all.
    fn hostile() -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            any::<char>(),
            Just('x'),
            Just(' '),
            proptest::char::range('\u{0}', '\u{20}'),
            proptest::char::range('\u{300}', '\u{36f}'),
            proptest::char::range('\u{200b}', '\u{206f}'),
            proptest::char::range('\u{e0000}', '\u{e01ef}'),
        ];
        prop::collection::vec(letter, 0..80).prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn whatever_comes_in_is_one_short_line_of_what_can_be_seen(text in hostile(), at_most in 2..40_usize) {
            let out = harmless(&text, at_most);
            prop_assert!(!out.is_empty());
            prop_assert!(out.chars().filter(|letter| matches!(Sort::of(*letter), Sort::Visible | Sort::Space)).count() <= at_most);
            prop_assert!(out.chars().count() <= at_most * (MARKS + 1));
            prop_assert!(!out.chars().any(|letter| letter.is_control() || matches!(Sort::of(letter), Sort::Hidden)));
            prop_assert!(!out.contains("  ") && out.trim() == out);
            let is_refused = |letter: char| matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{e0000}'..='\u{e0fff}');
            prop_assert!(!out.chars().any(is_refused));
            let marks: Vec<bool> = out.chars().map(|letter| matches!(Sort::of(letter), Sort::Mark)).collect();
            prop_assert!(!marks.windows(MARKS + 1).any(|pile| pile.iter().all(|mark| *mark)) && marks.first() != Some(&true));
        }

        #[test]
        fn what_is_harmless_stays_as_it_is(text in hostile(), at_most in 2..40_usize) {
            let out = harmless(&text, at_most);
            prop_assert_eq!(harmless(&out, at_most), out);
        }
    }
}
