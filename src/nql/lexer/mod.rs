//! Text → tokens, comments and mistakes. Goes on after a mistake; leaves the meaning of words to the parser.

mod shape;

use super::syntax_error::SyntaxError;
use super::tree::{Date, Span, TimeOfDay};
use crate::json::parse_number;

/// Nexthink's own limit for the text of a query, in characters.
pub const MAXIMUM_CHARACTERS: usize = 16_000;

/// As many digits of a number are read exactly; a 64-bit whole number has no more.
const MAXIMUM_DIGITS: usize = 19;

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
    /// `2024-07-15`, `2024-07-15 10:15:00`
    Date(Date),
    /// `16:15`
    Time(TimeOfDay),
    /// `v12.212`, as written.
    Version(&'a str),
    /// `10.0.0.0/8`, as written.
    Address(&'a str),
    /// An operator or a bracket.
    Symbol(&'static str),
    /// What was reported already.
    Mistake,
    /// The end of the text.
    End,
}

impl Token<'_> {
    /// How a message names it.
    pub fn describe(&self) -> String {
        match self {
            Self::Word(word) | Self::Version(word) | Self::Address(word) => format!("`{word}`"),
            Self::Parameter(name) => format!("`${name}`"),
            Self::Text(_) => "a text".into(),
            Self::Number(..) => "a number".into(),
            Self::Date(_) => "a date".into(),
            Self::Time(_) => "a time of the day".into(),
            Self::Symbol(symbol) => format!("`{symbol}`"),
            Self::Mistake => "something that is not NQL".into(),
            Self::End => "the end".into(),
        }
    }
}

/// A comment, where it stands, and the number of tokens before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LexedComment<'a> {
    pub text: &'a str,
    pub span: Span,
    pub before: usize,
}

/// What a text consists of.
pub(super) struct Lexed<'a> {
    /// The tokens, `End` last.
    pub tokens: Vec<Spanned<'a>>,
    pub comments: Vec<LexedComment<'a>>,
    pub mistakes: Vec<SyntaxError>,
}

/// Longer symbols first: `>=` is not `>` and `=`.
const SYMBOLS: [&str; 20] =
    ["==", "!=", ">=", "<=", "=", ">", "<", "!", "|", ",", ".", "(", ")", "[", "]", "+", "-", "*", "/", "^"];

/// Reads the whole text. One that is too long is not read at all.
pub(super) fn lex(text: &str) -> Lexed<'_> {
    let mut lexer = Lexer { text, rest: text, lexed: Lexed { tokens: vec![], comments: vec![], mistakes: vec![] } };
    if text.chars().nth(MAXIMUM_CHARACTERS).is_some() {
        lexer.rest = "";
        let span = Span { start: 0, end: text.len() };
        let message = format!("the text is longer than {MAXIMUM_CHARACTERS} characters, Nexthink's limit");
        lexer.lexed.mistakes.push(SyntaxError::new(span, message).help("split the query in two"));
    }
    loop {
        lexer.skip_blank();
        let start = lexer.position();
        let token = lexer.token();
        lexer.lexed.tokens.push(Spanned { token, span: Span { start, end: lexer.position() } });
        if token == Token::End {
            return lexer.lexed;
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    rest: &'a str,
    lexed: Lexed<'a>,
}

impl<'a> Lexer<'a> {
    fn position(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    fn here(&self) -> Span {
        let start = self.position();
        Span { start, end: start + self.rest.chars().next().map_or(0, char::len_utf8) }
    }

    fn mistake(&mut self, mistake: SyntaxError) -> Token<'a> {
        self.lexed.mistakes.push(mistake);
        Token::Mistake
    }

    fn skip_blank(&mut self) {
        loop {
            // Some editors of Windows begin a file with a mark that nobody sees.
            self.rest = self.rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
            let Some(comment) = self.rest.strip_prefix("/*") else { return };
            let Some((text, after)) = comment.split_once("*/") else {
                let start = self.position();
                let mistake = SyntaxError::new(Span { start, end: start + 2 }, "the comment has no end");
                self.mistake(mistake.help("close it with `*/`"));
                self.rest = "";
                return;
            };
            let start = self.position();
            self.rest = after;
            let span = Span { start, end: self.position() };
            self.lexed.comments.push(LexedComment { text, span, before: self.lexed.tokens.len() });
        }
    }

    fn token(&mut self) -> Token<'a> {
        let Some(first) = self.rest.chars().next() else { return Token::End };
        match first {
            '"' | '\'' => return self.quoted(first),
            '$' => return self.prefixed("a parameter's name", Token::Parameter),
            '#' => {
                let start = self.rest;
                let token = self.prefixed("a custom name", Token::Word);
                return match token {
                    Token::Word(name) => Token::Word(start.get(..=name.len()).unwrap_or(start)),
                    other => other,
                };
            }
            _ => {}
        }
        if self.is_within_a_name() && is_word(first) {
            return Token::Word(self.take_word());
        }
        if let Some(length) = shape::address(self.rest) {
            return Token::Address(self.take(length));
        }
        if let Some((date, length)) = shape::date(self.rest) {
            let place = Span { start: self.position(), end: self.position() + length };
            self.take(length);
            let Some(date) = date else { return self.mistake(no_such_date(place)) };
            return Token::Date(date);
        }
        if let Some((time, length)) = shape::time(self.rest) {
            self.take(length);
            return Token::Time(time);
        }
        if let Some(length) = shape::version(self.rest) {
            return Token::Version(self.take(length));
        }
        match first {
            '0'..='9' => self.number(),
            letter if is_word(letter) => Token::Word(self.take_word()),
            _ => self.symbol(first),
        }
    }

    /// After a word and a dot comes a word, also one that begins with a digit: `remote_action.7zip_update.executions`.
    fn is_within_a_name(&self) -> bool {
        let mut last = self.lexed.tokens.iter().rev().map(|spanned| spanned.token);
        last.next() == Some(Token::Symbol(".")) && matches!(last.next(), Some(Token::Word(_)))
    }

    fn symbol(&mut self, first: char) -> Token<'a> {
        if let Some(symbol) = SYMBOLS.iter().find(|symbol| self.rest.starts_with(**symbol)) {
            self.take(symbol.len());
            return Token::Symbol(symbol);
        }
        let here = self.here();
        self.take(first.len_utf8());
        let mistake = SyntaxError::new(here, format!("`{first}` has no meaning in NQL"));
        let quotes = matches!(first, '“' | '”' | '„' | '‘' | '’' | '`' | '´');
        self.mistake(match (quotes, first) {
            (true, _) => mistake.help("write straight quotes: \"…\""),
            (_, '&') => mistake.help("write `and`"),
            _ => mistake,
        })
    }

    /// `$name`, `#name`
    fn prefixed(&mut self, what: &str, token: impl Fn(&'a str) -> Token<'a>) -> Token<'a> {
        let span = self.here();
        let prefix = self.take(1);
        match self.take_word() {
            "" => self.mistake(SyntaxError::expected(span, what, &format!("`{prefix}` alone"))),
            name => token(name),
        }
    }

    fn quoted(&mut self, quote: char) -> Token<'a> {
        let start = self.position();
        self.take(1);
        if let Some((text, after)) = self.rest.split_once(quote) {
            self.rest = after;
            return Token::Text(text);
        }
        // What follows on later lines is most likely no part of the text.
        let length = self.rest.find('\n').unwrap_or(self.rest.len());
        self.take(length);
        let span = Span { start, end: self.position() };
        self.mistake(SyntaxError::new(span, "the text has no end").help(format!("close it with {quote}")))
    }

    fn number(&mut self) -> Token<'a> {
        let (start, rest) = (self.position(), self.rest);
        self.take_while(|letter| letter.is_ascii_digit());
        if self.rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())) {
            self.take(1);
            self.take_while(|letter| letter.is_ascii_digit());
        }
        let digits = rest.strip_suffix(self.rest).unwrap_or(rest);
        let unit = self.take_word();
        let span = Span { start, end: self.position() };
        // `Nov 08`: what JSON refuses, people write.
        let significant = digits.trim_start_matches('0');
        let is_exact = significant.bytes().filter(u8::is_ascii_digit).count() <= MAXIMUM_DIGITS;
        let number = match significant.starts_with(|first: char| first.is_ascii_digit()) {
            true => parse_number(significant),
            false => parse_number(digits.get(digits.len() - significant.len() - 1..).unwrap_or(digits)),
        };
        match number.filter(|_| is_exact) {
            Some(number) => Token::Number(number, unit),
            None => self.mistake(SyntaxError::new(span, format!("the number has more than {MAXIMUM_DIGITS} digits"))),
        }
    }

    fn take_word(&mut self) -> &'a str {
        self.take_while(is_word)
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let length = self.rest.find(|letter| !belongs(letter)).unwrap_or(self.rest.len());
        self.take(length)
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }
}

fn no_such_date(span: Span) -> SyntaxError {
    SyntaxError::new(span, "there is no such date").help("write it as in `2024-07-15 10:15:00`")
}

pub(super) fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Token<'_>> {
        let lexed = lex(text);
        assert!(lexed.mistakes.is_empty(), "{:?}", lexed.mistakes);
        lexed.tokens.into_iter().map(|spanned| spanned.token).collect()
    }

    #[test]
    fn every_kind_of_token_is_told_apart() {
        use Token::{Address, End, Number, Parameter, Symbol, Text, Version, Word};
        assert_eq!(kinds("devices past 7d"), [Word("devices"), Word("past"), Number(7.0, "d"), End]);
        assert_eq!(kinds("a>=2.5GB/*x*/|"), [Word("a"), Symbol(">="), Number(2.5, "GB"), Symbol("|"), End]);
        assert_eq!(kinds("'a' !in \"b\""), [Text("a"), Symbol("!"), Word("in"), Text("b"), End]);
        assert_eq!(
            kinds("device.#x = $y"),
            [Word("device"), Symbol("."), Word("#x"), Symbol("="), Parameter("y"), End,]
        );
        assert_eq!(kinds("v12.212 ^ v8_score"), [Version("v12.212"), Symbol("^"), Word("v8_score"), End]);
        assert_eq!(kinds("a.7zip.v2"), [Word("a"), Symbol("."), Word("7zip"), Symbol("."), Word("v2"), End]);
        assert_eq!(kinds("10.0.0.0/8 a"), [Address("10.0.0.0/8"), Word("a"), End]);
    }

    #[test]
    fn the_mark_at_the_beginning_of_a_file_is_blank() {
        assert_eq!(kinds("\u{feff}devices"), kinds("devices"));
    }

    #[test]
    fn dates_and_times_are_one_token_each() {
        let date = |time| Date { year: Some(2024), month: 7, day: 15, time };
        let time = TimeOfDay { hour: 10, minute: 15, second: 0 };
        assert_eq!(kinds("2024-07-15"), [Token::Date(date(None)), Token::End]);
        assert_eq!(kinds("2024-07-15 10:15:00"), [Token::Date(date(Some(time))), Token::End]);
        assert_eq!(kinds("2024-07-15T10:15"), [Token::Date(date(Some(time))), Token::End]);
        assert_eq!(
            kinds("Jul 15, 10:15"),
            [Token::Word("Jul"), Token::Number(15.0, ""), Token::Symbol(","), Token::Time(time), Token::End]
        );
    }

    #[test]
    fn comments_are_kept_with_their_place() {
        let lexed = lex("/* a */ devices /**/ | list name /* b */");
        let comments: Vec<_> = lexed.comments.iter().map(|comment| (comment.text, comment.before)).collect();
        assert_eq!(comments, [(" a ", 0), ("", 1), (" b ", 4)]);
    }

    #[test]
    fn all_mistakes_are_placed() {
        for (text, message, start) in [
            ("a == \"b", "the text has no end", 5),
            ("a /* b", "the comment has no end", 2),
            ("é ; x", "`é` has no meaning in NQL", 0),
            ("\"é\" ; x", "`;` has no meaning in NQL", 5),
            ("$ x", "expected a parameter's name, found `$` alone", 0),
            ("on 2023-02-29", "there is no such date", 3),
            ("a > 12345678901234567.890", "the number has more than 19 digits", 4),
        ] {
            let mistakes = lex(text).mistakes;
            assert_eq!((mistakes[0].message.as_str(), mistakes[0].span.start), (message, start), "{text}");
        }
        assert_eq!(lex("a ; b § c").mistakes.len(), 2);
        assert!(lex(&"a".repeat(16_001)).mistakes[0].message.contains("16000"));
    }
}
