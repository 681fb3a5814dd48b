//! Tokens → syntax tree. This file walks the tokens and goes on after a mistake; the others know the grammar.

mod condition;
mod expression;
mod query;
mod time;

use super::lexer::{self, Spanned, Token};
use super::suggestion::nearest;
use super::syntax_error::{SyntaxError, SyntaxErrors};
use super::tree::{Condition, Name, Period, Query, Span};

/// Nesting beyond this is hostile: no published query comes near.
const MAXIMUM_DEPTH: usize = 64;

/// More operators and functions in one condition or value than this are hostile, too: each makes the tree deeper.
const MAXIMUM_OPERATORS: usize = 500;

/// More mistakes than these help nobody.
const MAXIMUM_MISTAKES: usize = 50;

/// Reads a whole query.
///
/// ```
/// let mistakes = nexthink_chatbot::nql::parse_query("devices\n| summarise c = count()\n| limit many").unwrap_err();
/// assert_eq!(mistakes.len(), 2);
/// assert_eq!(mistakes[0].help.as_deref(), Some("did you mean `summarize`?"));
/// ```
///
/// # Errors
/// All mistakes with their places, in the order of the text.
pub fn parse_query(text: &str) -> Result<Query, SyntaxErrors> {
    parse(text, Parser::query)
}

/// Reads a condition alone, as a rule's `when` holds it.
///
/// ```
/// let condition = nexthink_chatbot::nql::parse_condition("free_space <= 6 and platform == Windows");
/// assert!(condition.is_ok());
/// ```
///
/// # Errors
/// All mistakes with their places.
pub fn parse_condition(text: &str) -> Result<Condition, SyntaxErrors> {
    parse(text, |parser| {
        let condition = parser.condition();
        let condition = parser.recovered(condition, &[]);
        parser.expect_end();
        condition
    })
}

/// Reads a length of time alone, as a playbook's `maxAge` holds it.
///
/// ```
/// assert_eq!(nexthink_chatbot::nql::parse_period("90min").unwrap().milliseconds(), 5_400_000);
/// ```
///
/// # Errors
/// All mistakes with their places.
pub fn parse_period(text: &str) -> Result<Period, SyntaxErrors> {
    parse(text, |parser| {
        let period = parser.period("2h");
        let period = parser.recovered(period, &[]);
        parser.expect_end();
        period
    })
}

/// The grammar gives nothing where it could not go on; it has said why.
fn parse<'a, T>(text: &'a str, grammar: impl Fn(&mut Parser<'a>) -> Option<T>) -> Result<T, SyntaxErrors> {
    let lexed = lexer::lex(text);
    let mut parser = Parser {
        end: lexed.tokens.last().copied().map_or_else(Span::default, |last| last.span),
        tokens: lexed.tokens,
        comments: lexed.comments,
        mistakes: lexed.mistakes,
        ..Parser::default()
    };
    let tree = grammar(&mut parser);
    match SyntaxErrors::new(parser.mistakes, MAXIMUM_MISTAKES) {
        Some(mistakes) => Err(mistakes),
        None => tree.ok_or_else(|| SyntaxErrors::one(SyntaxError::new(parser.end, "this is not NQL"))),
    }
}

#[derive(Default)]
struct Parser<'a> {
    tokens: Vec<Spanned<'a>>,
    comments: Vec<lexer::LexedComment<'a>>,
    /// In the order of the text.
    mistakes: Vec<SyntaxError>,
    /// The position of the next token.
    position: usize,
    /// Where the text ends.
    end: Span,
    /// Where the last token that was taken ends.
    previous_end: usize,
    depth: usize,
    operators: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token<'a> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Token<'a> {
        self.tokens.get(self.position + ahead).map_or(Token::End, |spanned| spanned.token)
    }

    fn span(&self) -> Span {
        self.tokens.get(self.position).map_or(self.end, |spanned| spanned.span)
    }

    /// From `start` to the end of the last token that was taken.
    fn since(&self, start: usize) -> Span {
        Span { start, end: self.previous_end.max(start) }
    }

    fn next(&mut self) -> Token<'a> {
        let Some(Spanned { token, span }) = self.tokens.get(self.position).copied() else { return Token::End };
        self.position += 1;
        self.previous_end = span.end;
        token
    }

    /// Takes the symbol if it is next.
    fn symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Token::Symbol(next) if next == symbol);
        if found {
            self.next();
        }
        found
    }

    fn at_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), Token::Word(next) if next.eq_ignore_ascii_case(keyword))
    }

    /// Takes the keyword if it is next; keywords ignore case.
    fn keyword(&mut self, keyword: &str) -> bool {
        let found = self.at_keyword(keyword);
        if found {
            self.next();
        }
        found
    }

    fn expect_symbol(&mut self, symbol: &str) -> Result<(), SyntaxError> {
        if self.symbol(symbol) { Ok(()) } else { Err(self.expected(&format!("`{symbol}`"))) }
    }

    fn expected(&self, what: &str) -> SyntaxError {
        SyntaxError::expected(self.span(), what, &self.peek().describe())
    }

    /// The same where one of these words was expected: names the one that was probably meant.
    fn expected_word(&self, what: &str, words: &[&str]) -> SyntaxError {
        let mistake = self.expected(what);
        match self.peek() {
            Token::Word(found) => mistake.meant(nearest(found, words.iter().copied())),
            _ => mistake,
        }
    }

    /// A dotted name, each segment a word.
    fn name(&mut self) -> Result<Name, SyntaxError> {
        let start = self.span().start;
        let mut text = self.segment()?.to_owned();
        while self.symbol(".") {
            text.push('.');
            text.push_str(self.segment()?);
        }
        Ok(Name { text: text.into(), span: self.since(start) })
    }

    fn segment(&mut self) -> Result<&'a str, SyntaxError> {
        match self.peek() {
            Token::Word(word) => {
                self.next();
                Ok(word)
            }
            _ => Err(self.expected("a name")),
        }
    }

    /// Items between commas. After a mistake in one it goes on with the next, so that all are found.
    fn separated<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, SyntaxError>) -> Vec<T> {
        let mut items = Vec::new();
        loop {
            let read = item(self);
            items.extend(self.recovered(read, &[","]));
            if !self.symbol(",") {
                return items;
            }
        }
    }

    /// Writes a mistake down and skips to the next `|`, or to one of these symbols outside of brackets.
    fn recovered<T>(&mut self, result: Result<T, SyntaxError>, symbols: &[&str]) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(mistake) => {
                self.report(mistake);
                let mut open = 0_usize;
                loop {
                    match self.peek() {
                        Token::End | Token::Symbol("|") => break,
                        Token::Symbol(symbol) if open == 0 && symbols.contains(&symbol) => break,
                        Token::Symbol("(" | "[") => open += 1,
                        Token::Symbol(")" | "]") => open = open.saturating_sub(1),
                        _ => {}
                    }
                    self.next();
                }
                None
            }
        }
    }

    /// What the lexer has reported already is not reported again. The mistakes are in the order of the text, so that
    /// only those count that will be told: a text can have one at every letter.
    fn report(&mut self, mistake: SyntaxError) {
        let place = self.mistakes.partition_point(|known| known.span.start <= mistake.span.start);
        let is_known = || self.mistakes.iter().take(place).any(|known| known.span == mistake.span);
        if place < MAXIMUM_MISTAKES && !is_known() {
            self.mistakes.insert(place, mistake);
        }
    }

    fn expect_end(&mut self) {
        if self.peek() != Token::End {
            let mistake = self.expected("the end");
            self.report(mistake);
        }
    }

    /// Runs a part of the grammar that can hold itself, and refuses what would exhaust the stack.
    fn nested<T>(&mut self, grammar: impl FnOnce(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        if self.depth == MAXIMUM_DEPTH {
            return Err(SyntaxError::new(self.span(), format!("nested more than {MAXIMUM_DEPTH} deep")));
        }
        self.depth += 1;
        let result = grammar(self);
        self.depth -= 1;
        result
    }

    /// Counts an operator or a function of the condition or value that is being read.
    fn count_operator(&mut self) -> Result<(), SyntaxError> {
        self.operators += 1;
        if self.operators > MAXIMUM_OPERATORS {
            let message = format!("more than {MAXIMUM_OPERATORS} operators and functions in one expression");
            return Err(SyntaxError::new(self.span(), message));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
