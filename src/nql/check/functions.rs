//! Which function stands where, with which arguments (vendor pages under "NQL functions"), and that a computed value is
//! one value and not a column of them.

use super::{Findings, meant};
use crate::nql::suggestion::nearest;
use crate::nql::tree::{ArgumentValue, Call, Expression, Literal, Query, Statement};

/// Many values → one.
const AGGREGATES: [&str; 10] = ["avg", "count", "countif", "last", "max", "min", "p05", "p95", "sum", "sumif"];
/// The last segment of fields that hold a computed value.
const COMPUTED: [&str; 5] = ["avg", "count", "max", "min", "sum"];
/// A time → a number.
const OF_TIME: [&str; 4] = ["time_elapsed", "hour", "day", "day_of_week"];
const FORMATS: [&str; 5] = ["energy", "weight", "currency", "percent", "bitrate"];
const CURRENCIES: [&str; 5] = ["CAD", "CHF", "EUR", "GBP", "USD"];

pub(super) fn check(query: &Query, found: &mut Findings) {
    for statement in query.statements() {
        statement.expressions(&mut |expression| {
            if let Expression::Call(call) = expression {
                check_call(call, statement, found);
            }
        });
        if let Statement::Compute(computations) | Statement::Summarize(computations, _) = statement {
            for computation in computations {
                bare_columns(&computation.expression, found);
            }
        }
    }
}

fn check_call(call: &Call, statement: &Statement, found: &mut Findings) {
    let name = &call.function;
    let function = name.text.to_ascii_lowercase();
    let is_aggregate = AGGREGATES.contains(&function.as_str()) || is_percentile(&function);
    if !is_aggregate && function != "as" && !OF_TIME.contains(&function.as_str()) {
        let known = AGGREGATES.into_iter().chain(OF_TIME).chain(["as"]);
        let near = nearest(&function, known);
        return found.error(name.span, format!("there is no function `{}`", name.text), &meant(near));
    }
    if call.target.is_none() && !matches!(function.as_str(), "count" | "countif") {
        let example = format!("write it after a column, as in `duration.{function}()`");
        found.error(name.span, format!("`{function}` needs a column"), &example);
    }
    if is_percentile(&function) && !matches!(function.as_str(), "p05" | "p95") {
        found.warning(name.span, format!("`{function}` is not documented"), "`p05` and `p95` are");
    }
    let computes = matches!(statement, Statement::Compute(_) | Statement::Summarize(..));
    if is_aggregate && !computes {
        let message = format!("`{function}` stands in `{}`", statement.keyword());
        found.error(name.span, message, "`compute` or `summarize` it first, and use its name here");
    }
    if function == "as" && !matches!(statement, Statement::List(_) | Statement::Sort(_)) {
        let message = format!("`as` stands in `{}`", statement.keyword());
        found.error(name.span, message, "values are given a format in `list` and `sort` only");
    }
    check_arguments(call, &function, found);
}

fn check_arguments(call: &Call, function: &str, found: &mut Findings) {
    let span = call.function.span;
    let mut allowed: &[&str] = &[];
    match function {
        "countif" | "sumif" => {
            if call.arguments.len() != 1 {
                let example = format!("`{function}` takes one condition");
                found.error(span, example, "as in `countif(status == success)`");
            }
            return;
        }
        "hour" | "day" | "day_of_week" => allowed = &["timezone"],
        "as" => {
            allowed = &["format", "code"];
            check_format(call, found);
        }
        _ => {}
    }
    for argument in &call.arguments {
        let name = argument.name.as_ref().map_or("", |name| &*name.text);
        if allowed.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        let message = match name {
            "" => format!("`{function}` takes no value here"),
            name => format!("`{function}` has no argument `{name}`"),
        };
        let help = match allowed {
            [] => format!("write `{function}()`"),
            [one] => format!("it takes `{one} = …`"),
            [first, second, ..] => format!("it takes `{first} = …` and `{second} = …`"),
        };
        found.error(argument.name.as_ref().map_or(span, |name| name.span), message, &help);
    }
}

fn check_format(call: &Call, found: &mut Findings) {
    let span = call.function.span;
    let word = |wanted: &str| {
        let mut named = call.arguments.iter().filter(|one| one.name.as_ref().is_some_and(|name| name.is(wanted)));
        named.next().and_then(|argument| match &argument.value {
            ArgumentValue::Expression(Expression::Word(name)) => Some(name.text.to_string()),
            ArgumentValue::Expression(Expression::Literal(Literal::Text(text))) => Some(text.to_string()),
            _ => None,
        })
    };
    let one_of = |given: &str, known: &[&str]| known.iter().any(|one| one.eq_ignore_ascii_case(given));
    match word("format") {
        None => found.error(span, "`as` needs a format", "as in `as(format = percent)`"),
        Some(format) if !one_of(&format, &FORMATS) => {
            found.error(span, format!("there is no format `{format}`"), &meant(nearest(&format, FORMATS.into_iter())));
        }
        Some(format) if format.eq_ignore_ascii_case("currency") => match word("code") {
            None => found.error(span, "a currency needs its code", "as in `as(format = currency, code = USD)`"),
            Some(code) if !one_of(&code, &CURRENCIES) => {
                let help = format!("known are {}", CURRENCIES.join(", "));
                found.error(span, format!("there is no currency `{code}`"), &help);
            }
            Some(_) => {}
        },
        Some(_) => {}
    }
}

/// A column that no function makes one value of.
fn bare_columns(expression: &Expression, found: &mut Findings) {
    match expression {
        // `free_memory.avg` is a value that Nexthink has computed already.
        Expression::Field(name) if name.segments().next_back().is_some_and(|last| COMPUTED.contains(&last)) => {}
        Expression::Field(name) | Expression::Word(name) => {
            let message = format!("`{}` is a column of many values", name.text);
            found.error(name.span, message, &format!("make one of them, as in `{}.sum()`", name.text));
        }
        Expression::Arithmetic(_, sides) => {
            bare_columns(&sides.0, found);
            bare_columns(&sides.1, found);
        }
        // A function of time is applied to what an aggregate gave, as in `time.last().time_elapsed()`.
        Expression::Call(call) if OF_TIME.iter().any(|function| call.function.is(function)) => {
            if let Some(target) = &call.target {
                bare_columns(target, found);
            }
        }
        Expression::Call(_) | Expression::Literal(_) | Expression::Array(_) | Expression::Parameter(_) => {}
    }
}

/// `p05`, `p95` and their like.
fn is_percentile(function: &str) -> bool {
    function
        .strip_prefix('p')
        .is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
