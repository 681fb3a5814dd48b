//! Text with placeholders → text with values. What is JSON stays JSON, whatever the values hold.

use nexthink_chatbot::nql::{Value, same_column};
use serde::de::IgnoredAny;

use crate::json::{TimeStyle, cell};

/// A template whose placeholders were found among the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    parts: Vec<Part>,
    is_json: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The column at this position.
    Column(usize, Place),
}

/// Where a placeholder stands decides how its value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between quotation marks of JSON.
    JsonString,
    /// Where JSON has a value.
    JsonValue,
    Text,
    Address,
}

impl Template {
    /// The template of a payload. It is JSON where it is valid JSON with values in place of its placeholders.
    pub fn of_payload(text: &str, columns: &[String]) -> Result<Self, String> {
        let mut parts = read(text, columns)?;
        place_in_json(&mut parts);
        let sample: String = parts.iter().map(Part::sample).collect();
        let begin = sample.trim_start();
        let is_json = match serde_json::from_str::<IgnoredAny>(&sample) {
            Ok(_) => begin.starts_with(['{', '[', '"']),
            // No text to people begins so: it was meant to be JSON.
            Err(mistake) if begin.starts_with(['{', '[']) => {
                return Err(format!("with values in place of the placeholders it is no JSON: {mistake}"));
            }
            Err(_) => false,
        };
        if !is_json {
            place(&mut parts, Place::Text);
        }
        Ok(Self { parts, is_json })
    }

    /// The template of a part of an address.
    pub fn of_address(text: &str, columns: &[String]) -> Result<Self, String> {
        let mut parts = read(text, columns)?;
        place(&mut parts, Place::Address);
        Ok(Self { parts, is_json: false })
    }

    pub const fn content_type(&self) -> &'static str {
        if self.is_json { "application/json" } else { "text/plain; charset=utf-8" }
    }

    /// The text with the values of the columns in place of the placeholders.
    pub fn render(&self, values: &[Value]) -> String {
        let mut rendered = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => rendered.push_str(text),
                Part::Column(position, place) => {
                    rendered.push_str(&place.write(values.get(*position).unwrap_or(&Value::Null)));
                }
            }
        }
        rendered
    }
}

impl Part {
    /// Something harmless in place of a value.
    fn sample(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Column(_, Place::JsonString) => "x",
            Self::Column(..) => "null",
        }
    }
}

impl Place {
    fn write(self, value: &Value) -> String {
        match self {
            Self::JsonValue => cell(value, TimeStyle::Utc).to_string(),
            Self::JsonString => {
                let quoted = serde_json::Value::String(plain(value)).to_string();
                let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                inside.unwrap_or_default().to_owned()
            }
            Self::Text => plain(value),
            Self::Address => percent_encoded(&plain(value)),
        }
    }
}

/// The value for a reader; nothing where there is none.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Time(time) => TimeStyle::Utc.cell(*time),
        Value::List(elements) => elements.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => cell(other, TimeStyle::Utc).to_string(),
    }
}

fn percent_encoded(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

/// Text and placeholders in turn.
fn read(text: &str, columns: &[String]) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, opened)) = rest.split_once("{{") {
        let (name, after) = opened.split_once("}}").ok_or_else(|| "a `{{` has no `}}` after it".to_owned())?;
        parts.push(Part::Text(before.to_owned()));
        parts.push(Part::Column(column(name.trim(), columns)?, Place::JsonValue));
        rest = after;
    }
    parts.push(Part::Text(rest.to_owned()));
    Ok(parts)
}

/// The column of this name: the full one, or its end where only one column has it.
fn column(name: &str, columns: &[String]) -> Result<usize, String> {
    if let Some(exact) = columns.iter().position(|column| column.eq_ignore_ascii_case(name)) {
        return Ok(exact);
    }
    let known: Vec<usize> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| same_column(name, column))
        .map(|(position, _)| position)
        .collect();
    match known.as_slice() {
        [one] => Ok(*one),
        [] => Err(format!("`{{{{{name}}}}}` is none of the listed columns: {}", columns.join(", "))),
        _ => Err(format!("`{{{{{name}}}}}` could be more than one of the listed columns: {}", columns.join(", "))),
    }
}

fn place(parts: &mut [Part], everywhere: Place) {
    for part in parts {
        if let Part::Column(_, place) = part {
            *place = everywhere;
        }
    }
}

/// Finds out which placeholders stand between quotation marks.
fn place_in_json(parts: &mut [Part]) {
    let mut in_string = false;
    for part in parts {
        match part {
            Part::Text(text) => {
                let mut letters = text.chars();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => in_string = !in_string,
                        '\\' if in_string => drop(letters.next()),
                        _ => {}
                    }
                }
            }
            Part::Column(_, place) => *place = if in_string { Place::JsonString } else { Place::JsonValue },
        }
    }
}

#[cfg(test)]
mod tests {
    use nexthink_chatbot::nql::Timestamp;

    use super::*;

    fn columns() -> Vec<String> {
        ["device.name", "remote_action.name", "remote_action.execution.status", "x.count", "x.list", "x.time"]
            .map(str::to_owned)
            .to_vec()
    }

    fn values() -> Vec<Value> {
        vec![
            "A\"B\\C\n".into(),
            "disk & cleanup".into(),
            Value::Null,
            Value::Number(3.0),
            Value::List(vec!["a".into(), "b".into()]),
            Value::Time(Timestamp(0)),
        ]
    }

    fn rendered(text: &str) -> String {
        Template::of_payload(text, &columns()).unwrap().render(&values())
    }

    #[test]
    fn json_stays_json_whatever_a_value_holds() {
        let body = rendered(
            r#"{"text":"on {{ device.name }}: {{status}}.","device":{{device.name}},"status":{{status}},"n":{{count}},
                "list":{{list}},"lists":"{{list}}","at":"{{time}}","\"{{count}}":[{{time}}]}"#,
        );
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(json["text"], "on A\"B\\C\n: .");
        assert_eq!(json["device"], "A\"B\\C\n");
        assert_eq!(json["status"], serde_json::Value::Null);
        assert_eq!(json["n"], 3);
        assert_eq!(json["list"], serde_json::json!(["a", "b"]));
        assert_eq!(json["lists"], "a, b");
        assert_eq!(json["\"3"][0], "1970-01-01T00:00:00Z");
    }

    #[test]
    fn other_text_takes_values_as_they_are_and_an_address_encoded() {
        assert_eq!(rendered("{{remote_action.name}} of {{ count }}: {{status}}!"), "disk & cleanup of 3: !");
        assert_eq!(rendered("{{list}}"), "a, b");
        let address = Template::of_address("runs/{{remote_action.name}}?of={{device.name}}", &columns()).unwrap();
        assert_eq!(address.render(&values()), "runs/disk%20%26%20cleanup?of=A%22B%5CC%0A");
    }

    #[test]
    fn what_cannot_be_filled_in_is_refused_with_the_reason() {
        for (text, reason) in [
            ("{{colour}}", "none of the listed columns"),
            ("{{name}}", "more than one"),
            ("{{count", "has no `}}`"),
            ("{{}}", "none of the listed columns"),
            (r#"{"a":"{{count}}}"#, "no JSON"),
            (r#"{"a":{{count}},}"#, "no JSON"),
        ] {
            let mistake = Template::of_payload(text, &columns()).unwrap_err();
            assert!(mistake.contains(reason), "{text}: {mistake}");
        }
    }
}
