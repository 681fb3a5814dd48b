//! JSON text → values that stay where they are: for who reads some values of many rows and keeps none.

use std::borrow::Cow;

use super::parse::{NotJson, Parser};
use super::tree::Json;

/// A value where it lies, in a text or in a tree. Lists and objects are not looked into.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Token<'a> {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(&'a str),
    /// A text with escapes, in its quotes.
    Escaped(&'a [u8]),
    /// A list or an object of a text.
    Nested(&'a [u8]),
    /// A list or an object of a tree.
    Tree(&'a Json),
}

impl<'a> Token<'a> {
    /// The text of a text.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Escaped(text) => Parser::whole(text, Parser::string).ok(),
            _ => None,
        }
    }
}

impl<'a> From<&'a Json> for Token<'a> {
    fn from(json: &'a Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Boolean(value) => Self::Boolean(*value),
            Json::Number(number) => Self::Number(*number),
            Json::Text(text) => Self::Text(text),
            Json::List(_) | Json::Object(_) => Self::Tree(json),
        }
    }
}

impl<'a> Parser<'a> {
    /// Any value, where it lies.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn token(&mut self) -> Result<Token<'a>, NotJson> {
        let first = self.peek();
        let start = self.position;
        match first {
            Some(b'"') => {
                let text = self.plain_string()?;
                if let Some(text) = text {
                    return Ok(Token::Text(text));
                }
                Ok(Token::Escaped(self.since(start)))
            }
            Some(b'{' | b'[') => {
                self.pass()?;
                Ok(Token::Nested(self.since(start)))
            }
            Some(b't') => self.word("true", Token::Boolean(true)),
            Some(b'f') => self.word("false", Token::Boolean(false)),
            Some(b'n') => self.word("null", Token::Null),
            _ => self.number().map(Token::Number),
        }
    }

    /// Passes over any value.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn pass(&mut self) -> Result<(), NotJson> {
        match self.peek() {
            Some(b'"') => {
                self.position += 1;
                self.pass_rest()
            }
            Some(b'[') => self.list(Self::pass),
            Some(b'{') => self.entries(|parser| {
                parser.pass_string()?;
                parser.colon()?;
                parser.pass()
            }),
            Some(first @ (b'-' | b'0'..=b'9')) => self.pass_number(first == b'-'),
            _ => self.token().map(|_| ()),
        }
    }

    /// Passes over a number. Of nearly all it is enough to see where they end: what may be too large, has an exponent or is
    /// none is left to who reads it.
    fn pass_number(&mut self, negative: bool) -> Result<(), NotJson> {
        let digits_end = |mut place: usize| {
            while self.text.get(place).is_some_and(u8::is_ascii_digit) {
                place += 1;
            }
            place
        };
        let start = self.position + usize::from(negative);
        let whole = digits_end(start);
        let has_point = matches!(self.text.get(whole), Some(b'.'));
        let end = if has_point { digits_end(whole + 1) } else { whole };
        let has_idle_zero = whole - start > 1 && matches!(self.text.get(start), Some(b'0'));
        let is_plain = whole > start && !has_idle_zero && end != whole + 1 && end - start < 300;
        if !is_plain || matches!(self.text.get(end), Some(b'e' | b'E')) {
            return self.number().map(|_| ());
        }
        self.position = end;
        Ok(())
    }
}
