//! The contract: the vendor's documents with the amendments, and the operations in them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::amendments::{AMENDMENTS, Amendment, Change};
use crate::schema::Findings;
use crate::template;

/// The documents by the names of their files. What was kept of them is told beside them.
const DOCUMENTS: [(&str, &str); 7] = [
    ("campaigns.json", include_str!("../openapi/campaigns.json")),
    ("enrichment.json", include_str!("../openapi/enrichment.json")),
    ("nql.json", include_str!("../openapi/nql.json")),
    ("remote-actions.json", include_str!("../openapi/remote-actions.json")),
    ("spark.json", include_str!("../openapi/spark.json")),
    ("token.json", include_str!("../openapi/token.json")),
    ("workflows.json", include_str!("../openapi/workflows.json")),
];

/// All documents, amended.
pub struct Contract {
    documents: Vec<Value>,
    /// The labels of all that was amended: an amendment of several operations or properties has several.
    pub amended: BTreeSet<String>,
}

/// An operation of a document.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    pub document: &'a Value,
    pub method: &'static str,
    pub path: &'a str,
    pub value: &'a Value,
}

impl Contract {
    pub fn load() -> Self {
        let mut amended = BTreeSet::new();
        let documents = DOCUMENTS.map(|(file, text)| {
            let mut document = serde_json::from_str(text).unwrap();
            for amendment in AMENDMENTS.iter().filter(|amendment| amendment.document == file) {
                amended.extend(amend(&mut document, amendment));
            }
            document
        });
        Self { documents: documents.into(), amended }
    }

    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        self.documents.iter().flat_map(|document| {
            let paths = document["paths"].as_object().unwrap();
            let methods = |(path, methods)| ["GET", "POST"].map(|method| (path, method, methods));
            paths.iter().flat_map(methods).filter_map(move |(path, method, methods): (&String, _, &Value)| {
                let value = methods.get(method.to_ascii_lowercase())?;
                Some(Operation { document, method, path, value })
            })
        })
    }

    /// The operation that a request is for, by its method and path.
    pub fn operation(&self, method: &str, path: &str) -> Result<Operation<'_>, Findings> {
        let mut found = self.operations().filter(|one| one.method == method && template::matches(one.path, path));
        found.next().ok_or_else(|| Findings::one(format!("{method} {path}: no document has this operation")))
    }
}

impl<'a> Operation<'a> {
    /// `POST /api/v1/nql/execute`
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The statuses that the document itself lists.
    pub fn documented(&self) -> impl Iterator<Item = u16> + use<'a> {
        let responses = self.value["responses"].as_object().unwrap();
        let documented = responses.iter().filter(|(_, response)| response.get("x-amendment").is_none());
        documented.map(|(status, _)| status.parse().unwrap())
    }

    /// Whether the document itself has a JSON body with this status.
    pub fn has_body(&self, status: u16) -> bool {
        self.value["responses"][status.to_string()]["content"].get("application/json").is_some()
    }
}

/// Changes the document, and gives the labels of what has changed.
fn amend(document: &mut Value, amendment: &Amendment) -> Vec<String> {
    let file = amendment.document;
    match &amendment.change {
        Change::Answer { operations, status, body } => {
            let add = |(method, path): &(&str, &str)| {
                let label = format!("{file}: {method} {path} {status}");
                let reference = |name| json!({ "schema": { "$ref": format!("#/components/schemas/{name}") } });
                let content = body.map(|name| json!({ "application/json": reference(name) }));
                let responses = object(&mut document["paths"][path][method.to_ascii_lowercase()]["responses"]);
                let response = responses.entry(status.to_string());
                let is_new = matches!(response, serde_json::map::Entry::Vacant(_));
                let response = object(response.or_insert_with(|| json!({})));
                if is_new {
                    response.insert("x-amendment".into(), json!(label));
                    response.extend(content.map(|content| ("content".to_owned(), content)));
                } else {
                    assert!(!response.contains_key("content"), "{label}: the document has a body here");
                    response.insert("x-content".into(), json!({ "amendment": label, "content": content.unwrap() }));
                }
                label
            };
            operations.iter().map(add).collect()
        }
        Change::MayLack { schema, properties } => {
            let required = document["components"]["schemas"][schema]["required"].clone();
            for name in *properties {
                assert!(required.as_array().unwrap().contains(&json!(name)), "{schema}.{name} may lack anyhow");
            }
            mark(document, file, schema, "x-may-lack", "may lack", properties)
        }
        Change::MayBeNull { schema, properties } => {
            mark(document, file, schema, "x-may-be-null", "may be null", properties)
        }
        Change::MayLackParameters { operation: (method, path), names } => {
            let parameters = &mut document["paths"][path][method.to_ascii_lowercase()]["parameters"];
            let optional = |name: &&str| {
                let label = format!("{file}: {method} {path} may lack {name}");
                let parameters = parameters.as_array_mut().unwrap().iter_mut();
                let parameter = parameters.into_iter().find(|parameter| parameter["name"] == **name).unwrap();
                object(parameter).insert("x-may-lack".into(), json!(label));
                label
            };
            names.iter().map(optional).collect()
        }
        Change::MayHaveField { operation: (method, path), name } => {
            let label = format!("{file}: {method} {path} may have the header field {name}");
            let operation = object(&mut document["paths"][path][method.to_ascii_lowercase()]);
            let parameters = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut().unwrap();
            assert!(parameters.iter().all(|parameter| parameter["name"] != **name), "{label} anyhow");
            let nothing = json!({ "type": "string", "enum": [] });
            let text = json!({ "type": "string" });
            let either = json!({ "x-either": { "document": nothing, "also": text, "amendment": label } });
            parameters.push(json!({ "name": name, "in": "header", "required": false, "schema": either }));
            vec![label]
        }
        Change::Schema { at, also } => {
            let label = format!("{file}: {at}: {}", amendment.why);
            let place = document.pointer_mut(at).unwrap_or_else(|| panic!("{label} is not there"));
            let documented = place.take();
            *place = json!({ "x-either": { "document": documented, "also": also(), "amendment": label } });
            vec![label]
        }
    }
}

fn mark(
    document: &mut Value,
    file: &str,
    schema: &str,
    keyword: &str,
    words: &str,
    properties: &[&str],
) -> Vec<String> {
    let schemas = object(&mut document["components"]["schemas"]);
    let marks = object(schemas.get_mut(schema).unwrap()).entry(keyword).or_insert_with(|| json!({}));
    let label = |name: &&str| {
        let label = format!("{file}: {schema}.{name} {words}");
        object(marks).insert((*name).to_owned(), json!(label));
        label
    };
    properties.iter().map(label).collect()
}

fn object(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().unwrap_or_else(|| panic!("an amendment names a place that is not there"))
}
