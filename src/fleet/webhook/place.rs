//! Where a field stands in a payload of JSON: the name of a property, or a JSON pointer (RFC 6901).

use super::whole_number;
use crate::json::Json;

/// Property names from the outermost inwards; positions in lists as their digits.
#[derive(Debug, PartialEq)]
pub(super) struct Place(Vec<String>);

impl Place {
    /// Reads a place; nothing for a pointer that is none. The names of columns hold dots, so these mean nothing.
    pub fn read(text: &str) -> Option<Self> {
        let Some(pointer) = text.strip_prefix('/') else {
            return (!text.is_empty()).then(|| Self(vec![text.to_owned()]));
        };
        pointer.split('/').map(unescaped).collect::<Option<_>>().map(Self)
    }

    /// What stands there.
    pub fn find<'a>(&self, payload: &'a Json) -> Option<&'a Json> {
        self.0.iter().try_fold(payload, |json, name| match json {
            Json::List(values) => values.get(usize::try_from(whole_number(name)?).ok()?),
            object => object.get(name),
        })
    }
}

fn unescaped(segment: &str) -> Option<String> {
    let mut text = String::new();
    let mut letters = segment.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '~' => match letters.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            other => other,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_property_or_a_pointer() {
        let payload = Json::parse(br#"{"a.b":1,"c":{"d/e":[10,{"~":20}]},"":3}"#).unwrap();
        let find = |text: &str| Place::read(text).and_then(|place| place.find(&payload).map(Json::to_text));
        for (text, found) in [
            ("a.b", Some("1")),
            ("/a.b", Some("1")),
            ("/c/d~1e/0", Some("10")),
            ("/c/d~1e/1/~0", Some("20")),
            ("/", Some("3")),
            ("c.d", None),
            ("/c/d~1e/2", None),
            ("/c/d~1e/-1", None),
            ("/c/d~1e/99999999999999999999", None),
            ("/a.b/x", None),
        ] {
            assert_eq!(find(text).as_deref(), found, "{text}");
        }
        assert_eq!([Place::read(""), Place::read("/~"), Place::read("/~2")], [None, None, None]);
    }
}
