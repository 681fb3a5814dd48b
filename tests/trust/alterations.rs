//! Every way in which a JSON value can be altered in one place, as whoever keeps it might.

use nexthink_chatbot::json::Json;

/// Copies of a value, each with one leaf changed, one property or element removed, or one added; with the path to it.
pub fn alterations(value: &Json) -> Vec<(String, Json)> {
    let mut altered = Vec::new();
    alter(value, "", &mut |path, other| altered.push((path.to_owned(), other)));
    altered
}

fn alter(value: &Json, path: &str, found: &mut dyn FnMut(&str, Json)) {
    match value {
        Json::Null => found(path, Json::Boolean(true)),
        Json::Boolean(value) => found(path, Json::Boolean(!value)),
        Json::Number(number) => {
            found(path, Json::Number(number + 1.0));
            found(path, Json::Number(-number - 1.0));
        }
        Json::Text(text) => {
            found(path, Json::Text(format!("{text}x").into()));
            if let Some((last, _)) = text.char_indices().last() {
                found(path, Json::Text(text.split_at(last).0.into()));
            }
        }
        Json::List(values) => {
            for (position, value) in values.iter().enumerate() {
                let replaced = |other: Option<Json>| {
                    let mut values = values.clone();
                    values.splice(position..=position, other);
                    Json::List(values)
                };
                let path = format!("{path}[{position}]");
                found(&path, replaced(None));
                alter(value, &path, &mut |path, other| found(path, replaced(Some(other))));
            }
            found(path, Json::List([values.as_slice(), &[Json::Null]].concat()));
        }
        Json::Object(fields) => {
            for (position, (name, value)) in fields.iter().enumerate() {
                let replaced = |other: Option<Json>| {
                    let mut fields = fields.clone();
                    fields.splice(position..=position, other.map(|other| (name.clone(), other)));
                    Json::Object(fields)
                };
                let path = format!("{path}.{name}");
                found(&path, replaced(None));
                alter(value, &path, &mut |path, other| found(path, replaced(Some(other))));
            }
        }
    }
}
