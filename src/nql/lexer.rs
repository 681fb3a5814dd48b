//! Text → tokens. Skips white space and `/* */`; leaves the meaning of words to the parser.

use super::syntax_error::SyntaxError;
use super::tree::Span;
use crate::json::parse_number;

/// Nexthink's own limit for the text of a query, in characters.
pub const MAXIMUM_CHARACTERS: usize = 16_000;

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spanned<'a> {
    pub token: Token<'a>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// `devices`, `#custom`: a segment of a name, a keyword, an enumeration's word.
    Word(&'a str),
    /// `$name`, without the `$`.
    Parameter(&'a str),
    /// The text between the quotes.
    Text(&'a str),
    /// `10`, `2.5`, and `7d` or `3GB` with the unit that follows at once.
    Number(f64, &'a str),
    /// `v12.212`, as written.
    Version(&'a str),
    /// An operator or a bracket.
    Symbol(&'static str),
    /// The end of the text.
    End,
}

impl Token<'_> {
    /// How a message names it.
    pub fn describe(&self) -> String {
        match self {
            Self::Word(word) | Self::Version(word) => format!("`{word}`"),
            Self::Parameter(name) => format!("`${name}`"),
            Self::Text(_) => "a text".into(),
            Self::Number(..) => "a number".into(),
            Self::Symbol(symbol) => format!("`{symbol}`"),
            Self::End => "the end".into(),
        }
    }
}

/// Longer symbols first: `>=` is not `>` and `=`.
const SYMBOLS: [&str; 19] =
    ["==", "!=", ">=", "<=", "=", ">", "<", "!", "|", ",", ".", "(", ")", "[", "]", "+", "-", "*", "/"];
const POWER: &str = "^";

/// All tokens of the text, `End` last.
pub(super) fn tokens(text: &str) -> Result<Vec<Spanned<'_>>, SyntaxError> {
    if text.chars().nth(MAXIMUM_CHARACTERS).is_some() {
        let span = Span { start: 0, end: text.len() };
        return Err(SyntaxError::new(span, format!("the text is longer than {MAXIMUM_CHARACTERS} characters")));
    }
    let mut tokens = Vec::new();
    let mut lexer = Lexer { text, rest: text };
    loop {
        lexer.skip_blank()?;
        let start = lexer.position();
        let token = lexer.token()?;
        tokens.push(Spanned { token, span: Span { start, end: lexer.position() } });
        if token == Token::End {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Lexer<'a> {
    fn position(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    fn here(&self) -> Span {
        let start = self.position();
        Span { start, end: start + self.rest.chars().next().map_or(0, char::len_utf8) }
    }

    fn skip_blank(&mut self) -> Result<(), SyntaxError> {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix("/*") else { return Ok(()) };
            let end = comment.as_bytes().windows(2).position(|pair| pair == b"*/");
            let Some(after) = end.and_then(|end| comment.get(end + 2..)) else {
                return Err(SyntaxError::new(self.here(), "the comment has no end").help("close it with `*/`"));
            };
            self.rest = after;
        }
    }

    fn token(&mut self) -> Result<Token<'a>, SyntaxError> {
        let Some(first) = self.rest.chars().next() else { return Ok(Token::End) };
        match first {
            '"' | '\'' => self.quoted(first),
            '$' => {
                self.skip(1);
                match self.take_word() {
                    "" => Err(SyntaxError::expected(self.here(), "a parameter's name", "`$` alone")),
                    name => Ok(Token::Parameter(name)),
                }
            }
            '#' => {
                let start = self.rest;
                self.skip(1);
                match self.take_word().len() {
                    0 => Err(SyntaxError::expected(self.here(), "a custom field's name", "`#` alone")),
                    length => Ok(Token::Word(start.get(..length + 1).unwrap_or(start))),
                }
            }
            '0'..='9' => self.number(),
            'v' | 'V'
                if self.rest.get(1..).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())) =>
            {
                Ok(Token::Version(self.take_while(|letter| letter.is_ascii_alphanumeric() || letter == '.')))
            }
            letter if is_word(letter) => Ok(Token::Word(self.take_word())),
            other => match SYMBOLS.iter().chain([&POWER]).find(|symbol| self.rest.starts_with(**symbol)) {
                Some(symbol) => {
                    self.skip(symbol.len());
                    Ok(Token::Symbol(symbol))
                }
                None => Err(SyntaxError::new(self.here(), format!("`{other}` has no meaning in NQL"))),
            },
        }
    }

    fn quoted(&mut self, quote: char) -> Result<Token<'a>, SyntaxError> {
        let start = self.here();
        self.skip(1);
        let Some((text, after)) = self.rest.split_once(quote) else {
            return Err(SyntaxError::new(start, "the text has no end").help(format!("close it with {quote}")));
        };
        self.rest = after;
        Ok(Token::Text(text))
    }

    fn number(&mut self) -> Result<Token<'a>, SyntaxError> {
        let span = self.here();
        let start = self.rest;
        self.take_while(|letter| letter.is_ascii_digit());
        if self.rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())) {
            self.skip(1);
            self.take_while(|letter| letter.is_ascii_digit());
        }
        let digits = start.strip_suffix(self.rest).unwrap_or(start);
        let number = parse_number(digits).ok_or_else(|| SyntaxError::new(span, "the number is too large"))?;
        Ok(Token::Number(number, self.take_word()))
    }

    fn take_word(&mut self) -> &'a str {
        self.take_while(is_word)
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let length = self.rest.find(|letter| !belongs(letter)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        word
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Token<'_>> {
        tokens(text).unwrap().into_iter().map(|spanned| spanned.token).collect()
    }

    #[test]
    fn every_kind_of_token_is_told_apart() {
        use Token::{End, Number, Parameter, Symbol, Text, Version, Word};
        assert_eq!(kinds("devices past 7d"), [Word("devices"), Word("past"), Number(7.0, "d"), End]);
        assert_eq!(kinds("a>=2.5GB/*x*/|"), [Word("a"), Symbol(">="), Number(2.5, "GB"), Symbol("|"), End]);
        assert_eq!(kinds("'a' !in \"b\""), [Text("a"), Symbol("!"), Word("in"), Text("b"), End]);
        assert_eq!(
            kinds("device.#x = $y"),
            [Word("device"), Symbol("."), Word("#x"), Symbol("="), Parameter("y"), End,]
        );
        assert_eq!(kinds("v12.212 ^"), [Version("v12.212"), Symbol("^"), End]);
    }

    #[test]
    fn a_mistake_is_placed() {
        for (text, message, start) in [
            ("a == \"b", "the text has no end", 5),
            ("a /* b", "the comment has no end", 2),
            ("é ; x", "`é` has no meaning in NQL", 0),
            ("\"é\" ; x", "`;` has no meaning in NQL", 5),
            ("$ x", "expected a parameter's name, found `$` alone", 1),
        ] {
            let error = tokens(text).unwrap_err();
            assert_eq!((error.message.as_str(), error.span.start), (message, start), "{text}");
        }
        assert!(tokens(&"a".repeat(16_001)).unwrap_err().message.contains("16000"));
    }
}
