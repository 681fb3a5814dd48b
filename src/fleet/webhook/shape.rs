//! A template that is JSON: its placeholders are found again by where they stand, whatever their values hold.

use super::field::field_name;
use super::pattern::{Mismatch, Mistake, Pattern};
use crate::json::Json;

/// What a placeholder outside of quotation marks is read as: of the same length, and in no text of people.
const MARK: char = '\u{7f}';

/// JSON with placeholders in the places of values and inside texts.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    /// As it stands in every payload.
    Literal(Json),
    /// A value of any kind.
    Value(String),
    /// A text with placeholders in it.
    Text(Pattern),
    List(Vec<Shape>),
    Object(Vec<(Box<str>, Shape)>),
}

impl Shape {
    /// Reads a template that begins as JSON.
    pub fn read(text: &str) -> Result<Self, Mistake> {
        // The names of its placeholders, and what stands between them, which JSON could not place.
        Pattern::read(text)?;
        if let Some(position) = text.find(MARK) {
            return Err(Mistake { position, what: "this character cannot stand in a template" });
        }
        let json = Json::parse_file(&marked(text)).map_err(|mistake| Mistake {
            position: mistake.position,
            what: "with values in the places of the placeholders it is no JSON",
        })?;
        Self::of(json).ok_or(Mistake { position: 0, what: "a placeholder cannot be the name of a property" })
    }

    fn of(json: Json) -> Option<Self> {
        Some(match json {
            Json::Text(text) => match text.strip_prefix(MARK).and_then(|rest| rest.strip_suffix(MARK)) {
                Some(name) => Self::Value(field_name(name.trim()).to_owned()),
                None => Self::of_text(&text)?,
            },
            Json::List(values) => Self::List(values.into_iter().map(Self::of).collect::<Option<_>>()?),
            Json::Object(fields) => {
                let of = |(name, value): (Box<str>, Json)| {
                    if name.contains("{{") { None } else { Some((name, Self::of(value)?)) }
                };
                Self::Object(fields.into_iter().map(of).collect::<Option<_>>()?)
            }
            literal => Self::Literal(literal),
        })
    }

    fn of_text(text: &str) -> Option<Self> {
        let pattern = Pattern::read(text).ok()?;
        Some(match pattern.only_placeholder() {
            // Whether there are quotation marks around an empty value is not documented.
            Some(name) => Self::Value(name.to_owned()),
            None if pattern.is_literal() => Self::Literal(text.into()),
            None => Self::Text(pattern),
        })
    }

    /// Finds the values in a payload.
    pub fn values(&self, payload: &Json, found: &mut Vec<(Box<str>, Json)>) -> Result<(), Mismatch> {
        match (self, payload) {
            (Self::Value(name), value) => found.push((name.as_str().into(), value.clone())),
            (Self::Text(pattern), Json::Text(text)) => {
                for (name, value) in pattern.values(text)? {
                    found.push((name.into(), value.into()));
                }
            }
            (Self::List(shapes), Json::List(values)) if shapes.len() == values.len() => {
                for (shape, value) in shapes.iter().zip(values) {
                    shape.values(value, found)?;
                }
            }
            (Self::Object(shapes), Json::Object(_)) => {
                for (name, shape) in shapes {
                    shape.values(payload.get(name).ok_or(Mismatch::Other)?, found)?;
                }
            }
            (Self::Literal(literal), value) if literal == value => {}
            _ => return Err(Mismatch::Other),
        }
        Ok(())
    }
}

/// The template with a text in the place of each placeholder that stands for a whole value; nothing else moves.
fn marked(text: &str) -> String {
    let mut marked = String::new();
    let mut in_text = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => in_text = !in_text,
            '\\' if in_text => {
                marked.push(letter);
                marked.extend(letters.next());
                continue;
            }
            '{' if !in_text && letters.peek() == Some(&'{') => {
                letters.next();
                marked.push('"');
                marked.push(MARK);
                marked.extend(std::iter::from_fn(|| letters.next_if(|letter| *letter != '}')));
                letters.next();
                letters.next();
                marked.push(MARK);
                marked.push('"');
                continue;
            }
            _ => {}
        }
        marked.push(letter);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(template: &str, payload: &str) -> Result<String, Mismatch> {
        let mut found = Vec::new();
        Shape::read(template).unwrap().values(&Json::parse(payload.as_bytes()).unwrap(), &mut found)?;
        Ok(Json::Object(found).to_text())
    }

    #[test]
    fn values_are_found_where_their_placeholders_stand() {
        let template =
            r#"{"text":"on {{ device.name }}: \"{{x}}\"","n":{{ count }},"in":[{"is":"{{status}}"},1],"kind":"k"}"#;
        let payload = r#"{"kind":"k","more":0,"in":[{"is":"ok"},1],"n":[7,null],"text":"on A,\": B: \"\""}"#;
        let found = r#"{"deviceName":"A,\": B","x":"","count":[7,null],"status":"ok"}"#;
        assert_eq!(values(template, payload).unwrap(), found);
        assert_eq!(values(r#"{"a":"{{x}}"}"#, r#"{"a":null}"#).unwrap(), r#"{"x":null}"#);
    }

    #[test]
    fn what_is_written_in_the_template_stands_in_the_payload() {
        let template = r#"{"kind":"k","a":"x {{a}}","l":[{{b}}],"n":1}"#;
        for payload in [
            "{}",
            "[]",
            r#"{"kind":"other","a":"x 1","l":[2],"n":1}"#,
            r#"{"kind":"k","a":"y 1","l":[2],"n":1}"#,
            r#"{"kind":"k","a":1,"l":[2],"n":1}"#,
            r#"{"kind":"k","a":"x 1","l":[],"n":1}"#,
            r#"{"kind":"k","a":"x 1","l":[2],"n":2}"#,
        ] {
            assert_eq!(values(template, payload), Err(Mismatch::Other), "{payload}");
        }
        assert_eq!(values(r#"{"a":"{{x}} {{y}}"}"#, r#"{"a":"1 2 3"}"#), Err(Mismatch::Ambiguous));
    }

    #[test]
    fn a_template_that_is_no_json_is_told_with_the_place() {
        for (template, position) in [
            (r#"{"a":{{b}},}"#, 11),
            (r#"{"a":"{{b}}}"#, 12),
            (r#"{"a":{{b}} {{c}}}"#, 11),
            ("{\"a\":\"\u{7f}{{b}}\"}", 6),
            (r#"{"{{a}}":1}"#, 0),
            (r#"{"a":{{b}"#, 7),
        ] {
            assert_eq!(Shape::read(template).unwrap_err().position, position, "{template}");
        }
    }
}
