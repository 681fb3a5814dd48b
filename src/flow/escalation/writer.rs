//! A page, line by line, in Markdown or plain text. What others have written (a name, a value, a script's words) never
//! becomes markup, a link or a line of its own.

use crate::unseen::{is_joining, is_unseen};

/// How long a text of others may be, and the whole page, in characters: tickets take 4,000.
const LONGEST_TEXT: usize = 200;
const LONGEST_PAGE: usize = 4_000;
const SHORTENED: &str = "\n(shortened)\n";

/// A page under way.
pub(super) struct Writer {
    markdown: bool,
    text: String,
}

impl Writer {
    pub fn new(markdown: bool) -> Self {
        Self { markdown, text: String::new() }
    }

    /// Begins a part of the page.
    pub fn heading(&mut self, title: &str) -> &mut Self {
        self.text.push_str(if self.text.is_empty() { "" } else { "\n" });
        self.text.push_str(if self.markdown { "## " } else { "" });
        self.text.push_str(title);
        // Markdown wants an empty line after a heading, plain text something that makes it one.
        self.text.push_str(if self.markdown { "\n" } else { ":" });
        self
    }

    /// Begins a line of a list.
    pub fn line(&mut self) -> &mut Self {
        self.ours("\n- ")
    }

    /// Begins a line below a line of a list.
    pub fn line_below(&mut self) -> &mut Self {
        self.ours("\n  - ")
    }

    /// Adds words of this package.
    pub fn ours(&mut self, words: &str) -> &mut Self {
        self.text.push_str(words);
        self
    }

    /// Adds words of others.
    pub fn theirs(&mut self, words: &str) -> &mut Self {
        let mut previous = ' ';
        // At the beginning of a line of a list: `-`, `1.` and the like would begin another list in it.
        let mut begins = self.text.ends_with("- ");
        let letters = words.trim().chars().map(visible).skip_while(|letter| *letter == ' ');
        let mut letters = letters.take(LONGEST_TEXT + 1).enumerate().peekable();
        while let Some((position, letter)) = letters.next() {
            if position == LONGEST_TEXT {
                self.text.push('…');
                break;
            }
            let next = letters.peek().map_or(' ', |(_, next)| *next);
            let is_marker = begins && matches!(letter, '-' | '+' | '=' | '.' | ')');
            if self.markdown && (is_marker || is_markup(previous, letter, next)) {
                self.text.push('\\');
            }
            begins &= letter.is_ascii_digit();
            self.text.push(letter);
            previous = letter;
        }
        self
    }

    /// Ends a part of the page.
    pub fn end(&mut self) {
        self.text.push('\n');
    }

    /// The page, cut after a line where it is too long.
    pub fn page(self) -> String {
        let room = LONGEST_PAGE - SHORTENED.len();
        let mut count = 0;
        let mut last_line = 0;
        for (position, letter) in self.text.char_indices() {
            if letter == '\n' && count <= room {
                last_line = position;
            }
            count += 1;
        }
        if count <= LONGEST_PAGE {
            return self.text;
        }
        let mut page = self.text.get(..last_line).unwrap_or_default().to_owned();
        page.push_str(SHORTENED);
        page
    }
}

/// A space in place of what breaks the line, and of what is not seen, but would be read by a machine.
fn visible(letter: char) -> char {
    if letter.is_control() || is_unseen(letter) || is_joining(letter) { ' ' } else { letter }
}

/// Whether a letter could be a part of markup, HTML, a mention or a link, wherever it stands.
const fn is_markup(previous: char, letter: char, next: char) -> bool {
    match letter {
        '\\' | '`' | '*' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!' => true,
        // Inside a word they are letters: names of columns are full of them.
        '_' => !(previous.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()),
        '#' | '@' => !previous.is_ascii_alphanumeric(),
        // `https://…` and `www.…` are links without any markup.
        '/' => matches!(previous, '/' | ':'),
        '.' => matches!(previous, 'w' | 'W'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(markdown: bool, words: &str) -> String {
        let mut writer = Writer::new(markdown);
        writer.theirs(words);
        writer.page()
    }

    #[test]
    fn words_of_others_are_no_markup_no_link_and_no_line() {
        for (words, text, markdown) in [
            ("AMARTIN-LT", "AMARTIN-LT", "AMARTIN-LT"),
            ("**Zoë** <b>", "**Zoë** <b>", r"\*\*Zoë\*\* \<b\>"),
            ("[x](https://e.example)", "[x](https://e.example)", r"\[x\](https:\/\/e.example)"),
            ("a_b _c_ d@e #f @g", "a_b _c_ d@e #f @g", r"a_b \_c\_ d@e \#f \@g"),
            ("www.evil.example", "www.evil.example", r"www\.evil.example"),
            (" a\r\n# b\t`c`", "a  # b `c`", r"a  \# b \`c\`"),
            ("\u{202e}txt.exe", "txt.exe", "txt.exe"),
            ("| @all & ~x~ \\", "| @all & ~x~ \\", r"\| \@all \& \~x\~ \\"),
        ] {
            assert_eq!(written(false, words), text);
            assert_eq!(written(true, words), markdown);
        }
        assert_eq!(written(false, &"é".repeat(500)).chars().count(), LONGEST_TEXT + 1);
    }

    #[test]
    fn words_of_others_begin_no_list_within_a_line_of_a_list() {
        for (words, markdown) in [
            ("- [x] done", r"\- \[x\] done"),
            ("+ one", r"\+ one"),
            ("1. one", r"1\. one"),
            ("27) one", r"27\) one"),
            ("=== a", r"\=== a"),
            ("--- a", r"\--- a"),
            ("1.5 GB - a", r"1\.5 GB - a"),
            ("a 1. b", "a 1. b"),
            ("\u{200b}\u{feff}\u{2060} \u{e0041}    code", "code"),
        ] {
            let mut writer = Writer::new(true);
            writer.line().theirs(words);
            assert_eq!(writer.page(), format!("\n- {markdown}"));
        }
        assert_eq!(written(true, "- a"), "- a");
    }

    #[test]
    fn what_is_not_seen_is_not_there() {
        assert_eq!(written(false, "a\u{e0069}\u{e0067}\u{feff}\u{ad}\u{61c}b"), "a     b");
    }

    #[test]
    fn a_page_that_is_too_long_is_cut_after_a_line() {
        let mut writer = Writer::new(true);
        for _ in 0..100 {
            writer.line().theirs(&"é".repeat(99));
        }
        writer.end();
        let page = writer.page();
        assert!((3_800..=LONGEST_PAGE).contains(&page.chars().count()), "{}", page.chars().count());
        assert!(page.ends_with(&format!("{}{SHORTENED}", "é".repeat(99))));
    }
}
