//! Tokens → a query: its table, its time selection and its statements.

use super::Parser;
use crate::nql::lexer::Token;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::timestamp::{DAY, HOUR, MINUTE};
use crate::nql::tree::{Computation, Order, Query, Source, Statement, TimeSelection};

impl Parser<'_> {
    pub(super) fn query(&mut self) -> Result<Query, SyntaxError> {
        let source = self.source()?;
        let mut statements = Vec::new();
        while self.symbol("|") {
            statements.push(self.statement()?);
        }
        Ok(Query { source, statements })
    }

    fn source(&mut self) -> Result<Source, SyntaxError> {
        Ok(Source { table: self.name()?, time: self.time_selection()? })
    }

    fn time_selection(&mut self) -> Result<Option<TimeSelection>, SyntaxError> {
        let during = self.keyword("during");
        if self.keyword("past") {
            return Ok(Some(TimeSelection { past: self.period()? }));
        }
        match self.peek() {
            _ if during => Err(self.expected("`past`")),
            Token::Word(word) if ["from", "on", "by"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword)) => {
                let message = format!("the time selection `{word}` cannot be read yet");
                Err(SyntaxError::new(self.span(), message).help("use `during past`"))
            }
            _ => Ok(None),
        }
    }

    fn period(&mut self) -> Result<i64, SyntaxError> {
        let span = self.span();
        let Token::Number(count, unit) = self.peek() else {
            return Err(self.expected("a period such as `7d`"));
        };
        let unit = match unit {
            "min" => MINUTE,
            "h" => HOUR,
            "d" => DAY,
            _ => return Err(SyntaxError::expected(span, "the unit `min`, `h` or `d`", &format!("`{unit}`"))),
        };
        if count.fract() != 0.0 || !(1.0..=100_000.0).contains(&count) {
            return Err(SyntaxError::new(span, "the period is not a whole number from 1 to 100000"));
        }
        self.next();
        // In range by the check above.
        #[expect(clippy::cast_possible_truncation, reason = "a whole number up to 100,000")]
        Ok(count as i64 * unit)
    }

    fn statement(&mut self) -> Result<Statement, SyntaxError> {
        let span = self.span();
        let Token::Word(keyword) = self.peek() else { return Err(self.expected("a statement such as `where`")) };
        self.next();
        match keyword.to_ascii_lowercase().as_str() {
            "where" => Ok(Statement::Where(self.condition()?)),
            "with" => Ok(Statement::With(self.source()?)),
            "include" => Ok(Statement::Include(self.source()?)),
            "compute" => Ok(Statement::Compute(self.separated(Self::computation)?)),
            "list" => Ok(Statement::List(self.separated(Self::name)?)),
            "sort" => Ok(Statement::Sort(self.name()?, self.order())),
            "limit" => self.limit(),
            "summarize" => Err(SyntaxError::new(span, "`summarize` cannot be read yet")),
            _ => {
                let expected = "`where`, `with`, `include`, `compute`, `list`, `sort` or `limit`";
                Err(SyntaxError::expected(span, expected, &format!("`{keyword}`")))
            }
        }
    }

    fn separated<T>(&mut self, item: impl Fn(&mut Self) -> Result<T, SyntaxError>) -> Result<Vec<T>, SyntaxError> {
        let mut items = vec![item(self)?];
        while self.symbol(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn computation(&mut self) -> Result<Computation, SyntaxError> {
        let alias = self.name()?;
        self.expect_symbol("=")?;
        Ok(Computation { alias, expression: self.expression()? })
    }

    fn order(&mut self) -> Order {
        if self.keyword("desc") {
            return Order::Descending;
        }
        self.keyword("asc");
        Order::Ascending
    }

    fn limit(&mut self) -> Result<Statement, SyntaxError> {
        match self.peek() {
            Token::Number(rows, "") if rows.fract() == 0.0 && rows <= 1e9 => {
                self.next();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
                Ok(Statement::Limit(rows as usize))
            }
            _ => Err(self.expected("a whole number")),
        }
    }
}
