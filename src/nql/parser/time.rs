//! Tokens → a time selection: `during past 7d`, `from Jun 1, 2023, 12:30 to 2d ago`, `on 2024-02-08`, `by 30s`.

use super::Parser;
use crate::nql::lexer::Token;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::timestamp::days_in_month;
use crate::nql::tree::{Date, MONTHS, Moment, Period, PeriodUnit, Range, TimeOfDay, TimeSelection};

impl Parser<'_> {
    pub(super) fn time_selection(&mut self) -> Result<Option<TimeSelection>, SyntaxError> {
        let Some(range) = self.range()? else { return Ok(None) };
        let resolution = if self.keyword("by") { Some(self.period("30s")?) } else { None };
        Ok(Some(TimeSelection { range, resolution }))
    }

    fn range(&mut self) -> Result<Option<Range>, SyntaxError> {
        let during = self.keyword("during");
        if self.keyword("past") {
            return Ok(Some(Range::Past(self.period("7d")?)));
        }
        if during {
            return Err(self.expected_word("`past`", &["past"]));
        }
        if self.keyword("from") {
            let from = self.moment()?;
            if !self.keyword("to") {
                return Err(self.expected_word("`to`", &["to"]));
            }
            return Ok(Some(Range::Between(from, self.moment()?)));
        }
        if self.keyword("on") {
            let start = self.span().start;
            let date = self.date()?;
            if date.time.is_some() {
                let mistake = SyntaxError::new(self.since(start), "`on` takes a day without a time");
                return Err(mistake.help("use `from … to …` for a part of a day"));
            }
            return Ok(Some(Range::On(date)));
        }
        Ok(None)
    }

    fn moment(&mut self) -> Result<Moment, SyntaxError> {
        if !matches!(self.peek(), Token::Number(_, unit) if !unit.is_empty()) {
            return Ok(Moment::At(self.date()?));
        }
        let period = self.period("2d")?;
        if self.keyword("ago") { Ok(Moment::Ago(period)) } else { Err(self.expected_word("`ago`", &["ago"])) }
    }

    /// A number with a unit of time. The vendor's text also has `15m` for minutes.
    pub(super) fn period(&mut self, example: &str) -> Result<Period, SyntaxError> {
        let span = self.span();
        let Token::Number(count, unit) = self.peek() else {
            return Err(self.expected(&format!("a period such as `{example}`")));
        };
        let unit = match unit.to_ascii_lowercase().as_str() {
            "s" => PeriodUnit::Second,
            "m" | "min" => PeriodUnit::Minute,
            "h" => PeriodUnit::Hour,
            "d" => PeriodUnit::Day,
            "" => return Err(SyntaxError::expected(span, "a unit (`min`, `h` or `d`)", "a bare number")),
            _ => return Err(SyntaxError::expected(span, "the unit `min`, `h` or `d`", &format!("`{unit}`"))),
        };
        if count.fract() != 0.0 || !(1.0..=100_000.0).contains(&count) {
            return Err(SyntaxError::new(span, "the period is not a whole number from 1 to 100000"));
        }
        self.next();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number up to 100,000")]
        Ok(Period { count: count as u32, unit })
    }

    /// `2023-02-01 00:00:00`, `Jun 15, 2023, 16:15`, `Jun 15, 2023 4:15 PM`, `Jun 1`
    fn date(&mut self) -> Result<Date, SyntaxError> {
        let example = "a date such as `2023-02-01 00:00:00` or `Jun 15, 2023, 16:15`";
        let start = self.span().start;
        let month = match self.peek() {
            Token::Date(date) => {
                self.next();
                return Ok(date);
            }
            Token::Word(word) => month_of(word),
            _ => None,
        };
        let Some(month) = month else { return Err(self.expected(example)) };
        self.next();
        let day = self.whole(1, 31).ok_or_else(|| self.expected("a day of the month"))?;
        let mut year = None;
        if let (Token::Symbol(","), Token::Number(..)) = (self.peek(), self.peek_at(1)) {
            self.next();
            year = Some(self.whole(1970, 9999).ok_or_else(|| self.expected("a year"))?);
        }
        if let (Token::Symbol(","), Token::Time(_)) = (self.peek(), self.peek_at(1)) {
            self.next();
        }
        let time = self.time_of_day()?;
        // Without a year, a leap day is given the benefit of the doubt.
        if day > u16::try_from(days_in_month(year.map_or(2024, i64::from), i64::from(month))).unwrap_or_default() {
            return Err(SyntaxError::new(self.since(start), "there is no such date"));
        }
        Ok(Date { year, month, day: u8::try_from(day).unwrap_or_default(), time })
    }

    fn time_of_day(&mut self) -> Result<Option<TimeOfDay>, SyntaxError> {
        let Token::Time(time) = self.peek() else { return Ok(None) };
        self.next();
        let (morning, evening) = (self.at_keyword("am"), self.at_keyword("pm"));
        if !morning && !evening {
            return Ok(Some(time));
        }
        if !(1..=12).contains(&time.hour) {
            return Err(self.expected("an hour from 1 to 12 before `AM` or `PM`"));
        }
        self.next();
        Ok(Some(TimeOfDay { hour: time.hour % 12 + if evening { 12 } else { 0 }, ..time }))
    }

    fn whole(&mut self, least: u16, most: u16) -> Option<u16> {
        let Token::Number(number, "") = self.peek() else { return None };
        let found = (least..=most).find(|candidate| f64::from(*candidate).to_bits() == number.to_bits())?;
        self.next();
        Some(found)
    }
}

/// 1 to 12 for a month's name or its first three letters.
fn month_of(word: &str) -> Option<u8> {
    let is = |name: &&str| {
        name.eq_ignore_ascii_case(word) || name.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(word))
    };
    MONTHS.iter().position(is).and_then(|position| u8::try_from(position + 1).ok())
}
