//! A turn in CommonMark.
//!
//! `&`, `<` and `>` become entities rather than being escaped, so that they are harmless also where Markdown is read by
//! what knows no more of it than tags and asterisks.

use super::Message;
use super::inert::inert;
use super::outline::{Manner, write};

/// What means something in CommonMark, in GFM or in what others have added: mathematics, marks, super- and subscripts.
const MARKS: &str = r"\`*_[]{}()!|~$^=";

/// What means something at the beginning of a line: headings, lists, definitions.
const MARKS_OF_BLOCKS: &str = "#-+:%";

/// The messages as paragraphs and lists.
pub(super) fn markdown(messages: &[Message]) -> String {
    write(messages, &Manner { escape, line_break: "\\\n", part: "\n\n", message: "\n\n", bullet: "- " })
}

fn escape(line: &str) -> String {
    let line = inert(line);
    let mut escaped = String::with_capacity(line.len() * 2);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (position, character) in line.char_indices() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            _ => {
                let is_number_of_list = digits > 0
                    && position == digits
                    && matches!(character, '.' | ')')
                    && line.get(position + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
                let is_mark_of_block = position == 0 && MARKS_OF_BLOCKS.contains(character);
                if is_number_of_list || is_mark_of_block || MARKS.contains(character) {
                    escaped.push('\\');
                }
                escaped.push(character);
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_markdown_is_escaped_and_the_rest_stays_readable() {
        for (text, expected) in [
            ("Is Outlook offline (since 16:30)?", r"Is Outlook offline \(since 16:30\)?"),
            ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
            ("<b>R&D", "&lt;\u{200b}b&gt;R&amp;\u{200b}D"),
            ("# a", r"\# a"),
            ("12. a", r"12\. a"),
            ("1) a", r"1\) a"),
            ("- a-b", r"\- a-b"),
            ("--- | ---", r"\--- \| ---"),
            (r"a\", r"a\\"),
            ("16.5 GB", "16.5 GB"),
            ("12.", r"12\."),
        ] {
            assert_eq!(escape(text), expected, "{text}");
        }
    }
}
