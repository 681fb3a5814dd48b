//! Tokens → conditions. Conditions and values can both open with a bracket, so one pass reads either and the place
//! where it stands decides: trying one and then the other would double with each bracket.

use super::Parser;
use crate::nql::lexer::Token;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::tree::{Condition, Expression, Test};
use crate::nql::value::Comparison;

/// What a bracket held.
pub(super) enum Parsed {
    Condition(Condition),
    Expression(Expression),
}

impl Parser<'_> {
    pub(super) fn condition(&mut self) -> Result<Condition, SyntaxError> {
        self.start_expression();
        let start = self.span().start;
        let parsed = self.disjunction()?;
        self.as_condition(parsed, start)
    }

    /// The operators are counted for each expression that is not within another.
    pub(super) fn start_expression(&mut self) {
        if self.depth == 0 {
            self.operators = 0;
        }
    }

    pub(super) fn disjunction(&mut self) -> Result<Parsed, SyntaxError> {
        self.joined("or", Condition::Or, |parser| parser.joined("and", Condition::And, Self::test))
    }

    fn joined(
        &mut self,
        keyword: &str,
        join: impl Fn(Vec<Condition>) -> Condition,
        part: impl Fn(&mut Self) -> Result<Parsed, SyntaxError>,
    ) -> Result<Parsed, SyntaxError> {
        let start = self.span().start;
        let first = part(self)?;
        if !self.keyword(keyword) {
            return Ok(first);
        }
        let mut parts = vec![self.as_condition(first, start)?];
        loop {
            let start = self.span().start;
            let next = part(self)?;
            parts.push(self.as_condition(next, start)?);
            if !self.keyword(keyword) {
                return Ok(Parsed::Condition(join(parts)));
            }
        }
    }

    /// The smallest part of a condition: two expressions and the operator between them.
    fn test(&mut self) -> Result<Parsed, SyntaxError> {
        let start = self.span().start;
        if self.at_keyword("not") && !matches!(self.peek_at(1), Token::Symbol(_)) {
            return Err(SyntaxError::new(self.span(), "NQL has no `not`").help("use `!=`, `!in` or `!contains`"));
        }
        let left = self.sum()?;
        let negated = self.symbol("!");
        let comparison = match self.peek() {
            // Comparing, `=` is as good as `==`.
            Token::Symbol("=") if !negated => Some(Comparison::Equal),
            Token::Symbol(symbol) if !negated => comparison(symbol),
            _ => None,
        };
        if let Some(comparison) = comparison {
            self.next();
            let left = self.as_expression(left, start)?;
            let right_start = self.span().start;
            let right = self.sum()?;
            let mut right = self.as_expression(right, right_start)?;
            if matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
                right = word(right);
            }
            return Ok(Parsed::Condition(Condition::Compare(self.sides(left, right, start), comparison)));
        }
        if self.keyword("in") {
            let left = self.as_expression(left, start)?;
            let right = self.array()?;
            return Ok(Parsed::Condition(Condition::In(self.sides(left, right, start), negated)));
        }
        if self.keyword("contains") {
            let left = self.as_expression(left, start)?;
            let right_start = self.span().start;
            let right = self.sum()?;
            let right = word(self.as_expression(right, right_start)?);
            return Ok(Parsed::Condition(Condition::Contains(self.sides(left, right, start), negated)));
        }
        if negated { Err(self.expected("`in` or `contains`")) } else { Ok(left) }
    }

    fn sides(&self, left: Expression, right: Expression, start: usize) -> Test {
        Test { left, right, span: self.since(start) }
    }

    pub(super) fn as_condition(&self, parsed: Parsed, start: usize) -> Result<Condition, SyntaxError> {
        match parsed {
            Parsed::Condition(condition) => Ok(condition),
            Parsed::Expression(_) => {
                let mistake = SyntaxError::new(self.since(start), "this is a value, not a condition");
                Err(match self.peek() {
                    Token::Word(next) => {
                        mistake.meant(crate::nql::suggestion::nearest(next, ["in", "contains"].into_iter()))
                    }
                    _ => mistake.help("compare it, as in `… > 10`"),
                })
            }
        }
    }

    pub(super) fn as_expression(&self, parsed: Parsed, start: usize) -> Result<Expression, SyntaxError> {
        match parsed {
            Parsed::Expression(expression) => Ok(expression),
            Parsed::Condition(_) => {
                let mistake = SyntaxError::new(self.since(start), "this is a condition, not a value");
                Err(mistake.help("join conditions with `and`"))
            }
        }
    }
}

fn comparison(symbol: &str) -> Option<Comparison> {
    Comparison::SYMBOLS.into_iter().find(|(known, _)| *known == symbol).map(|(_, comparison)| comparison)
}

/// To the right of `==` and in an array, a single bare word names a value of an enumeration, or what was computed.
pub(super) fn word(expression: Expression) -> Expression {
    match expression {
        Expression::Field(name) if !name.text.contains(['.', '#']) => Expression::Word(name),
        other => other,
    }
}
