//! Where in a JSON file each value stands, so that a JSON pointer becomes a line and a column; and names that an object
//! has twice, which reading the file does not show.

use crate::json::{NotJson, Parser};
use crate::nql::Severity;
use crate::playbook::{Mistake, below, element};

/// The places of a file's values.
#[derive(Default)]
pub(super) struct FileMap {
    /// The pointer of each value and its first byte.
    places: Vec<(String, usize)>,
    /// The pointers that stand for more than one value of an object.
    pub repeated: Vec<String>,
}

impl FileMap {
    /// Of what is not JSON, the places up to where it stops being so.
    pub fn new(text: &str) -> Self {
        let mut map = Self::default();
        // Whoever reads the file says where it is not JSON.
        let _ = Parser::whole(text.as_bytes(), |parser| map.value(parser, String::new()));
        map
    }

    fn value(&mut self, parser: &mut Parser<'_>, pointer: String) -> Result<(), NotJson> {
        let first = parser.peek();
        self.places.push((pointer.clone(), parser.refused().position));
        match first {
            Some(b'{') => {
                // Those of one object, of which there are few; of values a file may have very many.
                let mut names = Vec::new();
                parser.object(|parser, name| {
                    let inside = below(&pointer, &name);
                    if names.contains(&inside) {
                        self.repeated.push(inside.clone());
                    }
                    names.push(inside.clone());
                    self.value(parser, inside)
                })
            }
            Some(b'[') => {
                let mut position = 0;
                parser.list(|parser| {
                    position += 1;
                    self.value(parser, element(&pointer, position - 1))
                })
            }
            _ => parser.raw().map(|_| ()),
        }
    }

    /// What is wrong with names that stand in an object twice.
    pub fn repeated_names(&self) -> Vec<(Severity, Mistake)> {
        let mistake = |pointer: &String| Mistake {
            pointer: pointer.clone(),
            message: "this name stands twice in the same object".into(),
            help: Some("leave one of them out: only the first is read".into()),
            span: None,
        };
        self.repeated.iter().map(|pointer| (Severity::Error, mistake(pointer))).collect()
    }

    /// The byte of the file at which a value stands, or the nearest around it; within a text, the byte at which one of
    /// its own bytes is written.
    pub fn byte(&self, text: &str, pointer: &str, within: Option<usize>) -> usize {
        let mut around = pointer;
        loop {
            // The last of several values of one name is the one to look at.
            if let Some((_, start)) = self.places.iter().rev().find(|(known, _)| known == around) {
                let literal = text.get(*start..).unwrap_or_default();
                return start + within.filter(|_| around == pointer).map_or(0, |byte| written_at(literal, byte));
            }
            match around.rsplit_once('/') {
                Some((parent, _)) => around = parent,
                None => return 0,
            }
        }
    }
}

/// Where in the JSON of a text, from its quote on, a byte of that text is written.
fn written_at(literal: &str, byte: usize) -> usize {
    let mut rest = literal.strip_prefix('"').unwrap_or(literal);
    let mut passed = 0;
    while passed < byte {
        let Some(letter) = rest.chars().next() else { break };
        let (written, read) = match (letter, rest.get(..2)) {
            ('\\', Some("\\u")) => escaped(rest),
            ('\\', _) => (2, 1),
            (letter, _) => (letter.len_utf8(), letter.len_utf8()),
        };
        passed += read;
        rest = rest.get(written..).unwrap_or_default();
    }
    literal.len() - rest.len()
}

/// How long `\u00e9` and a pair such as `\ud83d\ude00` are as they are written, and in UTF-8.
fn escaped(text: &str) -> (usize, usize) {
    let unit = |text: &str| u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let first = unit(text).unwrap_or_default();
    let second = text.get(6..).and_then(unit).unwrap_or_default();
    match first {
        0xd800..0xdc00 if (0xdc00..0xe000).contains(&second) => (12, 4),
        _ => (6, char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER).len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_leads_to_its_value() {
        let text = "{ \"a\": [1, { \"b/c\": \"x\" }],\n \"a~\": null, \"d\": 1, \"d\": 2 }";
        let map = FileMap::new(text);
        for (pointer, expected) in [
            ("", "{ \"a\""),
            ("/a/0", "1,"),
            ("/a/1/b~1c", "\"x\""),
            ("/a~0", "null"),
            ("/d", "2"),
            ("/a/1/gone/x", "{ \"b/c\""),
        ] {
            assert!(text.get(map.byte(text, pointer, None)..).unwrap().starts_with(expected), "{pointer}");
        }
        assert_eq!(map.repeated, ["/d"]);
    }

    #[test]
    fn what_stands_twice_is_told_once_with_all_that_is_in_it() {
        let map = FileMap::new(r#"{ "a": { "b": 1, "c": 2 }, "a": { "b": 1, "c": { "d": 3, "d": 4 } }, "ab": 5 }"#);
        assert_eq!(map.repeated, ["/a", "/a/c/d"]);
        let several = FileMap::new(r#"{ "a": 1, "a": 2, "ab": 5, "ab": 6, "c": { "d": 3, "d": 4 } }"#);
        assert_eq!(several.repeated, ["/a", "/ab", "/c/d"]);
    }

    #[test]
    fn a_place_within_a_text_is_found_behind_escapes() {
        let text = r#"{"a": "é\"\u00e9\ud83d\ude00\n|x"}"#;
        let read = "é\"é😀\n|x";
        let map = FileMap::new(text);
        for (part, expected) in
            [("é\"", "é\\"), ("\"é", "\\\"\\u00e9"), ("😀", "\\ud83d"), ("\n|", "\\n|"), ("|x", "|x\"")]
        {
            let byte = map.byte(text, "/a", read.find(part));
            assert!(text.get(byte..).unwrap().starts_with(expected), "{part} at {byte}");
        }
    }
}
