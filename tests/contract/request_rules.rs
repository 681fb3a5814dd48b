//! Holds a request to its operation: address, query, header fields, body.

use nexthink_simulator::WireRequest;
use serde_json::{Value, json};

use crate::contract::{Contract, Operation};
use crate::schema::{Findings, check};
use crate::template;

/// What HTTP has for every request, besides the fields that a document lists.
const USUAL_FIELDS: [&str; 4] = ["accept", "authorization", "content-type", "host"];

/// Everything that is wrong with a request, and the operation that it is for.
pub fn check_request<'c>(contract: &'c Contract, request: &WireRequest) -> (Option<Operation<'c>>, Findings) {
    let (server, path, query) = parts(&request.url);
    let operation = match contract.operation(&request.method, &path) {
        Ok(operation) => operation,
        Err(findings) => return (None, findings),
    };
    let mut findings = address(&operation, &server, &path);
    findings.add(query_rules(&operation, &query));
    findings.add(field_rules(&operation, request));
    findings.add(body_rules(&operation, request));
    (Some(operation), findings)
}

/// `https://host`, the path, and the query as pairs, decoded.
pub fn parts(url: &str) -> (String, String, Vec<(String, Option<String>)>) {
    let (url, query) = url.split('#').next().unwrap().split_once('?').unwrap_or((url, ""));
    let start = url.find("://").map_or(0, |position| position + 3);
    let end = url[start..].find('/').map_or(url.len(), |position| start + position);
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.to_owned(), template::decoded(value))
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    (url[..end].to_owned(), url[end..].to_owned(), pairs)
}

fn address(operation: &Operation, server: &str, path: &str) -> Findings {
    let mut findings = Findings::default();
    let of_path = operation.document["paths"][operation.path].get("servers");
    let servers = of_path.unwrap_or(&operation.document["servers"]).as_array().unwrap();
    let is_known = servers.iter().any(|known| {
        let values = template::values(known["url"].as_str().unwrap(), server);
        values.is_some_and(|values| {
            let allowed = |name: &str| known["variables"][name]["enum"].as_array();
            values.iter().all(|(name, value)| allowed(name).is_none_or(|allowed| allowed.contains(&json!(value))))
        })
    });
    if !is_known {
        findings.violations.push(format!("{server} is no server of {}", operation.name()));
    }
    for (name, value) in template::values(operation.path, path).unwrap() {
        let parameter = parameters(operation, "path").find(|parameter| parameter["name"] == *name).unwrap();
        findings.add(check(operation.document, &parameter["schema"], &json!(value), &format!("path {name}")));
    }
    findings
}

fn query_rules(operation: &Operation, query: &[(String, Option<String>)]) -> Findings {
    let mut findings = Findings::default();
    for parameter in parameters(operation, "query") {
        let name = parameter["name"].as_str().unwrap();
        let mut given = query.iter().filter(|(key, _)| key == name);
        let place = format!("query {name}");
        match (given.next(), given.next()) {
            (None, _) => findings.add(lacks(parameter, &place)),
            (Some((_, Some(text))), None) => {
                findings.add(check(
                    operation.document,
                    &parameter["schema"],
                    &typed(&parameter["schema"], text),
                    &place,
                ));
            }
            (Some((_, None)), _) => findings.violations.push(format!("{place}: is badly encoded")),
            (Some(_), Some(_)) => findings.violations.push(format!("{place}: is there twice")),
        }
    }
    for (name, _) in query {
        if !parameters(operation, "query").any(|parameter| parameter["name"] == **name) {
            findings.violations.push(format!("query {name}: the operation has no such parameter"));
        }
    }
    findings
}

/// A parameter's text as its schema means it. The document shows the one object as JSON text.
fn typed(schema: &Value, text: &str) -> Value {
    let is_json = matches!(schema["type"].as_str(), Some("object" | "boolean" | "integer"));
    is_json.then(|| serde_json::from_str(text).ok()).flatten().unwrap_or_else(|| json!(text))
}

fn field_rules(operation: &Operation, request: &WireRequest) -> Findings {
    let mut findings = Findings::default();
    for parameter in parameters(operation, "header") {
        let name = parameter["name"].as_str().unwrap();
        let place = format!("header {name}");
        match field(&request.headers, name) {
            None => findings.add(lacks(parameter, &place)),
            Some(value) => findings.add(check(operation.document, &parameter["schema"], &json!(value), &place)),
        }
    }
    for (name, _) in &request.headers {
        let is_listed = |known: &str| known.eq_ignore_ascii_case(name);
        let mut listed = parameters(operation, "header").filter_map(|parameter| parameter["name"].as_str());
        if !USUAL_FIELDS.into_iter().any(is_listed) && !listed.any(is_listed) {
            findings.violations.push(format!("header {name}: the operation has no such parameter"));
        }
        if request.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).count() > 1 {
            findings.violations.push(format!("header {name}: is there twice"));
        }
    }
    let security = operation.value.get("security").unwrap_or(&operation.document["security"]);
    let scheme = if security[0].get("basicAuth").is_some() { "Basic " } else { "Bearer " };
    let credentials = field(&request.headers, "authorization").and_then(|value| value.strip_prefix(scheme));
    if credentials.is_none_or(str::is_empty) {
        findings.violations.push(format!("header authorization: is no {scheme}"));
    }
    if let Some(accept) = field(&request.headers, "accept") {
        let content = operation.value["responses"]["200"]["content"].as_object();
        if content.is_some_and(|content| !content.contains_key(accept)) {
            findings.violations.push(format!("header accept: the operation has no answer of the type {accept}"));
        }
    }
    findings
}

fn body_rules(operation: &Operation, request: &WireRequest) -> Findings {
    let media_type = field(&request.headers, "content-type").map(media_type);
    let Some(body) = operation.value.get("requestBody") else {
        let is_empty = request.body.is_empty() && media_type.is_none();
        return if is_empty { Findings::default() } else { Findings::one("body: the operation takes none".into()) };
    };
    let Some(content) = media_type.as_ref().and_then(|media_type| body["content"].get(media_type)) else {
        return Findings::one(format!("header content-type: {media_type:?} is not what the operation takes"));
    };
    let value = match media_type.as_deref() {
        Some("application/x-www-form-urlencoded") => form(&request.body),
        _ => serde_json::from_slice(&request.body).ok(),
    };
    match value {
        Some(value) => check(operation.document, &content["schema"], &value, "body"),
        None => Findings::one("body: is not of its type".into()),
    }
}

fn form(body: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(body).ok()?;
    let pairs = text.split('&').map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((template::decoded(name)?, json!(template::decoded(value)?)))
    });
    pairs.collect::<Option<serde_json::Map<_, _>>>().map(Value::Object)
}

fn parameters<'a>(operation: &Operation<'a>, place: &'static str) -> impl Iterator<Item = &'a Value> {
    let all = operation.value["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    all.iter().filter(move |parameter| parameter["in"] == place)
}

/// What it means that a parameter is not there.
fn lacks(parameter: &Value, place: &str) -> Findings {
    let mut findings = Findings::default();
    match (parameter["required"].as_bool(), parameter["x-may-lack"].as_str()) {
        (Some(true), Some(label)) => drop(findings.amendments.insert(label.to_owned())),
        (Some(true), None) => findings.violations.push(format!("{place}: is missing")),
        _ => {}
    }
    findings
}

/// A header field's value by its name in any case.
pub fn field<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// `application/json` of `application/json; charset=utf-8`.
pub fn media_type(value: &str) -> String {
    value.split(';').next().unwrap().trim().to_ascii_lowercase()
}
