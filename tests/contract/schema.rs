//! Holds JSON to the part of JSON Schema that the documents use, and refuses to judge by any other keyword.
//!
//! Stricter than the standard in two points, since our own code writes what is judged here: an object that lists its
//! properties has no others, and `minimum` on an array or `maxItems` on an object count the entries, as they are meant.
//! What `amendments` lets through beside a document is marked in the schema by keywords with `x-`.

use std::collections::BTreeSet;

use regex_lite::Regex;
use serde_json::{Map, Value};

/// What is wrong with a value, and which amendments it needed.
#[derive(Debug, Default)]
pub struct Findings {
    /// A place and the rule that is broken there, one sentence each.
    pub violations: Vec<String>,
    /// The labels of the amendments without which there were more violations.
    pub amendments: BTreeSet<String>,
}

impl Findings {
    pub fn one(violation: String) -> Self {
        Self { violations: vec![violation], amendments: BTreeSet::new() }
    }

    pub fn add(&mut self, other: Self) {
        self.violations.extend(other.violations);
        self.amendments.extend(other.amendments);
    }

    pub fn none(&self) -> bool {
        self.violations.is_empty()
    }
}

/// The names of an object that the schemas so far speak of.
#[derive(Default, Clone)]
struct Known {
    names: BTreeSet<String>,
    lists: bool,
    open: bool,
}

/// Checks a value against a schema of a document.
pub fn check(document: &Value, schema: &Value, value: &Value, place: &str) -> Findings {
    whole(document, schema, value, place, &Known::default())
}

fn whole(document: &Value, schema: &Value, value: &Value, place: &str, inherited: &Known) -> Findings {
    let mut known = Known { names: inherited.names.clone(), ..Known::default() };
    let mut findings = apply(document, schema, value, place, &mut known);
    if let Value::Object(object) = value
        && known.lists
        && !known.open
    {
        for name in object.keys().filter(|name| !known.names.contains(*name)) {
            findings.violations.push(format!("{place}/{name}: the schema has no such property"));
        }
    }
    findings
}

const KEYWORDS: [&str; 22] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "discriminator",
    "enum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
    "x-may-be-null",
    "x-may-lack",
];

fn apply(document: &Value, schema: &Value, value: &Value, place: &str, known: &mut Known) -> Findings {
    let schema = schema.as_object().unwrap_or_else(|| panic!("{place}: the schema is no object: {schema}"));
    if let Some(reference) = schema.get("$ref") {
        assert!(schema.len() == 1, "{place}: what stands beside a $ref has no meaning");
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#')).unwrap();
        let schema = document.pointer(pointer).unwrap_or_else(|| panic!("{place}: {pointer} leads nowhere"));
        return apply(document, schema, value, place, known);
    }
    if let Some(either) = schema.get("x-either") {
        known.open = true;
        return apply_either(document, either, value, place, known);
    }
    for keyword in schema.keys() {
        assert!(KEYWORDS.contains(&keyword.as_str()), "{place}: the keyword {keyword} is not supported");
    }
    if value.is_null() && schema.get("nullable") == Some(&Value::Bool(true)) {
        return Findings::default();
    }
    let mut findings = Findings::default();
    findings.violations.extend(scalar_rules(schema, value).into_iter().map(|rule| format!("{place}: {rule}")));
    if let Value::Object(object) = value {
        findings.add(object_rules(document, schema, object, place, known));
    }
    if let (Value::Array(elements), Some(items)) = (value, schema.get("items")) {
        for (position, element) in elements.iter().enumerate() {
            findings.add(check(document, items, element, &format!("{place}/{position}")));
        }
    }
    for part in list(schema, "allOf") {
        findings.add(apply(document, part, value, place, known));
    }
    findings.add(one_of_several(document, schema, value, place, known));
    findings
}

/// As the document has it, or as an amendment has it.
fn apply_either(document: &Value, either: &Value, value: &Value, place: &str, known: &Known) -> Findings {
    let as_documented = whole(document, &either["document"], value, place, known);
    if as_documented.none() {
        return as_documented;
    }
    let mut amended = whole(document, &either["also"], value, place, known);
    if !amended.none() {
        return Findings { violations: [as_documented.violations, amended.violations].concat(), ..as_documented };
    }
    amended.amendments.insert(text(&either["amendment"]).to_owned());
    amended
}

fn object_rules(
    document: &Value,
    schema: &Map<String, Value>,
    object: &Map<String, Value>,
    place: &str,
    known: &mut Known,
) -> Findings {
    let mut findings = Findings::default();
    let label = |mark: &str, name: &str| schema.get(mark).and_then(|labels| labels.get(name)).map(text);
    for name in list(schema, "required").iter().map(text).filter(|name| !object.contains_key(*name)) {
        match label("x-may-lack", name) {
            Some(label) => drop(findings.amendments.insert(label.to_owned())),
            None => findings.violations.push(format!("{place}/{name}: is missing")),
        }
    }
    let listed = schema.get("properties").and_then(Value::as_object);
    known.lists |= listed.is_some();
    known.names.extend(listed.into_iter().flat_map(Map::keys).cloned());
    let additional = schema.get("additionalProperties");
    known.open |= additional.is_some_and(|additional| *additional != Value::Bool(false));
    known.lists |= additional == Some(&Value::Bool(false));
    for (name, value) in object {
        let place = format!("{place}/{name}");
        match (listed.and_then(|listed| listed.get(name)), additional) {
            (Some(_), _) if value.is_null() && label("x-may-be-null", name).is_some() => {
                findings.amendments.extend(label("x-may-be-null", name).map(str::to_owned));
            }
            (Some(schema), _) => findings.add(check(document, schema, value, &place)),
            (None, Some(schema)) if schema.is_object() => findings.add(check(document, schema, value, &place)),
            _ => {}
        }
    }
    findings
}

/// `oneOf` and `anyOf`. A discriminator says which of them it must be.
fn one_of_several(
    document: &Value,
    schema: &Map<String, Value>,
    value: &Value,
    place: &str,
    known: &mut Known,
) -> Findings {
    let keyword = if schema.contains_key("oneOf") { "oneOf" } else { "anyOf" };
    let mut branches = list(schema, keyword).to_vec();
    if branches.is_empty() {
        return Findings::default();
    }
    known.open = true;
    if let Some(discriminator) = schema.get("discriminator") {
        let name = text(&discriminator["propertyName"]);
        let word = value.get(name).and_then(Value::as_str).unwrap_or_default();
        let Some(chosen) = discriminator["mapping"].get(word) else {
            return Findings::one(format!("{place}/{name}: is not one of {}", discriminator["mapping"]));
        };
        branches = vec![serde_json::json!({ "$ref": chosen })];
    }
    let (mut good, bad): (Vec<Findings>, Vec<Findings>) =
        branches.iter().map(|branch| whole(document, branch, value, place, known)).partition(Findings::none);
    match good.len() {
        1 => good.remove(0),
        0 => Findings {
            violations: bad.into_iter().flat_map(|findings| findings.violations).collect(),
            ..Findings::default()
        },
        _ if keyword == "anyOf" => good.remove(0),
        several => Findings::one(format!("{place}: {several} schemas of `oneOf` fit")),
    }
}

/// The rules that concern the value alone.
fn scalar_rules(schema: &Map<String, Value>, value: &Value) -> Vec<String> {
    let mut broken = vec![];
    if let Some(expected) = schema.get("type").map(text) {
        let is = match expected {
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("the type {other} is not supported"),
        };
        if !is {
            broken.push(format!("{value} is no {expected}"));
        }
    }
    if let Some(Value::Array(allowed)) = schema.get("enum")
        && !allowed.contains(value)
    {
        broken.push(format!("{value} is not among the values of the enumeration"));
    }
    let length = match value {
        Value::String(text) => Some(("Length", text.chars().count())),
        Value::Array(elements) => Some(("Items", elements.len())),
        Value::Object(object) => Some(("Items", object.len())),
        _ => None,
    };
    let number = match (value, length) {
        (Value::Array(_), Some((_, count))) => u32::try_from(count).ok().map(f64::from),
        _ => value.as_f64(),
    };
    for (bound, breaks) in
        [("min", (|size, limit| size < limit) as fn(f64, f64) -> bool), ("max", |size, limit| size > limit)]
    {
        let limit = |rest: &str| schema.get(&format!("{bound}{rest}")).and_then(Value::as_f64);
        let of_length = length.and_then(|(rest, count)| Some((f64::from(u32::try_from(count).ok()?), limit(rest)?)));
        let of_number = number.and_then(|number| Some((number, limit("imum")?)));
        for (size, limit) in of_length.into_iter().chain(of_number).filter(|(size, limit)| breaks(*size, *limit)) {
            broken.push(format!("{size} is beyond the {bound}imum {limit}"));
        }
    }
    for pattern in schema
        .get("pattern")
        .map(text)
        .into_iter()
        .chain(schema.get("format").and_then(|format| pattern_of(text(format))))
    {
        if value.as_str().is_some_and(|text| !Regex::new(pattern).unwrap().is_match(text)) {
            broken.push(format!("{value} does not match {pattern}"));
        }
    }
    if schema.get("format").is_some_and(|format| format == "int32")
        && value.as_i64().is_some_and(|number| i32::try_from(number).is_err())
    {
        broken.push(format!("{value} is no int32"));
    }
    broken
}

fn pattern_of(format: &str) -> Option<&'static str> {
    match format {
        "uuid" => Some("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"),
        "date" => Some(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"),
        "date-time" => Some(
            r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$",
        ),
        "int32" | "int64" => None,
        other => panic!("the format {other} is not supported"),
    }
}

fn list<'a>(schema: &'a Map<String, Value>, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}
