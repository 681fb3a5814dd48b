//! Tokens → syntax tree. This file walks the tokens; `query` and `condition` know the grammar.

mod condition;
mod query;

use super::lexer::{self, Spanned, Token};
use super::syntax_error::SyntaxError;
use super::tree::{Condition, Name, Query, Span};

/// Nesting beyond this is hostile: no published query comes near.
const MAXIMUM_DEPTH: usize = 64;

/// Reads a whole query.
///
/// # Errors
/// The first mistake, with its place.
pub fn parse_query(text: &str) -> Result<Query, SyntaxError> {
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
/// The first mistake, with its place.
pub fn parse_condition(text: &str) -> Result<Condition<Name>, SyntaxError> {
    parse(text, Parser::condition)
}

fn parse<'a, T>(text: &'a str, grammar: impl Fn(&mut Parser<'a>) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
    let tokens = lexer::tokens(text)?;
    let mut parser = Parser {
        end: tokens.last().copied().map_or_else(Span::default, |last| last.span),
        tokens: tokens.into_iter().peekable(),
        previous_end: 0,
        depth: 0,
    };
    let tree = grammar(&mut parser)?;
    match parser.peek() {
        Token::End => Ok(tree),
        _ => Err(parser.expected("the end")),
    }
}

struct Parser<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Spanned<'a>>>,
    /// Where the text ends.
    end: Span,
    /// Where the last token that was taken ends.
    previous_end: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&mut self) -> Token<'a> {
        self.tokens.peek().map_or(Token::End, |spanned| spanned.token)
    }

    fn span(&mut self) -> Span {
        self.tokens.peek().map_or(self.end, |spanned| spanned.span)
    }

    fn next(&mut self) -> Token<'a> {
        let Some(Spanned { token, span }) = self.tokens.next() else { return Token::End };
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

    /// Takes the keyword if it is next; keywords ignore case.
    fn keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Token::Word(next) if next.eq_ignore_ascii_case(keyword));
        if found {
            self.next();
        }
        found
    }

    fn expect_symbol(&mut self, symbol: &str) -> Result<(), SyntaxError> {
        if self.symbol(symbol) { Ok(()) } else { Err(self.expected(&format!("`{symbol}`"))) }
    }

    fn expected(&mut self, what: &str) -> SyntaxError {
        let found = self.peek().describe();
        SyntaxError::expected(self.span(), what, &found)
    }

    /// A dotted name, each segment a word.
    fn name(&mut self) -> Result<Name, SyntaxError> {
        let start = self.span().start;
        let mut text = self.segment()?.to_owned();
        while self.symbol(".") {
            text.push('.');
            text.push_str(self.segment()?);
        }
        Ok(Name { text: text.into(), span: Span { start, end: self.previous_end } })
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
}
