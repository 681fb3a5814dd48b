//! Any query that can be written is read back from its canonical text: a law, held by generated queries.

use nexthink_chatbot::nql::tree::{
    Argument, ArgumentValue, Call, Comment, Computation, Condition, Date, Expression, Grouping, Literal, Moment, Name,
    Operator, Order, Period, PeriodUnit, Query, Range, SortKey, Source, Span, Statement, Step, Test, TimeOfDay,
    TimeSelection, Unit,
};
use nexthink_chatbot::nql::{Comparison, format, parse_query};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn named(text: String) -> Name {
    Name { text: text.into(), span: Span::default() }
}

/// No word of the language begins with an x.
fn word() -> impl Strategy<Value = Name> {
    "x[a-zA-Z0-9_]{0,8}".prop_map(named)
}

fn name() -> impl Strategy<Value = Name> {
    "x[a-z0-9_]{0,6}(\\.#?x[a-zA-Z0-9_]{0,6}){0,3}".prop_map(named)
}

fn period() -> impl Strategy<Value = Period> {
    let unit =
        prop_oneof![Just(PeriodUnit::Second), Just(PeriodUnit::Minute), Just(PeriodUnit::Hour), Just(PeriodUnit::Day)];
    (1_u32..=100_000, unit).prop_map(|(count, unit)| Period { count, unit })
}

fn date(
    year: impl Strategy<Value = Option<u16>>,
    time: impl Strategy<Value = Option<TimeOfDay>>,
) -> impl Strategy<Value = Date> {
    (year, 1_u8..=12, 1_u8..=28, time).prop_map(|(year, month, day, time)| Date { year, month, day, time })
}

fn time_of_day() -> impl Strategy<Value = TimeOfDay> {
    (0_u8..24, 0_u8..60, 0_u8..60).prop_map(|(hour, minute, second)| TimeOfDay { hour, minute, second })
}

fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        period().prop_map(Moment::Ago),
        date(option::of(1970_u16..=9999), option::of(time_of_day())).prop_map(Moment::At),
    ]
}

fn time_selection() -> impl Strategy<Value = TimeSelection> {
    let range = prop_oneof![
        period().prop_map(Range::Past),
        (moment(), moment()).prop_map(|(from, to)| Range::Between(from, to)),
        date(option::of(1970_u16..=9999), Just(None)).prop_map(Range::On),
    ];
    (range, option::of(period())).prop_map(|(range, resolution)| TimeSelection { range, resolution })
}

fn source() -> impl Strategy<Value = Source> {
    (name(), option::of(time_selection())).prop_map(|(table, time)| Source { table, time })
}

fn number() -> impl Strategy<Value = f64> {
    // At most nine digits before the point and seven after it: more than 19 are refused.
    let decimal = (-1e9_f64..1e9).prop_map(|number| (number * 1e7).round() / 1e7);
    prop_oneof![(-1_000_000_i32..1_000_000).prop_map(f64::from), decimal, Just(0.1), Just(1e18)]
}

fn literal() -> impl Strategy<Value = Literal> {
    let unit = prop_oneof![
        Just(Unit::Millisecond),
        Just(Unit::Minute),
        Just(Unit::Day),
        Just(Unit::Byte),
        Just(Unit::Terabyte)
    ];
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        number().prop_map(Literal::Number),
        (number(), unit).prop_map(|(number, unit)| Literal::Quantity(number, unit)),
        "[^\"]{0,12}".prop_map(|text| Literal::Text(text.into())),
        "[^']{0,12}".prop_map(|text| Literal::Text(text.into())),
        date((1970_u16..=9999).prop_map(Some), option::of(time_of_day())).prop_map(Literal::Date),
        "v[0-9]{1,4}(\\.[0-9]{1,4}){0,4}".prop_map(|text| Literal::Version(text.into())),
        (any::<[u8; 4]>(), option::of(0_u8..=32)).prop_map(|([a, b, c, d], mask)| {
            let mask = mask.map_or(String::new(), |mask| format!("/{mask}"));
            Literal::Address(format!("{a}.{b}.{c}.{d}{mask}").into())
        }),
        (any::<u128>(), option::of(0_u8..=128)).prop_map(|(bits, mask)| {
            let mask = mask.map_or(String::new(), |mask| format!("/{mask}"));
            Literal::Address(format!("{}{mask}", std::net::Ipv6Addr::from_bits(bits)).into())
        }),
    ]
}

fn parameter() -> impl Strategy<Value = Expression> {
    word().prop_map(Expression::Parameter)
}

fn operator() -> impl Strategy<Value = Operator> {
    prop_oneof![
        Just(Operator::Add),
        Just(Operator::Subtract),
        Just(Operator::Multiply),
        Just(Operator::Divide),
        Just(Operator::Power)
    ]
}

fn expression() -> BoxedStrategy<Expression> {
    let leaf = prop_oneof![literal().prop_map(Expression::Literal), name().prop_map(Expression::Field), parameter()];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let sides = (operator(), inner.clone(), inner.clone());
        prop_oneof![
            sides.prop_map(|(operator, left, right)| Expression::Arithmetic(operator, Box::new((left, right)))),
            (option::of(name()), word(), vec(argument(inner), 0..3))
                .prop_map(|(target, function, arguments)| { call(target.map(Expression::Field), function, arguments) }),
            (name(), word(), word()).prop_map(|(field, first, second)| call(
                Some(call(Some(Expression::Field(field)), first, vec![])),
                second,
                vec![]
            )),
        ]
    })
    .boxed()
}

fn call(target: Option<Expression>, function: Name, arguments: Vec<Argument>) -> Expression {
    Expression::Call(Box::new(Call { target, function, arguments }))
}

fn argument(value: impl Strategy<Value = Expression>) -> impl Strategy<Value = Argument> {
    let value = prop_oneof![value.prop_map(as_operand), word().prop_map(Expression::Word)];
    (option::of(word()), value).prop_map(|(name, value)| Argument { name, value: ArgumentValue::Expression(value) })
}

/// A single bare word beside `==` and in brackets is a word and not a column.
fn as_operand(expression: Expression) -> Expression {
    match expression {
        Expression::Field(name) if !name.text.contains('.') => Expression::Word(name),
        other => other,
    }
}

fn array() -> impl Strategy<Value = Expression> {
    let element = prop_oneof![literal().prop_map(Expression::Literal), word().prop_map(Expression::Word), parameter()];
    vec(element, 0..4).prop_map(Expression::Array)
}

fn condition() -> BoxedStrategy<Condition> {
    let test = |left, right| Test { left, right, span: Span::default() };
    let compared = prop_oneof![
        Just(Comparison::Equal),
        Just(Comparison::NotEqual),
        Just(Comparison::Less),
        Just(Comparison::LessOrEqual),
        Just(Comparison::Greater),
        Just(Comparison::GreaterOrEqual)
    ];
    let leaf = prop_oneof![
        (expression(), expression(), compared).prop_map(move |(left, right, comparison)| {
            let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
            Condition::Compare(test(left, if equality { as_operand(right) } else { right }), comparison)
        }),
        (expression(), array(), any::<bool>())
            .prop_map(move |(left, right, negated)| Condition::In(test(left, right), negated)),
        (expression(), expression(), any::<bool>())
            .prop_map(move |(left, right, negated)| Condition::Contains(test(left, as_operand(right)), negated)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![vec(inner.clone(), 2..4).prop_map(Condition::And), vec(inner, 2..4).prop_map(Condition::Or)]
    })
    .boxed()
}

/// `countif` and `sumif` are the functions that take a condition.
fn conditional() -> impl Strategy<Value = Expression> {
    let function = prop_oneof![Just("countif"), Just("SumIf")];
    (option::of(name()), function, condition()).prop_map(|(target, function, condition)| {
        let argument = Argument { name: None, value: ArgumentValue::Condition(condition) };
        call(target.map(Expression::Field), named(function.into()), vec![argument])
    })
}

fn computations() -> impl Strategy<Value = Vec<Computation>> {
    let computation = (name(), prop_oneof![3 => expression(), 1 => conditional()]);
    vec(computation.prop_map(|(alias, expression)| Computation { alias, expression }), 1..4)
}

fn statement() -> impl Strategy<Value = Statement> {
    let grouping = prop_oneof![name().prop_map(Grouping::Field), period().prop_map(Grouping::Period)];
    let order = prop_oneof![Just(Order::Ascending), Just(Order::Descending)];
    let key = (expression(), order).prop_map(|(expression, order)| SortKey { expression, order });
    prop_oneof![
        condition().prop_map(Statement::Where),
        source().prop_map(Statement::With),
        source().prop_map(Statement::Include),
        computations().prop_map(Statement::Compute),
        (computations(), vec(grouping, 0..3)).prop_map(|(made, by)| Statement::Summarize(made, by)),
        vec(expression(), 1..4).prop_map(Statement::List),
        vec(key, 1..3).prop_map(Statement::Sort),
        (0_usize..1_000_000).prop_map(Statement::Limit),
    ]
}

fn query() -> impl Strategy<Value = Query> {
    let comment =
        "[a-z *\n]{0,10}".prop_filter("it would end the comment", |text| !text.contains("*/") && !text.ends_with('*'));
    (source(), vec(statement(), 0..6), vec((comment, any::<prop::sample::Index>()), 0..3)).prop_map(
        |(source, statements, comments)| {
            let steps: Vec<Step> =
                statements.into_iter().map(|statement| Step { statement, span: Span::default() }).collect();
            let mut comments: Vec<Comment> = comments
                .into_iter()
                .map(|(text, after)| Comment {
                    text: text.into(),
                    after: after.index(steps.len() + 2),
                    span: Span::default(),
                    misplaced: false,
                })
                .collect();
            comments.sort_by_key(|comment| comment.after);
            Query { source, steps, comments }
        },
    )
}

proptest! {
    #[test]
    fn a_query_is_read_back_from_its_canonical_text(query in query()) {
        let text = format(&query);
        match parse_query(&text) {
            Ok(again) => {
                prop_assert_eq!(&again, &query, "{}", text);
                prop_assert_eq!(format(&again), text);
            }
            Err(mistakes) => prop_assert!(text.chars().count() > 16_000, "{}\n{}", mistakes, text),
        }
    }
}
