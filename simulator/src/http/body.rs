//! Reads a JSON body field by field and holds it to what the documents say of types and limits. What is broken is told
//! in one sentence; in which shape and with which code is each API's own. `null` is no value: no document allows it
//! but where it says so.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde_json::{Map, Value as Json};

/// The fields of an object in a body.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// Where in the body the object is: empty, or ending with a dot.
    place: String,
    map: Map<String, Json>,
}

/// What a reader gives, or what is wrong.
pub(super) type Read<T> = Result<T, String>;

impl Fields {
    /// The whole body.
    pub fn of_body(body: &[u8]) -> Read<Self> {
        match serde_json::from_slice(body) {
            Ok(Json::Object(map)) => Ok(Self { place: String::new(), map }),
            Ok(_) => Err("The body is no JSON object".into()),
            Err(mistake) => Err(format!("The body is no JSON: {mistake}")),
        }
    }

    /// An element of a list.
    pub fn of_element(element: &Json, list: &str, position: usize) -> Read<Self> {
        let place = format!("{list}[{position}]");
        match element {
            Json::Object(map) => Ok(Self { place: format!("{place}."), map: map.clone() }),
            _ => Err(format!("`{place}` is no object")),
        }
    }

    /// A field of any type.
    pub fn value(&self, name: &str) -> Option<&Json> {
        self.map.get(name)
    }

    pub fn text(&self, name: &str) -> Read<Option<&str>> {
        self.typed(name, "no text", Json::as_str)
    }

    /// A text of a shape.
    pub fn text_that(&self, name: &str, is: fn(&str) -> bool) -> Read<Option<&str>> {
        match self.text(name)? {
            Some(text) if !is(text) => Err(format!("`{}{name}` has not the documented form", self.place)),
            text => Ok(text),
        }
    }

    /// A text that must be there, with one character or more.
    pub fn some_text(&self, name: &str) -> Read<&str> {
        match self.given(name, self.text(name)?)? {
            "" => Err(format!("`{}{name}` is empty", self.place)),
            text => Ok(text),
        }
    }

    pub fn whole_number(&self, name: &str, allowed: RangeInclusive<i64>) -> Read<Option<i64>> {
        match self.typed(name, "no whole number", Json::as_i64)? {
            Some(number) if !allowed.contains(&number) => {
                let (first, last) = (allowed.start(), allowed.end());
                Err(format!("`{}{name}` is {number}; allowed are {first} to {last}", self.place))
            }
            number => Ok(number),
        }
    }

    pub fn list(&self, name: &str, allowed: &RangeInclusive<usize>) -> Read<Option<&[Json]>> {
        match self.typed(name, "no array", Json::as_array)? {
            Some(list) if !allowed.contains(&list.len()) => {
                let (count, first, last) = (list.len(), allowed.start(), allowed.end());
                let last = if *last == usize::MAX { "any number".to_owned() } else { last.to_string() };
                Err(format!("`{}{name}` has {count} entries; allowed are {first} to {last}", self.place))
            }
            list => Ok(list.map(Vec::as_slice)),
        }
    }

    /// A list of texts of a shape.
    pub fn texts(&self, name: &str, allowed: &RangeInclusive<usize>, is: fn(&str) -> bool) -> Read<Option<Vec<&str>>> {
        let Some(list) = self.list(name, allowed)? else { return Ok(None) };
        let text = |(position, element): (usize, &'_ Json)| match element.as_str() {
            Some(text) if is(text) => Ok(()),
            Some(_) => Err(format!("`{}{name}[{position}]` has not the documented form", self.place)),
            None => Err(format!("`{}{name}[{position}]` is no text", self.place)),
        };
        list.iter().enumerate().try_for_each(text)?;
        Ok(Some(list.iter().filter_map(Json::as_str).collect()))
    }

    /// An object of texts; empty where it is missing.
    pub fn named_texts(&self, name: &str) -> Read<BTreeMap<String, String>> {
        let Some(object) = self.typed(name, "no object", Json::as_object)? else { return Ok(BTreeMap::new()) };
        let text = |(key, value): (&String, &Json)| match value {
            Json::String(text) => Ok((key.clone(), text.clone())),
            _ => Err(format!("`{}{name}.{key}` is no text", self.place)),
        };
        object.iter().map(text).collect()
    }

    pub fn object(&self, name: &str) -> Read<Option<Self>> {
        let object = self.typed(name, "no object", Json::as_object)?;
        Ok(object.map(|map| Self { place: format!("{}{name}.", self.place), map: map.clone() }))
    }

    /// A field that must be there.
    pub fn given<T>(&self, name: &str, value: Option<T>) -> Read<T> {
        value.ok_or_else(|| format!("`{}{name}` is missing", self.place))
    }

    fn typed<'a, T>(&'a self, name: &str, otherwise: &str, read: impl Fn(&'a Json) -> Option<T>) -> Read<Option<T>> {
        match self.map.get(name) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(value) => Ok(Some(value)),
                None => Err(format!("`{}{name}` is {otherwise}", self.place)),
            },
        }
    }
}

/// Any text will do.
pub(super) fn anything(_: &str) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(body: &str) -> Fields {
        Fields::of_body(body.as_bytes()).unwrap()
    }

    #[test]
    fn only_an_object_is_a_body() {
        for body in ["", "{", "[]", "null", "5", "\"text\"", "{} {}"] {
            assert!(Fields::of_body(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let body = fields(
            r#"{"text":5,"none":null,"empty":"","many":[1,2,3],"texts":["a",1],"named":{"a":"b","c":true},"in":{"x":61}}"#,
        );
        let inner = body.object("in").unwrap().unwrap();
        for (told, expected) in [
            (body.text("text").map(drop), "`text` is no text"),
            (body.text("none").map(drop), "`none` is no text"),
            (body.some_text("empty").map(drop), "`empty` is empty"),
            (body.some_text("lacking").map(drop), "`lacking` is missing"),
            (body.text_that("empty", |text| text == "x").map(drop), "`empty` has not the documented form"),
            (body.list("many", &(1..=2)).map(drop), "`many` has 3 entries; allowed are 1 to 2"),
            (body.list("text", &(1..=2)).map(drop), "`text` is no array"),
            (body.texts("texts", &(1..=2), anything).map(drop), "`texts[1]` is no text"),
            (body.named_texts("named").map(drop), "`named.c` is no text"),
            (inner.whole_number("x", 1..=60).map(drop), "`in.x` is 61; allowed are 1 to 60"),
            (body.object("text").map(drop), "`text` is no object"),
        ] {
            assert_eq!(told.unwrap_err(), expected);
        }
    }

    #[test]
    fn what_is_missing_is_nothing_and_what_is_allowed_is_given() {
        let body = fields(r#"{"text":"a","number":60,"texts":["a","b"],"named":{"a":"b"}}"#);
        assert_eq!((body.text("text"), body.text("lacking")), (Ok(Some("a")), Ok(None)));
        assert_eq!(body.whole_number("number", 60..=60), Ok(Some(60)));
        assert_eq!(body.texts("texts", &(1..=2), anything), Ok(Some(vec!["a", "b"])));
        assert_eq!(body.named_texts("named").unwrap()["a"], "b");
        assert!(body.named_texts("lacking").unwrap().is_empty());
    }
}
