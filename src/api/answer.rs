//! The tenant's JSON, read leniently: a number may come as text and text as a number, and what is missing, null or
//! of another kind is nothing. Whether something may be missing is each operation's own rule.

use super::http::Response;
use super::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, Read};

/// A whole number, also as text.
pub(super) fn whole_number(json: &Json, name: &str) -> Option<u32> {
    match json.get(name)? {
        Json::Text(text) => whole_number_of(text),
        other => u32::read(other.clone()).ok(),
    }
}

/// A whole number in the digits of a text. What reads JSON reads it too, and is there already.
pub(super) fn whole_number_of(text: &str) -> Option<u32> {
    u32::read(Json::parse(text.as_bytes())?).ok()
}

/// A text that says something: a number or a truth value is one too, an empty text is none.
pub(super) fn text(json: &Json, name: &str) -> Option<String> {
    to_text(json.get(name)?)
}

fn to_text(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) => Some(text.to_string()).filter(|text| !text.is_empty()),
        Json::Number(_) | Json::Boolean(_) => Some(json.to_text()),
        _ => None,
    }
}

/// `true` or `false`, also as text; anything else is unknown.
pub(super) fn flag(json: &Json, name: &str) -> Option<bool> {
    match json.get(name)? {
        Json::Boolean(flag) => Some(*flag),
        Json::Text(text) => [true, false].into_iter().find(|flag| text.eq_ignore_ascii_case(&flag.to_string())),
        _ => None,
    }
}

/// The elements of a list; nothing has none.
pub(super) fn elements<T>(json: Option<&Json>, read: fn(&Json) -> T) -> Vec<T> {
    let mut elements = Vec::new();
    if let Some(Json::List(list)) = json {
        for element in list {
            elements.push(read(element));
        }
    }
    elements
}

/// The texts of a list.
pub(super) fn texts(json: &Json, name: &str) -> Vec<String> {
    elements(json.get(name), |element| to_text(element).unwrap_or_default())
}

/// The body of an answer that says that all went well.
///
/// # Errors
/// What another status than 2xx means; `malformed` where the body is no JSON.
pub(super) fn body(operation: &str, response: &Response) -> Result<Json, NexthinkError> {
    if !(200..300).contains(&response.status) {
        return Err(NexthinkError::from_response(operation, response));
    }
    Json::parse(&response.body).ok_or_else(|| NexthinkError::malformed(operation, response, "it is not JSON"))
}

/// The same for what changes something in the tenant; `if_unknown` says where to look.
///
/// # Errors
/// As `body`, with its side effect.
pub(super) fn effect(operation: &str, response: &Response, if_unknown: &'static str) -> Result<Json, NexthinkError> {
    body(operation, response).map_err(|error| error.of_side_effect(if_unknown))
}

/// An answer to what changes something in the tenant that does not say what came of it.
pub(super) fn unclear(operation: &str, response: &Response, reason: &str, if_unknown: &'static str) -> NexthinkError {
    NexthinkError::malformed(operation, response, reason).of_side_effect(if_unknown)
}

/// The objects of an answer that is a list of them.
///
/// # Errors
/// What another status than 2xx means; `malformed` where it is no list of objects.
pub(super) fn list<T>(operation: &str, response: &Response, read: fn(&Json) -> T) -> Result<Vec<T>, NexthinkError> {
    let body = body(operation, response)?;
    let objects = matches!(&body, Json::List(list) if list.iter().all(|one| matches!(one, Json::Object(_))));
    match objects {
        true => Ok(elements(Some(&body), read)),
        false => Err(NexthinkError::malformed(operation, response, "it is not a list of objects")),
    }
}

/// The one object of an answer, which has an ID; also where it stands alone in a list, as some documents have it.
///
/// # Errors
/// What another status than 2xx means; `not-found` where the list is empty; `malformed` for anything else.
pub(super) fn one<T>(operation: &str, response: &Response, read: fn(&Json) -> T) -> Result<T, NexthinkError> {
    let body = body(operation, response)?;
    let object = match &body {
        Json::List(list) => match list.as_slice() {
            [] => return Err(not_found(operation, response)),
            [object] => object,
            _ => &Json::Null,
        },
        object => object,
    };
    match text(object, "id") {
        Some(_) => Ok(read(object)),
        None => Err(NexthinkError::malformed(operation, response, "it is not one object with an ID")),
    }
}

fn not_found(operation: &str, response: &Response) -> NexthinkError {
    let message = format!("{operation} was answered with an empty list");
    let mut error = NexthinkError::new(ErrorKind::NotFound, message);
    error.status = Some(response.status);
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_truth_values_may_come_as_one_another() {
        let json = Json::parse(
            br#"{"a":"60","b":60,"c":true,"d":"TRUE","e":null,"f":"","g":6.5,"h":{},"i":["x",1,null],"j":"false","k":-1}"#,
        )
        .unwrap();
        let read = |name| (whole_number(&json, name), text(&json, name), flag(&json, name));
        for (name, number, text, flag) in [
            ("a", Some(60), Some("60"), None),
            ("b", Some(60), Some("60"), None),
            ("c", None, Some("true"), Some(true)),
            ("d", None, Some("TRUE"), Some(true)),
            ("e", None, None, None),
            ("f", None, None, None),
            ("g", None, Some("6.5"), None),
            ("h", None, None, None),
            ("j", None, Some("false"), Some(false)),
            ("k", None, Some("-1"), None),
            ("missing", None, None, None),
        ] {
            assert_eq!(read(name), (number, text.map(str::to_owned), flag), "{name}");
        }
        assert_eq!(texts(&json, "i"), ["x", "1", ""]);
        assert_eq!(texts(&json, "h"), [""; 0]);
    }

    #[test]
    fn an_answer_that_is_no_json_is_malformed_and_another_status_an_error() {
        for (status, text, expected) in [
            (200, "{}", None),
            (201, "[]", None),
            (200, "", Some(ErrorKind::Malformed)),
            (200, "<html>", Some(ErrorKind::Malformed)),
            (200, "{\"a\":", Some(ErrorKind::Malformed)),
            (199, "{}", Some(ErrorKind::Malformed)),
            (302, "{}", Some(ErrorKind::Malformed)),
            (404, "{}", Some(ErrorKind::NotFound)),
        ] {
            let response = Response { status, headers: vec![], body: text.into() };
            assert_eq!(body("nql.status", &response).err().map(|error| error.kind), expected, "{status} {text}");
        }
    }
}
