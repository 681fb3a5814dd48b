//! Where real tenants, or the vendor's own prose, are known to differ from the OpenAPI documents: both are accepted.
//! Each amendment says why and where that is known from; one that nothing needs any more fails the test.

use serde_json::{Value, json};

/// An operation: its method and the path as the document writes it.
pub type OperationName = (&'static str, &'static str);

/// What else is accepted, besides what a document says.
pub struct Amendment {
    /// The file of the document.
    pub document: &'static str,
    pub change: Change,
    /// What is different.
    pub why: &'static str,
    /// From where that is known.
    pub source: &'static str,
}

/// The ways in which an answer or a request may differ.
pub enum Change {
    /// The operations answer also with this status, or with this body where the document has none. The body is a schema
    /// of the document; none: the answer has no body.
    Answer { operations: &'static [OperationName], status: u16, body: Option<&'static str> },
    /// An object may lack properties that the document requires.
    MayLack { schema: &'static str, properties: &'static [&'static str] },
    /// Properties may be null where the document does not say so.
    MayBeNull { schema: &'static str, properties: &'static [&'static str] },
    /// A query may lack parameters that the document requires.
    MayLackParameters { operation: OperationName, names: &'static [&'static str] },
    /// A request may have a header field that the document does not list.
    MayHaveField { operation: OperationName, name: &'static str },
    /// What is at this place may be of another schema.
    Schema { at: &'static str, also: fn() -> Value },
}

const EXECUTE_V1: OperationName = ("POST", "/api/v1/nql/execute");
const EXECUTE_V2: OperationName = ("POST", "/api/v2/nql/execute");
const EXPORT_POST: OperationName = ("POST", "/api/v1/nql/export");
const EXPORT_GET: OperationName = ("GET", "/api/v1/nql/export");
const EXPORT_STATUS: OperationName = ("GET", "/api/v1/nql/status/{exportId}");

/// Live calls against one tenant, by those who wrote a public client in Go.
const LAB: &str = "deploymenttheory/go-sdk-nexthink, docs/lab-validation.md";
const NQL_PAGE: &str = "docs.nexthink.com/api/nql";

/// All of them.
pub const AMENDMENTS: [Amendment; 21] = [
    Amendment {
        document: "nql.json",
        change: Change::Answer {
            operations: &[EXECUTE_V1, EXECUTE_V2, EXPORT_POST, EXPORT_GET, EXPORT_STATUS],
            status: 404,
            body: Some("ErrorResponse"),
        },
        why: "404 without a body in the document; a tenant sends the error shape with the code 100 (seen for execute)",
        source: LAB,
    },
    Amendment {
        document: "nql.json",
        change: Change::Answer {
            operations: &[EXECUTE_V1, EXECUTE_V2, EXPORT_POST, EXPORT_GET],
            status: 400,
            body: Some("ErrorResponse"),
        },
        why: "the document holds requests to rules and lists no answer for one that breaks them; body UNSURE",
        source: "the rules of NqlApiExecuteRequest and NqlApiExportRequest themselves",
    },
    Amendment {
        document: "nql.json",
        change: Change::Answer {
            operations: &[EXECUTE_V1, EXECUTE_V2, EXPORT_POST, EXPORT_GET],
            status: 429,
            body: None,
        },
        why: "the document has 429 for the status of exports alone; the page says it of the API as a whole",
        source: NQL_PAGE,
    },
    Amendment {
        document: "nql.json",
        change: Change::Answer { operations: &[EXECUTE_V1], status: 206, body: Some("NqlApiExecuteResponse") },
        why: "an option of the simulator's that is off unless a test asks for it: the 206 of exports, for executions",
        source: "none: for clients that are to be ready for it",
    },
    Amendment {
        document: "nql.json",
        change: Change::Answer { operations: &[EXECUTE_V2], status: 206, body: Some("NqlApiExecuteV2Response") },
        why: "as for v1",
        source: "none: for clients that are to be ready for it",
    },
    Amendment {
        document: "nql.json",
        change: Change::MayHaveField { operation: EXPORT_POST, name: "x-utc-times" },
        why: "the document has it for executions; an export that knows it would otherwise write times of another zone",
        source: "none: a tenant that does not know a header field passes over it (RFC 9110, section 5.1)",
    },
    Amendment {
        document: "nql.json",
        change: Change::Schema {
            at: "/components/schemas/NqlApiExecuteResponse/properties/data/items/items",
            also: cell,
        },
        why: "the document says that every cell is an object; cells are text, numbers, booleans or null",
        source: "docs.nexthink.com/platform, chatbot use cases: an answer of v1",
    },
    Amendment {
        document: "nql.json",
        change: Change::Schema {
            at: "/components/schemas/NqlApiExecuteV2Response/properties/data/items",
            also: || json!({ "type": "object", "additionalProperties": cell() }),
        },
        why: "`key1` and `key2` stand for the names of the query's columns, with cells as in v1",
        source: "the same names as the headers of v1, as public clients have it; UNSURE",
    },
    Amendment {
        document: "nql.json",
        change: Change::Schema {
            at: "/components/schemas/NqlApiExecuteResponse/properties/data/items/items",
            also: list_cell,
        },
        why: "NQL has arrays of text, and outputs of remote actions such as `[\"-\"]`; as JSON arrays: UNSURE",
        source: "the seed queries, which compare outputs of the type StringList",
    },
    Amendment {
        document: "nql.json",
        change: Change::Schema {
            at: "/components/schemas/NqlApiExecuteV2Response/properties/data/items",
            also: || json!({ "type": "object", "additionalProperties": { "anyOf": [cell(), list_cell()] } }),
        },
        why: "as for v1: arrays of text, beside the names of the columns",
        source: "the seed queries, which compare outputs of the type StringList",
    },
    Amendment {
        document: "remote-actions.json",
        change: Change::MayLack { schema: "RemoteAction", properties: &["description"] },
        why: "tenants leave out metadata that nobody has written",
        source: "ltaupiac/nexthink_api, test accepts_missing_optional_metadata_seen_in_api",
    },
    Amendment {
        document: "remote-actions.json",
        change: Change::MayBeNull { schema: "RemoteAction", properties: &["builtInContentVersion"] },
        why: "null where there is nothing to tell, as tenants have it for fields of this object",
        source: LAB,
    },
    Amendment {
        document: "remote-actions.json",
        change: Change::MayLack { schema: "ScriptInfo", properties: &["inputs"] },
        why: "tenants leave out metadata that nobody has written",
        source: "ltaupiac/nexthink_api, test accepts_missing_optional_metadata_seen_in_api",
    },
    Amendment {
        document: "remote-actions.json",
        change: Change::MayBeNull { schema: "ScriptInfo", properties: &["executionServiceDelegate"] },
        why: "null where there is nothing to tell, as tenants have it for fields of this object",
        source: LAB,
    },
    Amendment {
        document: "remote-actions.json",
        change: Change::MayLack { schema: "Output", properties: &["description"] },
        why: "tenants leave out metadata that nobody has written",
        source: "ltaupiac/nexthink_api, test accepts_missing_optional_metadata_seen_in_api",
    },
    Amendment {
        document: "workflows.json",
        change: Change::Schema { at: "/components/schemas/Workflow/properties/triggerMethods", also: trigger_methods },
        why: "the published schema refers to itself; tenants have an object of booleans",
        source: LAB,
    },
    Amendment {
        document: "workflows.json",
        change: Change::Schema { at: "/components/schemas/Workflow/properties/versions/items", also: version },
        why: "the published schema refers to itself; tenants have these names",
        source: LAB,
    },
    Amendment {
        document: "workflows.json",
        change: Change::MayLackParameters {
            operation: ("GET", "/api/v1/workflows"),
            names: &["dependency", "triggerMethod"],
        },
        why: "tenants list workflows without filters",
        source: "moveworks/developer-docs, connector for Nexthink; deploymenttheory/go-sdk-nexthink, lab validation",
    },
    Amendment {
        document: "workflows.json",
        change: Change::MayLack { schema: "ExecutionRequest", properties: &["devices", "users"] },
        why: "both are required, and the text beside each says that giving the other makes it optional",
        source: "the descriptions of `devices` and `users` in the document",
    },
    Amendment {
        document: "enrichment.json",
        change: Change::Schema { at: "/components/schemas/Field/properties/name", also: custom_field },
        why: "`#<custom_field_name>` stands for the NQL ID of a custom field",
        source: "the enumeration itself",
    },
    Amendment {
        document: "enrichment.json",
        change: Change::Schema {
            at: "/components/schemas/Field/properties/value",
            also: || json!({ "type": "string", "format": "date" }),
        },
        why: "a date is text, too: two schemas of `oneOf` fit where one must",
        source: "the document itself",
    },
];

fn cell() -> Value {
    json!({ "anyOf": [{ "type": "string", "nullable": true }, { "type": "number" }, { "type": "boolean" }] })
}

fn list_cell() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn trigger_methods() -> Value {
    let names = ["apiEnabled", "manualEnabled", "manualAllowMultipleInstances", "schedulingEnabled"];
    let properties: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), json!({ "type": "boolean" }))).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}

fn version() -> Value {
    let parameter = json!({
        "type": "object",
        "required": ["id", "allowCustomValue", "options"],
        "properties": {
            "id": { "type": "string", "minLength": 1 },
            "allowCustomValue": { "type": "boolean" },
            "options": { "type": "array", "items": { "type": "string" } },
        },
    });
    json!({
        "type": "object",
        "required": ["version", "status", "definition", "parameters", "valid", "hasDevice", "hasUser"],
        "properties": {
            "version": { "type": "integer", "minimum": 1 },
            "status": { "$ref": "#/components/schemas/Workflow.Status" },
            "definition": { "type": "string" },
            "parameters": { "type": "array", "items": parameter },
            "valid": { "type": "boolean" },
            "hasDevice": { "type": "boolean" },
            "hasUser": { "type": "boolean" },
        },
    })
}

fn custom_field() -> Value {
    let objects = "device/device|user/user|user/user/organization|binary/binary|package/package";
    json!({ "type": "string", "pattern": format!("^({objects})/#[A-Za-z0-9_]+$") })
}
