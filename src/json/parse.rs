//! JSON text → values, pulled piece by piece, so that rows go straight into a table without a tree in between.
//!
//! Our own, because in the module serde_json brings its tables of powers, its messages and the standard library's
//! printing of fractions with it: 30 KB, a third of the budget. The tests hold it to serde_json.

use std::borrow::Cow;

use super::number::read_number;
use super::scan::begins_with;
use super::tree::Json;

/// The text is not JSON from this byte on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson {
    /// The first byte that does not fit.
    pub position: usize,
}

/// Nesting beyond this is hostile: it would exhaust the stack.
const MAXIMUM_DEPTH: u32 = 128;

/// Reads one JSON text from its beginning to its end. A copy remembers where it was.
#[derive(Clone, Copy)]
pub struct Parser<'a> {
    pub(super) text: &'a [u8],
    pub(super) position: usize,
    depth: u32,
}

impl<'a> Parser<'a> {
    /// Reads a whole text by `grammar`; nothing may follow.
    ///
    /// # Errors
    /// Where it is not JSON, or not what `grammar` expects.
    pub fn whole<T>(text: &'a [u8], grammar: impl FnOnce(&mut Self) -> Result<T, NotJson>) -> Result<T, NotJson> {
        let mut parser = Self { text, position: 0, depth: 0 };
        let result = grammar(&mut parser)?;
        match parser.peek() {
            None => Ok(result),
            Some(_) => Err(parser.refused()),
        }
    }

    /// One for a text of which only a part is read here, from this place on.
    pub const fn starting_at(text: &'a [u8], position: usize) -> Self {
        Self { text, position, depth: 0 }
    }

    /// How far the text has been read.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// The next byte that is not white space.
    #[inline(always)]
    pub fn peek(&mut self) -> Option<u8> {
        match self.text.get(self.position) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.pass_space(),
        }
    }

    #[cold]
    fn pass_space(&mut self) -> Option<u8> {
        while let Some(byte) = self.text.get(self.position) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(*byte);
            }
            self.position += 1;
        }
        None
    }

    /// Any value.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn value(&mut self) -> Result<Json, NotJson> {
        match self.peek() {
            Some(b'"') => Ok(Json::Text(self.string()?.into())),
            Some(b'{') => {
                let mut fields = Vec::new();
                self.object(|parser, name| {
                    fields.push((name.into(), parser.value()?));
                    Ok(())
                })?;
                Ok(Json::Object(fields))
            }
            Some(b'[') => {
                let mut values = Vec::new();
                self.list(|parser| {
                    values.push(parser.value()?);
                    Ok(())
                })?;
                Ok(Json::List(values))
            }
            Some(b't') => self.word("true", Json::Boolean(true)),
            Some(b'f') => self.word("false", Json::Boolean(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => self.number().map(Json::Number),
        }
    }

    /// A list; `element` has to take each of its values.
    ///
    /// # Errors
    /// Where it is no list.
    pub fn list(&mut self, element: impl FnMut(&mut Self) -> Result<(), NotJson>) -> Result<(), NotJson> {
        self.each(b'[', b']', element)
    }

    /// An object; `field` is given each name and has to take the value.
    ///
    /// # Errors
    /// Where it is no object.
    pub fn object(
        &mut self,
        mut field: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), NotJson>,
    ) -> Result<(), NotJson> {
        self.entries(|parser| {
            let name = parser.string()?;
            parser.colon()?;
            field(parser, name)
        })
    }

    /// An object; `entry` has to take each name, its colon and its value.
    ///
    /// # Errors
    /// Where it is no object.
    pub fn entries(&mut self, entry: impl FnMut(&mut Self) -> Result<(), NotJson>) -> Result<(), NotJson> {
        self.each(b'{', b'}', entry)
    }

    /// The colon after a name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn colon(&mut self) -> Result<(), NotJson> {
        self.symbol(b':')
    }

    /// The text of any value, as it stands there.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn raw(&mut self) -> Result<&'a [u8], NotJson> {
        self.peek();
        let start = self.position;
        self.pass()?;
        Ok(self.since(start))
    }

    /// Passes over these bytes, if they come next.
    pub fn skip(&mut self, bytes: &[u8]) -> bool {
        let found = self.text.get(self.position..).is_some_and(|rest| begins_with(rest, bytes));
        self.position += if found { bytes.len() } else { 0 };
        found
    }

    /// Whoever reads a list or an object by what it is expected to be says so, and says when it has ended: what is in it is
    /// nested the deeper.
    ///
    /// # Errors
    /// Where it is too deep.
    #[inline]
    pub const fn enter(&mut self) -> Result<(), NotJson> {
        if self.depth == MAXIMUM_DEPTH {
            return Err(self.refused());
        }
        self.depth += 1;
        Ok(())
    }

    /// The list or the object has ended.
    #[inline]
    pub const fn leave(&mut self) {
        self.depth -= 1;
    }

    /// What does not fit is at the byte that would come next.
    pub const fn refused(&self) -> NotJson {
        NotJson { position: self.position }
    }

    /// How many bytes there are still to read.
    pub const fn left(&self) -> usize {
        self.text.len().saturating_sub(self.position)
    }

    /// What has been read since a position.
    pub fn since(&self, start: usize) -> &'a [u8] {
        self.text.get(start..self.position).unwrap_or_default()
    }

    pub(super) fn number(&mut self) -> Result<f64, NotJson> {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let (number, length) = read_number(rest).ok_or(self.refused())?;
        self.position += length;
        Ok(number)
    }

    pub(super) fn word<T>(&mut self, word: &str, value: T) -> Result<T, NotJson> {
        if !self.text.get(self.position..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return Err(self.refused());
        }
        self.position += word.len();
        Ok(value)
    }

    /// What stands between two brackets; `item` has to take all of it up to the next comma, and at least something.
    fn each(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), NotJson>,
    ) -> Result<(), NotJson> {
        self.symbol(open)?;
        self.enter()?;
        self.peek();
        if !self.take(close) {
            loop {
                self.peek();
                item(self)?;
                self.peek();
                if self.take(close) {
                    break;
                }
                if !self.take(b',') {
                    return Err(self.refused());
                }
            }
        }
        self.leave();
        Ok(())
    }

    pub(super) fn symbol(&mut self, symbol: u8) -> Result<(), NotJson> {
        self.peek();
        if self.take(symbol) { Ok(()) } else { Err(self.refused()) }
    }

    #[inline(always)]
    pub(super) fn take(&mut self, symbol: u8) -> bool {
        let found = self.text.get(self.position) == Some(&symbol);
        self.position += usize::from(found);
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// serde_json's reading of the same text, as our tree.
    fn by_serde(text: &[u8]) -> Option<Json> {
        fn tree(value: serde_json::Value) -> Json {
            match value {
                serde_json::Value::Null => Json::Null,
                serde_json::Value::Bool(value) => Json::Boolean(value),
                serde_json::Value::Number(number) => Json::Number(number.to_string().parse().unwrap()),
                serde_json::Value::String(text) => Json::Text(text.into()),
                serde_json::Value::Array(values) => Json::List(values.into_iter().map(tree).collect()),
                serde_json::Value::Object(fields) => {
                    Json::Object(fields.into_iter().map(|(name, value)| (name.into(), tree(value))).collect())
                }
            }
        }
        serde_json::from_slice(text).ok().map(tree)
    }

    #[test]
    fn texts_are_read_as_serde_json_reads_them() {
        for text in [
            "null",
            " true ",
            "[]",
            "{}",
            "[1,2]",
            "{\"a\":{\"b\":[null,false]}}",
            "\"\\u00e9\\ud83d\\ude00\\n\\/\"",
            "-0.5e-3",
            "1E2",
            "0",
            "17179869184",
            "[ 1 , \"x\" ]",
            "\"é😀\"",
            "",
            "[",
            "[1,]",
            "[,1]",
            "{\"a\"}",
            "{\"a\":1,}",
            "{a:1}",
            "tru",
            "nulll",
            "01",
            "1.",
            ".5",
            "+1",
            "- 1",
            "1e",
            "\"\\x\"",
            "\"\\u12\"",
            "\"a\nb\"",
            "\"a",
            "1 2",
            "{\"a\":1 \"b\":2}",
            "[1}",
            "\u{feff}1",
            "'a'",
        ] {
            assert_eq!(Json::parse(text.as_bytes()), by_serde(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn hostile_nesting_is_refused() {
        assert_eq!(Json::parse("[".repeat(1_000_000).as_bytes()), None);
        assert!(Json::parse(format!("{}{}", "[".repeat(128), "]".repeat(128)).as_bytes()).is_some());
        assert_eq!(Json::parse(format!("{}{}", "[".repeat(129), "]".repeat(129)).as_bytes()), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken_or_refused_as_by_serde_json(bytes in prop::collection::vec(any::<u8>(), 0..48)) {
            prop_assert_eq!(Json::parse(&bytes), by_serde(&bytes));
            prop_assert_eq!(Parser::whole(&bytes, Parser::pass).is_ok(), Json::parse(&bytes).is_some());
        }

        #[test]
        fn near_json_is_taken_or_refused_as_by_serde_json(text in "[\\[\\]{}:,\"\\\\ 0-9.eE+\\-truefalsn]{0,24}") {
            let (ours, theirs) = (Json::parse(text.as_bytes()), by_serde(text.as_bytes()));
            prop_assert_eq!(Parser::whole(text.as_bytes(), Parser::pass).is_ok(), ours.is_some());
            prop_assert_eq!(Parser::whole(text.as_bytes(), Parser::raw).is_ok(), ours.is_some());
            // Of a name that repeats, serde_json keeps the last.
            if !text.contains('{') {
                prop_assert_eq!(ours, theirs);
            } else {
                prop_assert_eq!(ours.is_some(), theirs.is_some());
            }
        }
    }
}
