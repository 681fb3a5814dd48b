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
            Some(b'"') => self.pass_string(),
            Some(b'[') => self.list(Self::pass),
            Some(b'{') => self.entries(|parser| {
                parser.pass_string()?;
                parser.colon()?;
                parser.pass()
            }),
            _ => self.token().map(|_| ()),
        }
    }
}
