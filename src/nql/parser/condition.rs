//! Tokens → conditions and expressions. Both can open with a bracket, so one pass reads either
//! and the place where it stands decides: trying one and then the other would double with each bracket.

use super::Parser;
use crate::nql::lexer::Token;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::timestamp::{DAY, HOUR, MINUTE, SECOND};
use crate::nql::tree::{Call, Condition, Expression, Name, Operator, Span, Test};
use crate::nql::value::{Comparison, Value};

enum Parsed {
    Condition(Condition<Name>),
    Expression(Expression<Name>),
}

const COMPARISONS: [(&str, Comparison); 7] = [
    ("==", Comparison::Equal),
    ("=", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

impl Parser<'_> {
    pub(super) fn condition(&mut self) -> Result<Condition<Name>, SyntaxError> {
        let start = self.span().start;
        let parsed = self.disjunction()?;
        self.as_condition(parsed, start)
    }

    pub(super) fn expression(&mut self) -> Result<Expression<Name>, SyntaxError> {
        let start = self.span().start;
        let parsed = self.sum()?;
        self.as_expression(parsed, start)
    }

    fn disjunction(&mut self) -> Result<Parsed, SyntaxError> {
        self.joined("or", Condition::Or, |parser| parser.joined("and", Condition::And, Self::test))
    }

    fn joined(
        &mut self,
        keyword: &str,
        join: impl Fn(Vec<Condition<Name>>) -> Condition<Name>,
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
        let left = self.sum()?;
        let negated = self.symbol("!");
        let comparison = match self.peek() {
            Token::Symbol(symbol) if !negated => COMPARISONS.iter().find(|(text, _)| *text == symbol),
            _ => None,
        };
        if let Some((_, comparison)) = comparison {
            self.next();
            let left = self.as_expression(left, start)?;
            let mut right = self.expression()?;
            if matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
                right = enumeration(right);
            }
            return Ok(Parsed::Condition(Condition::Compare(self.sides(left, right, start), *comparison)));
        }
        if self.keyword("in") {
            let left = self.as_expression(left, start)?;
            let right = self.array()?;
            return Ok(Parsed::Condition(Condition::In(self.sides(left, right, start), negated)));
        }
        if self.keyword("contains") {
            let left = self.as_expression(left, start)?;
            let right = enumeration(self.expression()?);
            return Ok(Parsed::Condition(Condition::Contains(self.sides(left, right, start), negated)));
        }
        if negated { Err(self.expected("`in` or `contains`")) } else { Ok(left) }
    }

    fn sides(&self, left: Expression<Name>, right: Expression<Name>, start: usize) -> Test<Name> {
        Test { left, right, span: Span { start, end: self.previous_end } }
    }

    fn sum(&mut self) -> Result<Parsed, SyntaxError> {
        self.operation(&[("+", Operator::Add), ("-", Operator::Subtract)], |parser| {
            parser.operation(&[("*", Operator::Multiply), ("/", Operator::Divide)], |parser| {
                parser.operation(&[("^", Operator::Power)], Self::operand)
            })
        })
    }

    /// Operands joined by operators of one precedence, from left to right.
    fn operation(
        &mut self,
        operators: &[(&str, Operator)],
        operand: impl Fn(&mut Self) -> Result<Parsed, SyntaxError>,
    ) -> Result<Parsed, SyntaxError> {
        let start = self.span().start;
        let mut left = operand(self)?;
        while let Some((_, operator)) = operators.iter().find(|(symbol, _)| self.symbol(symbol)) {
            let right_start = self.span().start;
            let right = operand(self)?;
            let sides = (self.as_expression(left, start)?, self.as_expression(right, right_start)?);
            left = Parsed::Expression(Expression::Arithmetic(*operator, Box::new(sides)));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Parsed, SyntaxError> {
        let span = self.span();
        match self.peek() {
            Token::Symbol("(") => self.nested(|parser| {
                parser.next();
                let inner = parser.disjunction()?;
                parser.expect_symbol(")")?;
                Ok(inner)
            }),
            Token::Symbol("-") => self.nested(|parser| {
                parser.next();
                let parsed = parser.operand()?;
                Ok(Parsed::Expression(negative(parser.as_expression(parsed, span.end)?)))
            }),
            Token::Symbol("[") => Ok(Parsed::Expression(self.array()?)),
            Token::Text(text) => self.literal(text.into()),
            Token::Version(text) => self.literal(text.into()),
            Token::Number(number, unit) => {
                let value = quantity(number, unit, span)?;
                self.literal(value)
            }
            Token::Parameter(name) => {
                self.next();
                Ok(Parsed::Expression(Expression::Parameter(name.into())))
            }
            Token::Word(_) => Ok(Parsed::Expression(self.named()?)),
            Token::Symbol(_) | Token::End => Err(self.expected("a value or a name")),
        }
    }

    fn literal(&mut self, value: Value) -> Result<Parsed, SyntaxError> {
        self.next();
        Ok(Parsed::Expression(Expression::Literal(value)))
    }

    fn array(&mut self) -> Result<Expression<Name>, SyntaxError> {
        self.nested(|parser| {
            parser.expect_symbol("[")?;
            let mut elements = Vec::new();
            while !parser.symbol("]") {
                if !elements.is_empty() {
                    parser.expect_symbol(",")?;
                }
                elements.push(enumeration(parser.expression()?));
            }
            Ok(Expression::Array(elements))
        })
    }

    /// A field, a constant word, or a chain of functions such as `time.last().time_elapsed()`.
    fn named(&mut self) -> Result<Expression<Name>, SyntaxError> {
        let mut name = self.name()?;
        let mut expression = match name.text.to_ascii_lowercase().as_str() {
            "true" => return Ok(Expression::Literal(Value::Boolean(true))),
            "false" => return Ok(Expression::Literal(Value::Boolean(false))),
            "null" => return Ok(Expression::Literal(Value::Null)),
            _ => None,
        };
        while self.symbol("(") {
            if !self.symbol(")") {
                return Err(self.expected("`)`").help("a function with arguments cannot be read yet"));
            }
            let (target, function) = split_function(&name);
            let target = match expression.take() {
                None => target.map(Expression::Field),
                some => some,
            };
            let call = Call { target, function: function.to_ascii_lowercase().into(), span: name.span };
            expression = Some(Expression::Call(Box::new(call)));
            if !self.symbol(".") {
                break;
            }
            name = self.name()?;
            if !matches!(self.peek(), Token::Symbol("(")) {
                return Err(self.expected("`(`"));
            }
        }
        Ok(expression.unwrap_or(Expression::Field(name)))
    }

    fn as_condition(&mut self, parsed: Parsed, start: usize) -> Result<Condition<Name>, SyntaxError> {
        match parsed {
            Parsed::Condition(condition) => Ok(condition),
            Parsed::Expression(_) => {
                let span = Span { start, end: self.previous_end };
                Err(SyntaxError::new(span, "this is a value, not a condition").help("compare it, as in `… > 10`"))
            }
        }
    }

    fn as_expression(&mut self, parsed: Parsed, start: usize) -> Result<Expression<Name>, SyntaxError> {
        match parsed {
            Parsed::Expression(expression) => Ok(expression),
            Parsed::Condition(_) => {
                let span = Span { start, end: self.previous_end };
                Err(SyntaxError::new(span, "this is a condition, not a value").help("join conditions with `and`"))
            }
        }
    }
}

/// `a.b.count` is the function `count` of the field `a.b`.
fn split_function(name: &Name) -> (Option<Name>, &str) {
    match name.text.rsplit_once('.') {
        Some((field, function)) => {
            let span = Span { start: name.span.start, end: name.span.start + field.len() };
            (Some(Name { text: field.into(), span }), function)
        }
        None => (None, &name.text),
    }
}

/// To the right of `==`, a single bare word names a value of an enumeration, not a column.
fn enumeration(expression: Expression<Name>) -> Expression<Name> {
    match expression {
        Expression::Field(name) if !name.text.contains('.') => Expression::Enumeration(name.text),
        other => other,
    }
}

fn negative(operand: Expression<Name>) -> Expression<Name> {
    match operand {
        Expression::Literal(Value::Number(number)) => Expression::Literal(Value::Number(-number)),
        other => Expression::Arithmetic(Operator::Subtract, Box::new((Expression::Literal(Value::Number(0.0)), other))),
    }
}

/// A number with its unit: sizes become bytes (decimal, as Nexthink counts), durations milliseconds.
fn quantity(number: f64, unit: &str, span: Span) -> Result<Value, SyntaxError> {
    #[expect(clippy::cast_precision_loss, reason = "units are far below 2^53")]
    let scale = match unit {
        "" | "ms" => 1.0,
        "s" => SECOND as f64,
        "min" => MINUTE as f64,
        "h" => HOUR as f64,
        "d" => DAY as f64,
        _ => match unit.to_ascii_uppercase().as_str() {
            "B" => 1.0,
            "KB" => 1e3,
            "MB" => 1e6,
            "GB" => 1e9,
            "TB" => 1e12,
            _ => {
                let expected = "a unit (`ms`, `s`, `min`, `h`, `d`, `B`, `KB`, `MB`, `GB`, `TB`)";
                return Err(SyntaxError::expected(span, expected, &format!("`{unit}`")));
            }
        },
    };
    Ok(Value::Number(number * scale))
}
