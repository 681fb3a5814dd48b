//! Conditions and values as text, with no more brackets than they need.

use super::{number, time};
use crate::nql::tree::{Argument, ArgumentValue, Condition, Expression, Literal, Operator, Test};
use crate::nql::value::Comparison;

pub(super) fn text(expression: &Expression) -> String {
    let mut text = String::new();
    push(&mut text, expression);
    text
}

pub(super) fn push_condition(text: &mut String, condition: &Condition) {
    let test = |text: &mut String, test: &Test, operator: &str| {
        push(text, &test.left);
        text.push(' ');
        text.push_str(operator);
        text.push(' ');
        push(text, &test.right);
    };
    match condition {
        Condition::Compare(sides, comparison) => test(text, sides, symbol(*comparison)),
        Condition::In(sides, negated) => test(text, sides, if *negated { "!in" } else { "in" }),
        Condition::Contains(sides, negated) => test(text, sides, if *negated { "!contains" } else { "contains" }),
        // `and` binds more tightly than `or`; a list within a list of the same kind was written with brackets.
        Condition::And(parts) => {
            push_joined(text, parts, " and ", |part| matches!(part, Condition::And(_) | Condition::Or(_)));
        }
        Condition::Or(parts) => push_joined(text, parts, " or ", |part| matches!(part, Condition::Or(_))),
    }
}

fn push_joined(text: &mut String, parts: &[Condition], word: &str, needs_brackets: impl Fn(&Condition) -> bool) {
    for (position, part) in parts.iter().enumerate() {
        if position > 0 {
            text.push_str(word);
        }
        let brackets = needs_brackets(part);
        text.push_str(if brackets { "(" } else { "" });
        push_condition(text, part);
        text.push_str(if brackets { ")" } else { "" });
    }
}

fn symbol(comparison: Comparison) -> &'static str {
    Comparison::SYMBOLS.into_iter().find(|(_, known)| *known == comparison).map_or("", |(symbol, _)| symbol)
}

fn push(text: &mut String, expression: &Expression) {
    match expression {
        Expression::Literal(literal) => push_literal(text, literal),
        Expression::Word(name) | Expression::Field(name) => text.push_str(&name.text),
        Expression::Parameter(name) => {
            text.push('$');
            text.push_str(&name.text);
        }
        Expression::Array(elements) => {
            text.push('[');
            push_separated(text, elements, push);
            text.push(']');
        }
        Expression::Call(call) => {
            if let Some(target) = &call.target {
                push(text, target);
                text.push('.');
            }
            text.push_str(&call.function.text.to_ascii_lowercase());
            text.push('(');
            push_separated(text, &call.arguments, push_argument);
            text.push(')');
        }
        Expression::Arithmetic(operator, sides) => {
            let strength = strength(*operator);
            let weaker = |side: &Expression, least: u8| matches!(side, Expression::Arithmetic(operator, _) if self::strength(*operator) < least);
            push_side(text, &sides.0, weaker(&sides.0, strength));
            text.push(' ');
            text.push_str(operator.symbol());
            text.push(' ');
            // From left to right: on the right, the same strength needs brackets, too.
            push_side(text, &sides.1, weaker(&sides.1, strength + 1));
        }
    }
}

const fn strength(operator: Operator) -> u8 {
    match operator {
        Operator::Add | Operator::Subtract => 1,
        Operator::Multiply | Operator::Divide => 2,
        Operator::Power => 3,
    }
}

fn push_side(text: &mut String, side: &Expression, brackets: bool) {
    text.push_str(if brackets { "(" } else { "" });
    push(text, side);
    text.push_str(if brackets { ")" } else { "" });
}

fn push_separated<T>(text: &mut String, items: &[T], push: impl Fn(&mut String, &T)) {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            text.push_str(", ");
        }
        push(text, item);
    }
}

fn push_argument(text: &mut String, argument: &Argument) {
    if let Some(name) = &argument.name {
        text.push_str(&name.text);
        text.push_str(" = ");
    }
    match &argument.value {
        ArgumentValue::Condition(condition) => push_condition(text, condition),
        ArgumentValue::Expression(expression) => push(text, expression),
    }
}

fn push_literal(text: &mut String, literal: &Literal) {
    match literal {
        Literal::Null => text.push_str("null"),
        Literal::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Literal::Number(number) => number::push(text, *number),
        Literal::Quantity(number, unit) => {
            number::push(text, *number);
            text.push_str(unit.symbol());
        }
        Literal::Text(content) => {
            // A text holds one of the two quotes at most: the other one closes it.
            let quote = if content.contains('"') { '\'' } else { '"' };
            text.push(quote);
            text.push_str(content);
            text.push(quote);
        }
        Literal::Date(date) => text.push_str(&time::date(date)),
        Literal::Version(content) | Literal::Address(content) => text.push_str(content),
    }
}
