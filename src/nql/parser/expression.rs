//! Tokens → what has a value: constants, columns, functions, arithmetic.

use super::Parser;
use super::condition::{Parsed, word};
use crate::nql::lexer::Token;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::tree::{Argument, ArgumentValue, Call, Expression, Literal, Name, Operator, Span, Unit};

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Result<Expression, SyntaxError> {
        self.start_expression();
        let start = self.span().start;
        let parsed = self.sum()?;
        self.as_expression(parsed, start)
    }

    pub(super) fn sum(&mut self) -> Result<Parsed, SyntaxError> {
        self.operation(&[Operator::Add, Operator::Subtract], |parser| {
            parser.operation(&[Operator::Multiply, Operator::Divide], |parser| {
                parser.operation(&[Operator::Power], Self::operand)
            })
        })
    }

    /// Operands joined by operators of one precedence, from left to right.
    fn operation(
        &mut self,
        operators: &[Operator],
        operand: impl Fn(&mut Self) -> Result<Parsed, SyntaxError>,
    ) -> Result<Parsed, SyntaxError> {
        let start = self.span().start;
        let mut left = operand(self)?;
        while let Some(operator) = operators.iter().find(|operator| self.symbol(operator.symbol())) {
            self.count_operator()?;
            let right_start = self.span().start;
            let left_side = self.as_expression(left, start)?;
            let right = operand(self)?;
            let right_side = self.as_expression(right, right_start)?;
            left = Parsed::Expression(Expression::Arithmetic(*operator, Box::new((left_side, right_side))));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Parsed, SyntaxError> {
        match self.peek() {
            Token::Symbol("(") => self.nested(|parser| {
                parser.next();
                let inner = parser.disjunction()?;
                parser.expect_symbol(")")?;
                Ok(inner)
            }),
            Token::Symbol("-") => self.nested(|parser| {
                let start = parser.span().start;
                parser.next();
                let parsed = parser.operand()?;
                parser.count_operator()?;
                Ok(Parsed::Expression(negative(parser.as_expression(parsed, start)?)))
            }),
            Token::Symbol("[") => Ok(Parsed::Expression(self.array()?)),
            Token::Parameter(name) => {
                let span = self.span();
                self.next();
                Ok(Parsed::Expression(Expression::Parameter(Name { text: name.into(), span })))
            }
            Token::Word(_) => Ok(Parsed::Expression(self.named()?)),
            _ => Ok(Parsed::Expression(Expression::Literal(self.literal()?))),
        }
    }

    fn literal(&mut self) -> Result<Literal, SyntaxError> {
        let span = self.span();
        let literal = match self.peek() {
            Token::Text(text) => Literal::Text(text.into()),
            Token::Number(number, "") => Literal::Number(number),
            Token::Number(number, symbol) => Literal::Quantity(number, unit(symbol, span)?),
            Token::Date(date) => Literal::Date(date),
            Token::Version(text) => Literal::Version(text.into()),
            Token::Address(text) => Literal::Address(text.into()),
            _ => return Err(self.expected("a value or a name")),
        };
        self.next();
        Ok(literal)
    }

    pub(super) fn array(&mut self) -> Result<Expression, SyntaxError> {
        self.expect_symbol("[")?;
        let mut elements = Vec::new();
        while !self.symbol("]") {
            if !elements.is_empty() {
                self.expect_symbol(",")?;
            }
            elements.push(self.element()?);
        }
        Ok(Expression::Array(elements))
    }

    /// Constants, words and parameters: an array has no columns in it.
    fn element(&mut self) -> Result<Expression, SyntaxError> {
        let span = self.span();
        let start = span.start;
        let parsed = match self.peek() {
            Token::Symbol("[" | "(") => return Err(self.expected("a constant")),
            _ => self.operand()?,
        };
        match word(self.as_expression(parsed, start)?) {
            element @ (Expression::Literal(_) | Expression::Word(_) | Expression::Parameter(_)) => Ok(element),
            _ => Err(SyntaxError::new(self.since(start), "an array holds constants only")),
        }
    }

    /// A field, a constant word, or a chain of functions such as `time.last().time_elapsed()`.
    fn named(&mut self) -> Result<Expression, SyntaxError> {
        let mut name = self.name()?;
        match name.text.to_ascii_lowercase().as_str() {
            "true" => return Ok(Expression::Literal(Literal::Boolean(true))),
            "false" => return Ok(Expression::Literal(Literal::Boolean(false))),
            "null" => return Ok(Expression::Literal(Literal::Null)),
            _ => {}
        }
        let mut chain = None;
        while self.symbol("(") {
            self.count_operator()?;
            let (target, function) = split_function(&name);
            let target = chain.take().or_else(|| target.map(Expression::Field));
            let arguments = self.arguments(&function)?;
            chain = Some(Expression::Call(Box::new(Call { target, function, arguments })));
            if !self.symbol(".") {
                break;
            }
            name = self.name()?;
            if name.text.contains('.') || !matches!(self.peek(), Token::Symbol("(")) {
                return Err(self.expected("`(`").help("after a function only another function can follow"));
            }
        }
        Ok(chain.unwrap_or(Expression::Field(name)))
    }

    /// What stands between the brackets of a function; the opening one is taken already.
    fn arguments(&mut self, function: &Name) -> Result<Vec<Argument>, SyntaxError> {
        let mut arguments = Vec::new();
        while !self.symbol(")") {
            if !arguments.is_empty() {
                self.expect_symbol(",")?;
            }
            arguments.push(self.nested(|parser| parser.argument(function))?);
        }
        Ok(arguments)
    }

    /// `countif` and `sumif` take a condition, in which `=` compares; the others take names and values.
    fn argument(&mut self, function: &Name) -> Result<Argument, SyntaxError> {
        if function.is("countif") || function.is("sumif") {
            let start = self.span().start;
            let parsed = self.disjunction()?;
            return Ok(Argument { name: None, value: ArgumentValue::Condition(self.as_condition(parsed, start)?) });
        }
        let name = match (self.peek(), self.peek_at(1)) {
            (Token::Word(_), Token::Symbol("=" | "==")) => {
                let name = self.name()?;
                self.next();
                Some(name)
            }
            _ => None,
        };
        let start = self.span().start;
        let parsed = self.sum()?;
        let value = word(self.as_expression(parsed, start)?);
        Ok(Argument { name, value: ArgumentValue::Expression(value) })
    }
}

/// `a.b.count` is the function `count` of the field `a.b`.
fn split_function(name: &Name) -> (Option<Name>, Name) {
    match name.text.rsplit_once('.') {
        Some((field, function)) => {
            let field_end = name.span.start + field.len();
            let function_start = name.span.end.saturating_sub(function.len());
            (
                Some(Name { text: field.into(), span: Span { start: name.span.start, end: field_end } }),
                Name { text: function.into(), span: Span { start: function_start, end: name.span.end } },
            )
        }
        None => (None, name.clone()),
    }
}

fn negative(operand: Expression) -> Expression {
    match operand {
        Expression::Literal(Literal::Number(number)) => Expression::Literal(Literal::Number(-number)),
        Expression::Literal(Literal::Quantity(number, unit)) => Expression::Literal(Literal::Quantity(-number, unit)),
        other => {
            let zero = Expression::Literal(Literal::Number(0.0));
            Expression::Arithmetic(Operator::Subtract, Box::new((zero, other)))
        }
    }
}

fn unit(symbol: &str, span: Span) -> Result<Unit, SyntaxError> {
    let units = "a unit (`ms`, `s`, `min`, `h`, `d`, `B`, `KB`, `MB`, `GB`, `TB`)";
    Unit::of(symbol).ok_or_else(|| SyntaxError::expected(span, units, &format!("`{symbol}`")))
}
