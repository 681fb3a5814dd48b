//! Plain text in which nothing begins that a platform finds in text by itself: links, addresses, mentions, tags,
//! entities, templates.
//!
//! Escapes do not help against what is found after the markup has been read, or without any. A space of no width in the
//! right places does: it is not seen, and a long line can be broken there.

/// U+200B
const SPACE: char = '\u{200b}';

/// A line in which nothing is found that its author did not mean for people.
pub(super) fn inert(line: &str) -> String {
    let mut inert = String::with_capacity(line.len() + line.len() / 8);
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    while let Some(character) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        if ends_something(before, character, next) {
            inert.push(SPACE);
        }
        inert.push(character);
        if begins_something(before, character, next) {
            inert.push(SPACE);
        }
        before = character;
    }
    inert
}

/// An inert line that is text under Markdown and Slack's mrkdwn as well as where neither is read, for where a platform
/// may do either: what would mark it up is replaced by what looks the same.
pub(super) fn unmarked(line: &str) -> String {
    let mut unmarked = String::with_capacity(line.len());
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    if rest.peek().is_some_and(|first| first.is_ascii_digit() || "#>-+=:|".contains(*first)) {
        unmarked.push(SPACE);
    }
    while let Some(character) = rest.next() {
        let is_inside_a_word = before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        unmarked.push(match character {
            '*' => '∗',
            '`' => 'ˋ',
            '~' => '∼',
            '_' if !is_inside_a_word => 'ˍ',
            _ => character,
        });
        before = character;
    }
    inert(&unmarked)
}

/// The same for where nobody knows what reads it: text in HTML and SSML, too, and without a place that a template fills.
pub(super) fn unmarked_anywhere(line: &str) -> String {
    let mut rest = line.chars().peekable();
    let mut text = String::with_capacity(line.len());
    while let Some(character) = rest.next() {
        text.push(match character {
            '<' => '‹',
            '>' => '›',
            '{' => '｛',
            '}' => '｝',
            '$' if rest.peek().is_some_and(|next| next.is_alphanumeric() || *next == '_') => '＄',
            _ => character,
        });
    }
    unmarked(&text)
}

/// An inert line that is text in SSML, too, for where a platform may expect either.
pub(super) fn spoken(line: &str) -> String {
    inert(&line.replace('<', "‹").replace('>', "›").replace('&', "＆"))
}

/// What some look for before a character, however the text goes on: `www` and the name in an address.
fn ends_something(before: char, character: char, next: char) -> bool {
    match character {
        '.' => before != ' ' && next.is_alphabetic() || matches!(before, 'w' | 'W'),
        '@' => before != ' ',
        _ => false,
    }
}

fn begins_something(before: char, character: char, next: char) -> bool {
    match character {
        // A domain's last part.
        '.' => before != ' ' && next.is_alphabetic(),
        '@' => next != ' ',
        '#' => next.is_alphanumeric(),
        '<' => next != ' ' && !next.is_ascii_digit(),
        '&' => next.is_ascii_alphanumeric() || next == '#',
        // A drive's `C:\` stays as it is: paths are there to be copied.
        ':' => next == '/' || next.is_ascii_alphabetic(),
        '/' => next == '/',
        '{' | '$' => next == '{',
        ']' => matches!(next, '(' | '[' | ':'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        inert(text).replace(SPACE, "|")
    }

    #[test]
    fn what_is_found_in_text_is_broken_and_looks_the_same() {
        for (text, expected) in [
            ("https://evil.com/a", "https:|/|/evil|.|com/a"),
            ("www.evil.com", "www|.|evil|.|com"),
            ("vera@acme.com", "vera|@|acme|.|com"),
            ("www.", "www|."),
            ("mailto:a", "mailto:|a"),
            ("//localhost", "/|/localhost"),
            ("<at>Bot</at>", "<|at><|/at>".replace("><", ">Bot<").as_str()),
            ("<!here> <@U1> #general", "<|!here> <||@|U1> #|general"),
            ("&lt; &#60; R & D", "&|lt; &|#|60; R & D"),
            ("{{DATE(x)}} ${y} {{{z", "{|{DATE(x)}} $|{y} {|{|{z"),
            ("[x](y) [x][y] [x]: y", "[x]|(y) [x]|[y] [x]|: y"),
            // What is only punctuation stays.
            ("It is 16:30. Version 16.0.1, 7 < 8.", "It is 16:30. Version 16.0.1, 7 < 8."),
            (r"C:\Program Files\a_b", r"C:\Program Files\a_b"),
            ("#1 of .NET…", "#|1 of .NET…"),
        ] {
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_are_replaced_by_what_looks_like_them() {
        for (text, expected) in
            [("*a* _b_ c_d ~e~ `f`", "∗a∗ ˍbˍ c_d ∼e∼ ˋfˋ"), ("> q", "|> q"), ("1. a", "|1. a"), ("- a", "|- a")]
        {
            assert_eq!(unmarked(text).replace(SPACE, "|"), expected, "{text}");
        }
        assert_eq!(spoken("<break/> R&D"), "‹break/› R＆D");
        for (text, expected) in [
            (r"R & D: C:\Users\a_b (see 3.5), $ 5", r"R & D: C:\Users\a_b (see 3.5), $ 5"),
            ("<b>*x*</b> {{y}} $sys.now $5", "‹b›∗x∗‹/b› ｛｛y｝｝ ＄sys|.|now ＄5"),
            ("<@U1> [x](y) &lt;", "‹|@|U1› [x]|(y) &|lt;"),
        ] {
            assert_eq!(unmarked_anywhere(text).replace(SPACE, "|"), expected, "{text}");
        }
    }
}
