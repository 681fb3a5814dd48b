//! A saved query as a data exporter can have it: for all devices at once, so without parameters.
//! It is changed as a syntax tree; as text, a bracket or a comment in the wrong place would change its meaning.

use crate::nql::tree::{
    Comment, Condition, Expression, Literal, Name, Period, PeriodUnit, Range, Span, Statement, Step, Test,
    TimeSelection,
};
use crate::nql::{Comparison, Query};

impl Query {
    /// The same query without the parts of its conditions that have a parameter.
    pub(super) fn without_parameters(&self) -> Self {
        let mut steps = Vec::new();
        let mut removed = Vec::new();
        for (position, step) in self.steps.iter().enumerate() {
            let statement = match &step.statement {
                Statement::Where(condition) => without_parameters(condition).map(Statement::Where),
                other => Some(other.clone()),
            };
            match statement {
                Some(statement) => steps.push(Step { statement, span: step.span }),
                None => removed.push(position),
            }
        }
        // A comment belongs to what stands before it, counting the table as the first.
        let comment = |comment: &Comment| Comment {
            after: comment.after - removed.iter().filter(|position| **position + 1 < comment.after).count(),
            ..comment.clone()
        };
        Self { source: self.source.clone(), steps, comments: self.comments.iter().map(comment).collect() }
    }

    /// The same query over the days that the schedule of an exporter covers.
    pub(super) fn over_past_days(mut self, count: u32) -> Self {
        let range = Range::Past(Period { count, unit: PeriodUnit::Day });
        self.source.time = Some(TimeSelection { range, resolution: None });
        self
    }

    /// The same query for devices of these platforms; for all where none is named.
    pub(super) fn on_platforms(mut self, platforms: &[String]) -> Self {
        let name = |text: &str| Name { text: text.into(), span: Span::default() };
        let is_word =
            |text: &String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let value = |platform: &String| match is_word(platform) {
            true => Expression::Word(name(platform)),
            false => Expression::Literal(Literal::Text(platform.as_str().into())),
        };
        let left = Expression::Field(name("operating_system.platform"));
        let condition = match platforms {
            [] => return self,
            [one] => Condition::Compare(Test { left, right: value(one), span: Span::default() }, Comparison::Equal),
            several => {
                let right = Expression::Array(several.iter().map(value).collect());
                Condition::In(Test { left, right, span: Span::default() }, false)
            }
        };
        self.steps.insert(0, Step { statement: Statement::Where(condition), span: Span::default() });
        for comment in &mut self.comments {
            comment.after += usize::from(comment.after > 1);
        }
        self
    }
}

fn without_parameters(condition: &Condition) -> Option<Condition> {
    match condition {
        Condition::And(parts) => {
            let mut left: Vec<Condition> = parts.iter().filter_map(without_parameters).collect();
            match left.len() {
                0 => None,
                1 => left.pop(),
                _ => Some(Condition::And(left)),
            }
        }
        // One branch of an `or` alone would keep fewer devices than the whole does.
        other => (!has_parameter(other)).then(|| other.clone()),
    }
}

fn has_parameter(condition: &Condition) -> bool {
    let mut found = false;
    condition.expressions(&mut |expression| found |= matches!(expression, Expression::Parameter(_)));
    found
}

#[cfg(test)]
mod tests {
    use crate::nql::{format, parse_query};

    #[test]
    fn only_the_parts_with_a_parameter_are_left_out() {
        for (text, expected) in [
            ("devices | where name == $device_name | list name", "devices\n| list name\n"),
            (
                "devices | where name == $n and boot.days > 3 | list name",
                "devices\n| where boot.days > 3\n| list name\n",
            ),
            (
                "devices | where a == 1 and (b == $x or c == 2) and d == 3 | list name",
                "devices\n| where a == 1 and d == 3\n| list name\n",
            ),
            (
                "devices | where (name in [$a, \"b\"]) | include x.y | where z == \"$device_name\" | compute c = count() | list c",
                "devices\n| include x.y\n| where z == \"$device_name\"\n| compute c = count()\n| list c\n",
            ),
        ] {
            assert_eq!(format(&parse_query(text).unwrap().without_parameters()), expected, "{text}");
        }
    }

    #[test]
    fn comments_stay_with_what_they_belong_to() {
        let text = "/* 0 */ devices /* 1 */ | where name == $n /* 2 */ | where a == 1 /* 3 */ | list name /* 4 */";
        assert_eq!(
            format(&parse_query(text).unwrap().without_parameters()),
            "/* 0 */\ndevices\n/* 1 */\n/* 2 */\n| where a == 1\n/* 3 */\n| list name\n/* 4 */\n"
        );
        assert_eq!(
            format(&parse_query(text).unwrap().without_parameters().on_platforms(&["Windows".into()])),
            "/* 0 */\ndevices\n/* 1 */\n/* 2 */\n| where operating_system.platform == Windows\n| where a == 1\n/* 3 */\n| list name\n/* 4 */\n"
        );
    }

    #[test]
    fn the_time_and_the_platforms_are_those_of_the_export() {
        let query = parse_query("devices past 7d | list name").unwrap().over_past_days(1);
        assert_eq!(format(&query), "devices during past 1d\n| list name\n");
        let platforms = ["Windows".to_owned(), "mac OS".to_owned()];
        assert_eq!(
            format(&query.clone().on_platforms(&platforms)),
            "devices during past 1d\n| where operating_system.platform in [Windows, \"mac OS\"]\n| list name\n"
        );
        assert_eq!(query.clone().on_platforms(&[]), query);
    }
}
