//! What the parser says of mistakes; what it makes of correct text is held by the printer's and the samples' tests.

use super::*;

#[test]
fn mistakes_in_a_condition_are_placed_and_explained() {
    for (text, message, start) in [
        ("five", "this is a value, not a condition", 0),
        ("(a > 1) + 2 > 3", "this is a condition, not a value", 0),
        ("a > 1 and", "expected a value or a name, found the end", 9),
        ("a ! 5", "expected `in` or `contains`, found a number", 4),
        ("a in 5", "expected `[`, found a number", 5),
        ("a in [b.c]", "an array holds constants only", 6),
        ("a in [[1]]", "expected a constant, found `[`", 6),
        ("a == [b,", "expected a value or a name, found the end", 8),
        ("a > 5parsec", "expected a unit (`ms`, `s`, `min`, `h`, `d`, `B`, `KB`, `MB`, `GB`, `TB`), found `parsec`", 4),
        ("a == 1 b", "expected the end, found `b`", 7),
        ("a.b().c == 1", "expected `(`, found `==`", 8),
        ("a.sum( == 1", "expected a value or a name, found `==`", 7),
        ("a == §", "`§` has no meaning in NQL", 5),
    ] {
        let mistakes = parse_condition(text).unwrap_err();
        assert_eq!((mistakes[0].message.as_str(), mistakes[0].span.start), (message, start), "{text}: {mistakes}");
    }
}

#[test]
fn mistakes_in_a_query_are_placed_and_explained() {
    for (text, message, start) in [
        ("", "expected a name, found the end", 0),
        ("| list a", "expected a name, found `|`", 0),
        ("devices list", "expected `|` or the end, found `list`", 8),
        (
            "devices | ",
            "expected `where`, `with`, `include`, `compute`, `summarize`, `list`, `sort` or `limit`, found the end",
            10,
        ),
        ("devices during 7d", "expected `past`, found a number", 15),
        ("devices past 7", "expected a unit (`min`, `h` or `d`), found a bare number", 13),
        ("devices past 7weeks", "expected the unit `min`, `h` or `d`, found `weeks`", 13),
        ("devices past 0d", "the period is not a whole number from 1 to 100000", 13),
        ("devices from Jun 1", "expected `to`, found the end", 18),
        (
            "devices from Jun 1 to",
            "expected a date such as `2023-02-01 00:00:00` or `Jun 15, 2023, 16:15`, found the end",
            21,
        ),
        ("devices from Jun 31, 2023 to Jul 1, 2023", "there is no such date", 13),
        ("devices on 2023-02-29", "there is no such date", 11),
        ("devices on 2023-02-01 10:00", "`on` takes a day without a time", 11),
        ("devices from 2d to 1d ago", "expected `ago`, found `to`", 16),
        ("devices on Jun 1, 2023 13:00 PM", "expected an hour from 1 to 12 before `AM` or `PM`, found `PM`", 29),
        ("devices | compute a == b.sum()", "expected `=`, found `==`", 20),
        ("devices | limit -1", "expected a whole number of rows, found `-`", 16),
        ("devices | sort a downwards", "expected `asc`, `desc` or `|`, found `downwards`", 17),
        ("devices | list a,", "expected a value or a name, found the end", 17),
    ] {
        let mistakes = parse_query(text).unwrap_err();
        assert_eq!((mistakes[0].message.as_str(), mistakes[0].span.start), (message, start), "{text}: {mistakes}");
        assert_eq!(mistakes.len(), 1, "{text}: {mistakes}");
    }
}

#[test]
fn hostile_nesting_is_an_error_and_not_a_stack_overflow() {
    for text in ["(".repeat(10_000), "a == ".to_owned() + &"-".repeat(10_000), "f(".repeat(7_000)] {
        let mistakes = parse_condition(&text).unwrap_err();
        assert!(mistakes[0].message.contains("nested more than 64 deep"), "{mistakes}");
    }
    for text in ["1+".repeat(7_000), "a.b().".to_owned() + &"c().".repeat(3_000)] {
        let mistakes = parse_condition(&text).unwrap_err();
        assert!(mistakes[0].message.contains("more than 500 operators"), "{mistakes}");
    }
}

#[test]
fn mistakes_of_the_lexer_and_the_parser_are_told_once_each_in_the_order_of_the_text() {
    let mistakes = parse_query("devices | lst a | where ; == 1 | limit x & | where a == \"b").unwrap_err();
    let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "expected `where`, `with`, `include`, `compute`, `summarize`, `list`, `sort` or `limit`, found `lst`",
            "`;` has no meaning in NQL",
            "expected a whole number of rows, found `x`",
            "`&` has no meaning in NQL",
            "the text has no end",
        ]
    );
}

#[test]
fn of_very_many_mistakes_the_first_are_told() {
    for piece in ["| ; ", "| lst ; ", "; ", "| "] {
        let mistakes = parse_query(&format!("devices {}", piece.repeat(1_500))).unwrap_err();
        let starts: Vec<usize> = mistakes.iter().map(|mistake| mistake.span.start).collect();
        assert!(starts.len() == MAXIMUM_MISTAKES && starts.is_sorted(), "{piece}: {starts:?}");
        assert!(starts.last() < Some(&1_000), "{piece}: {starts:?}");
    }
}

#[test]
fn a_comment_knows_how_many_steps_stand_before_it() {
    let text = "/*a*/ devices /*b*/ | /*c*/ list /*d*/ name /*e*/ | limit 1 /*f*/ /*g*/";
    let comments: Vec<_> = parse_query(text).unwrap().comments.into_iter().map(|comment| comment.after).collect();
    assert_eq!(comments, [0, 1, 1, 1, 2, 3, 3]);
}
