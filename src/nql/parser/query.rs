//! Tokens → a query: its table, its time selection and its statements.

use super::Parser;
use crate::nql::lexer::{LexedComment, Spanned, Token};
use crate::nql::suggestion::nearest;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::tree::{Comment, Computation, Grouping, Order, Query, SortKey, Source, Statement, Step};

const KEYWORDS: [&str; 8] = ["where", "with", "include", "compute", "summarize", "list", "sort", "limit"];

impl Parser<'_> {
    /// A whole query. None where not even the table could be read; the mistakes say why.
    pub(super) fn query(&mut self) -> Option<Query> {
        let source = self.source();
        let source = self.recovered(source, &[]);
        // How many tokens stand before the end of the table and of each step, for the comments.
        let mut ends = vec![self.position];
        let mut steps = Vec::new();
        self.expect_step();
        while self.symbol("|") {
            let step = self.step();
            steps.extend(self.recovered(step, &[]));
            self.expect_step();
            ends.push(self.position);
        }
        let comment = |comment: &LexedComment<'_>| Comment {
            text: comment.text.into(),
            after: if comment.before == 0 { 0 } else { ends.partition_point(|end| *end <= comment.before) },
            span: comment.span,
            misplaced: self.is_misplaced(comment.before),
        };
        let comments = self.comments.iter().map(comment).collect();
        Some(Query { source: source?, steps, comments })
    }

    /// Whether a comment after so many tokens parts `|` from its keyword, or a condition or value in two.
    fn is_misplaced(&self, tokens: usize) -> bool {
        let (before, after) = self.tokens.split_at_checked(tokens).unwrap_or_default();
        let is_bar = |token: &Spanned<'_>| token.token == Token::Symbol("|");
        if before.last().is_some_and(is_bar) {
            return true;
        }
        let Some(bar) = before.iter().rposition(is_bar) else { return false };
        let takes_none = match before.get(bar + 1).map(|keyword| keyword.token) {
            Some(Token::Word(keyword)) => {
                ["where", "compute", "summarize", "sort"].iter().any(|one| one.eq_ignore_ascii_case(keyword))
            }
            _ => false,
        };
        takes_none && after.first().is_some_and(|next| !is_bar(next) && next.token != Token::End)
    }

    /// What stands between two steps, where only `|` may stand, is reported and skipped.
    fn expect_step(&mut self) {
        if matches!(self.peek(), Token::End | Token::Symbol("|")) {
            return;
        }
        let mistake = self.expected("`|` or the end");
        let mistake = match self.peek() {
            Token::Word(word) if KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word)) => {
                mistake.help(format!("put `|` before `{word}`"))
            }
            Token::Word(word) => {
                mistake.meant(nearest(word, ["during", "past", "from", "on", "and", "or"].into_iter()))
            }
            _ => mistake,
        };
        self.recovered::<()>(Err(mistake), &[]);
    }

    pub(super) fn source(&mut self) -> Result<Source, SyntaxError> {
        Ok(Source { table: self.name()?, time: self.time_selection()? })
    }

    fn step(&mut self) -> Result<Step, SyntaxError> {
        let start = self.span().start;
        let statement = self.statement()?;
        Ok(Step { statement, span: self.since(start) })
    }

    fn statement(&mut self) -> Result<Statement, SyntaxError> {
        let position = match self.peek() {
            Token::Word(keyword) => KEYWORDS.iter().position(|known| known.eq_ignore_ascii_case(keyword)),
            _ => None,
        };
        let Some(position) = position else {
            let what = "`where`, `with`, `include`, `compute`, `summarize`, `list`, `sort` or `limit`";
            return Err(self.expected_word(what, &KEYWORDS));
        };
        self.next();
        match position {
            0 => Ok(Statement::Where(self.condition()?)),
            1 => Ok(Statement::With(self.source()?)),
            2 => Ok(Statement::Include(self.source()?)),
            3 => Ok(Statement::Compute(self.separated(Self::computation))),
            4 => self.summarize(),
            5 => Ok(Statement::List(self.separated(Self::expression))),
            6 => Ok(Statement::Sort(self.separated(Self::sort_key))),
            _ => self.limit(),
        }
    }

    fn summarize(&mut self) -> Result<Statement, SyntaxError> {
        let computations = self.separated(Self::computation);
        let groupings = if self.keyword("by") { self.separated(Self::grouping) } else { Vec::new() };
        Ok(Statement::Summarize(computations, groupings))
    }

    fn computation(&mut self) -> Result<Computation, SyntaxError> {
        let alias = self.name()?;
        match self.peek() {
            Token::Symbol("==") => Err(self.expected("`=`").help("a new column is named with a single `=`")),
            Token::Symbol("(") => Err(self.expected("`=`").help(format!("give it a name: `name = {}()`", alias.text))),
            _ => {
                self.expect_symbol("=")?;
                Ok(Computation { alias, expression: self.expression()? })
            }
        }
    }

    fn grouping(&mut self) -> Result<Grouping, SyntaxError> {
        match self.peek() {
            Token::Number(..) => Ok(Grouping::Period(self.period("15min, 1h or 1d")?)),
            _ => Ok(Grouping::Field(self.name()?)),
        }
    }

    fn sort_key(&mut self) -> Result<SortKey, SyntaxError> {
        let expression = self.expression()?;
        let order = match self.peek() {
            Token::Word(word) if word.eq_ignore_ascii_case("desc") => Order::Descending,
            Token::Word(word) if word.eq_ignore_ascii_case("asc") => Order::Ascending,
            Token::Word(_) => return Err(self.expected_word("`asc`, `desc` or `|`", &["asc", "desc"])),
            _ => return Ok(SortKey { expression, order: Order::Ascending }),
        };
        self.next();
        Ok(SortKey { expression, order })
    }

    fn limit(&mut self) -> Result<Statement, SyntaxError> {
        match self.peek() {
            Token::Number(rows, "") if rows.fract() == 0.0 && rows <= 1e9 => {
                self.next();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
                Ok(Statement::Limit(rows as usize))
            }
            _ => Err(self.expected("a whole number of rows")),
        }
    }
}
