//! Untrusted text → lines of characters that can be seen.

use crate::unseen::is_unseen;

/// The lines of a text that are not empty, without white space around them.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.split(is_line_break).map(line).filter(|line| !line.is_empty()).collect()
}

/// A text on one line: white space and control characters become single spaces, what nobody sees goes. What joins stays.
pub(super) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_unseen(character) {
            line.push(character);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// A text of at most so many UTF-16 units, as JavaScript and the platforms count; an ellipsis tells that there was more.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if length(text) <= limit {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut left = limit.saturating_sub(1);
    for character in text.chars() {
        match left.checked_sub(character.len_utf16()) {
            Some(rest) => left = rest,
            None => break,
        }
        short.push(character);
    }
    short.truncate(short.trim_end_matches(|last: char| last.is_whitespace() || last == '\u{200d}').len());
    short.push('…');
    short
}

/// The length of a text in UTF-16 units.
pub(super) fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_nothing_that_cannot_be_seen() {
        for (text, expected) in [
            ("  Outlook \t is\u{a0}\u{3000}offline  ", "Outlook is offline"),
            ("a\r\nb\u{2028}c\0d\u{1b}[31m", "a b c d [31m"),
            ("exe.\u{202e}txt\u{202c} \u{200b}x\u{feff}", "exe.txt x"),
            ("i\u{e0069}\u{e0067}gnore", "ignore"),
            ("👩\u{200d}💻 ❤\u{fe0f}", "👩\u{200d}💻 ❤\u{fe0f}"),
            ("\u{3164}a\u{2800}b\u{115f}", "ab"),
            ("\u{200b} \u{200b}", ""),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
        assert_eq!(lines("a\n\n  b \r\nc\u{2029}\n"), ["a", "b", "c"]);
    }

    #[test]
    fn what_is_shortened_says_so_and_keeps_to_the_limit() {
        for (text, limit, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("a b c", 3, "a…"),
            ("😀😀", 3, "😀…"),
            ("😀😀", 2, "…"),
            ("abc", 1, "…"),
            ("日本語です", 4, "日本語…"),
        ] {
            assert_eq!(shortened(text, limit), expected, "{text}");
            assert!(length(expected) <= limit);
        }
    }
}
