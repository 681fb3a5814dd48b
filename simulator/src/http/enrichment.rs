//! `POST /api/v1/enrichment/data/fields`: writes fields of devices and employees. What one object says wrong spoils
//! that object alone: the answer is 207 where others were written, and 400 where none was.

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::Value;
use serde_json::{Value as Json, json};

use super::body::{Fields, Read};
use super::identifiers::OBJECTS;
use super::{WireRequest, json};
use crate::enrichment::{Enriched, ObjectKind, can_be_written};
use crate::fleet::{Finder, Identity};
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;

/// The codes of errors. `ENRICH_011` is known from the vendor's answers, the others are ours.
const INVALID_REQUEST: &str = "ENRICH_001";
const UNKNOWN_OBJECT: &str = "ENRICH_003";
const UNKNOWN_FIELD: &str = "ENRICH_004";
const WRONG_TYPE: &str = "ENRICH_011";

/// What identifies an object.
const IDENTIFICATIONS: [&str; 7] = [
    "device/device/name",
    "device/device/uid",
    "user/user/sid",
    "user/user/uid",
    "user/user/upn",
    "binary/binary/uid",
    "package/package/uid",
];

/// One object and what is to be written on it, as sent.
struct Enrichment {
    name: String,
    value: String,
    fields: Vec<(String, Json)>,
}

/// A code and a message.
type Mistake = (&'static str, String);

impl Enrichment {
    fn read_all(body: &[u8]) -> Read<Vec<Self>> {
        let body = Fields::of_body(body)?;
        body.some_text("domain")?;
        let list = body.given("enrichments", body.list("enrichments", &OBJECTS)?)?;
        let read = |(position, element)| Self::read(&Fields::of_element(element, "enrichments", position)?);
        list.iter().enumerate().map(read).collect()
    }

    fn read(enrichment: &Fields) -> Read<Self> {
        let [identification] = enrichment.given("identification", enrichment.list("identification", &(1..=1))?)? else {
            return Err("`identification` must have one entry".into());
        };
        let identification = Fields::of_element(identification, "identification", 0)?;
        let text = |name: &str| identification.given(name, identification.text(name)?).map(str::to_owned);
        let name = text("name")?;
        // An answer that tells of an object must name it as the document has it, so that this cannot be told of one.
        if !IDENTIFICATIONS.contains(&name.as_str()) {
            return Err(format!("`{name}` identifies no object; allowed are {}", IDENTIFICATIONS.join(", ")));
        }
        let list = enrichment.given("fields", enrichment.list("fields", &(1..=usize::MAX))?)?;
        let mut fields = Vec::with_capacity(list.len());
        for (position, element) in list.iter().enumerate() {
            let field = Fields::of_element(element, "fields", position)?;
            let name = field.given("name", field.text("name")?)?.to_owned();
            fields.push((name, field.given("value", field.value("value"))?.clone()));
        }
        Ok(Self { name, value: text("value")?, fields })
    }
}

impl SimulatedTenant {
    pub(super) fn enrich(&mut self, request: &WireRequest) -> Response {
        let forbidden =
            || json(403, &json!({ "message": "The credentials lack the permission for the Enrichment API" }));
        if let Err(refusal) = self.admit(request, Permission::Enrichment, forbidden) {
            return refusal;
        }
        let enrichments = match Enrichment::read_all(&request.body) {
            Ok(enrichments) => enrichments,
            Err(mistake) => return json(400, &json!({ "code": INVALID_REQUEST, "message": mistake })),
        };
        let objects = Objects {
            devices: Finder::of_devices(&self.fleet, self.now),
            employees: Finder::of_employees(&self.fleet, self.now),
        };
        let errors: Vec<Json> = enrichments
            .iter()
            .filter_map(|enrichment| {
                let mistakes = self.write_fields(&objects, enrichment).err()?;
                let errors = mistakes.into_iter().map(|(code, message)| json!({ "message": message, "code": code }));
                Some(json!({
                    "identification": [{ "name": enrichment.name, "value": enrichment.value }],
                    "errors": errors.collect::<Json>(),
                }))
            })
            .collect();
        match errors.len() {
            0 => json(200, &json!({ "status": "success" })),
            failed if failed == enrichments.len() => json(400, &json!({ "status": "error", "errors": errors })),
            _ => json(207, &json!({ "status": "partial_success", "errors": errors })),
        }
    }

    /// Writes all fields of one object, or none.
    fn write_fields(&mut self, objects: &Objects, enrichment: &Enrichment) -> Result<(), Vec<Mistake>> {
        let (prefix, object) = objects.identified(enrichment).map_err(|mistake| vec![mistake])?;
        let read = enrichment.fields.iter().map(|(name, value)| {
            let field = written_name(prefix, object, name);
            let field = field.ok_or_else(|| (UNKNOWN_FIELD, format!("{name} is no field of this object")))?;
            Ok((field, written(name, value)?))
        });
        let (fields, mistakes): (Vec<_>, Vec<Result<_, Mistake>>) = read.partition(Result::is_ok);
        if !mistakes.is_empty() {
            return Err(mistakes.into_iter().filter_map(Result::err).collect());
        }
        for (field, value) in fields.into_iter().flatten() {
            self.fleet.enriched.write(object, &field, value);
        }
        Ok(())
    }
}

/// All that can be enriched.
struct Objects {
    devices: Finder,
    employees: Finder,
}

impl Objects {
    /// The object, and how the names of its fields begin.
    fn identified(&self, enrichment: &Enrichment) -> Result<(&'static str, Enriched), Mistake> {
        let unknown = || (UNKNOWN_OBJECT, format!("No object with {} '{}'", enrichment.name, enrichment.value));
        let device = |key| {
            let found = self.devices.find(&Identity::of(key, &enrichment.value));
            found.map(|position| ("device/device/", Enriched::Device(position))).ok_or_else(unknown)
        };
        let user = |key| {
            let found = self.employees.find(&Identity::of(key, &enrichment.value));
            found.map(|position| ("user/user/", Enriched::Employee(position))).ok_or_else(unknown)
        };
        match enrichment.name.as_str() {
            "device/device/name" => device("name"),
            "device/device/uid" => device("uid"),
            "user/user/sid" => user("sid"),
            "user/user/uid" => user("uid"),
            "user/user/upn" => user("upn"),
            // Binaries and packages have no UID that this tenant knows.
            _ => Err(unknown()),
        }
    }
}

/// The name that NQL has after the object, where it is that of a field that can be written.
fn written_name(prefix: &str, object: Enriched, name: &str) -> Option<String> {
    let kind = match object {
        Enriched::Device(_) => ObjectKind::Device,
        Enriched::Employee(_) => ObjectKind::Employee,
    };
    let field = name.strip_prefix(prefix).filter(|field| !field.contains('.'))?.replace('/', ".");
    can_be_written(kind, &field).then_some(field)
}

/// Text, a whole number, or a date as text.
fn written(name: &str, value: &Json) -> Result<Value, Mistake> {
    match value {
        Json::String(text) => Ok(text.as_str().into()),
        #[expect(clippy::cast_precision_loss, reason = "NQL has no other numbers")]
        Json::Number(number) if number.is_i64() => Ok(Value::Number(number.as_i64().unwrap_or_default() as f64)),
        _ => Err((WRONG_TYPE, format!("Wrong type for field {name}: neither text nor a whole number"))),
    }
}
