//! A webhook of the tenant: who sent it (`credential`, `signature`), what its payload says (`template`), and what it is about.
//!
//! Nexthink's payloads have no schema: an administrator writes them as text with placeholders. What they say is not believed
//! by anybody: it tells which event it is and which run it is about (`run`), and the tenant is asked for the truth.

mod credential;
mod field;
mod pattern;
mod place;
#[cfg(test)]
mod properties;
mod run;
mod shape;
mod signature;
mod template;
#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

use self::credential::Secrets;
pub use self::run::KnownRun;
use self::template::Template;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::base64::encode_url;
use crate::json::{Json, Map, record, words};
use crate::nql::{HOUR, MINUTE, Timestamp};

/// How old an event may be that is news, where the host does not say.
const USUAL_AGE_MS: i64 = HOUR;

/// How far the tenant's clock may be ahead.
const AHEAD_MS: i64 = 5 * MINUTE;

/// The longest identity that goes out as it came; of a longer one, its digest.
const LONGEST_ID: usize = 256;

words! {
    /// What a webhook is about.
    pub enum WebhookKind {
        /// Something else: a payload of your own.
        Other = "other",
        /// A remote action has moved on; whether it has ended, `run` tells.
        RemoteAction = "remote-action",
        /// An alert was raised, or has changed.
        Alert = "alert",
    }
}

record! {
    strict
    /// How webhooks are taken.
    #[derive(Debug)]
    pub struct WebhookOptions {
        /// What senders prove themselves by, each of at least 16 bytes; any of them will do.
        pub secret: Vec<String>,
        /// The header that holds a secret as it is, where a gateway sends one.
        pub header: Option<String>,
        /// How payloads are read; absent: objects with our names or those of columns.
        pub template: Option<Json>,
        /// How old an event may be that is news, in milliseconds.
        pub max_age_ms: Option<u32>,
    }
}

record! {
    lenient
    /// What a webhook says. Nothing of it is proven but that the sender knows the secret.
    #[derive(Debug, Clone, PartialEq)]
    pub struct WebhookEvent {
        /// What it is about.
        pub kind: WebhookKind,
        /// Which event it is: the payload's own `id`; the `webhook-id` of a signed one; else a digest of the body.
        pub id: String,
        /// When it happened, as the payload says; absent where that cannot be told.
        pub time: Option<Timestamp>,
        /// Whether it is older than `maxAgeMs`, or of a time that is yet to come; absent where no time could be read, which is
        /// not the same as fresh.
        pub stale: Option<bool>,
        /// What the payload says, by our names where a field is known, and by the payload's own where not.
        #[cfg_attr(test, ts(type = "Record<string, JsonValue>"))]
        pub data: Json,
    }
}

/// Where webhooks arrive: options that were checked.
pub struct Endpoint {
    secrets: Secrets,
    template: Template,
    max_age_ms: i64,
}

impl Endpoint {
    /// Checks the options.
    ///
    /// # Errors
    /// `invalid`: without a secret nobody is let in, and neither by a short one; for a template that does not parse, with
    /// the place.
    pub fn new(options: WebhookOptions) -> Result<Self, NexthinkError> {
        Ok(Self {
            secrets: Secrets::new(&options.secret, options.header)?,
            template: Template::new(options.template)?,
            max_age_ms: options.max_age_ms.map_or(USUAL_AGE_MS, i64::from),
        })
    }

    /// Whether it is worth reading the body: the sender has a secret, or may have signed just now. Whether it has, only the
    /// body tells.
    ///
    /// # Errors
    /// `authentication`.
    pub fn admit(&self, headers: &Map<String>, now: Timestamp) -> Result<(), NexthinkError> {
        if self.secrets.is_presented(headers) || self.secrets.may_have_signed(headers, now) {
            return Ok(());
        }
        Err(unknown_sender())
    }

    /// What a webhook says. Headers go by their names in small letters.
    ///
    /// # Errors
    /// `authentication` for a sender without a right secret; `invalid` for a payload that cannot be read.
    pub fn receive(&self, headers: &Map<String>, body: &[u8], now: Timestamp) -> Result<WebhookEvent, NexthinkError> {
        let signed_id = self.secrets.signed_id(headers, body, now);
        if signed_id.is_none() && !self.secrets.is_presented(headers) {
            return Err(unknown_sender());
        }
        let text = std::str::from_utf8(body).map_err(|_| unreadable("the payload is not text in UTF-8"))?;
        let (kind, mut fields) = self.template.read(text.strip_prefix('\u{feff}').unwrap_or(text))?;
        fields.retain(|(name, _)| &**name != "__proto__");
        let data = without_placeholders(fields)?;
        let (kind, data) = kind_of(kind, data);
        let data = Json::Object(data);
        let time = data.get("time").and_then(Json::as_text).and_then(Timestamp::parse);
        let age_ms = time.map(|time| now.since(time));
        Ok(WebhookEvent {
            kind,
            id: id_of(&data).or(signed_id.filter(|id| id.len() <= LONGEST_ID)).unwrap_or_else(|| digest(body)),
            time,
            stale: age_ms.map(|age| age > self.max_age_ms || age < -AHEAD_MS),
            data,
        })
    }
}

impl WebhookEvent {
    /// Under what it is noted: foreign text makes no key, and no two kinds share one.
    pub fn key(&self) -> String {
        digest(format!("{}:{}", self.kind.word(), self.id).as_bytes())
    }
}

type Fields = Vec<(Box<str>, Json)>;

/// Without what was not filled in: the spelling of placeholders is not documented, and one that the tenant does not know may
/// arrive as it was written.
fn without_placeholders(mut fields: Fields) -> Result<Fields, NexthinkError> {
    let is_placeholder = |value: &Json| {
        value.as_text().map(str::trim).is_some_and(|text| text.starts_with("{{") && text.ends_with("}}"))
    };
    let all = fields.len();
    fields.retain(|(_, value)| !is_placeholder(value));
    // What the administrator has written into each payload says nothing of this one.
    if fields.len() < all && fields.iter().all(|(name, _)| &**name == "kind") {
        return Err(unreadable("no placeholder of the payload was filled in")
            .hint("choose the variables in Nexthink's editor of the webhook, whose spelling may be another"));
    }
    Ok(fields)
}

/// What it is about: as the host says, the payload says, or its fields tell.
fn kind_of(given: Option<WebhookKind>, mut fields: Fields) -> (WebhookKind, Fields) {
    let known = [WebhookKind::RemoteAction, WebhookKind::Alert, WebhookKind::Other];
    let told = fields.iter().position(|(name, _)| &**name == "kind").and_then(|at| {
        let told = fields.get(at).and_then(|(_, value)| value.as_text()).unwrap_or_default();
        let kind = known.into_iter().find(|kind| kind.word() == told)?;
        fields.remove(at);
        Some(kind)
    });
    let has = |wanted: &str| fields.iter().any(|(name, _)| **name == *wanted);
    let kind = given.or(told).unwrap_or_else(|| match () {
        () if has(field::REQUEST_ID) || has(field::EXTERNAL_REFERENCE) => WebhookKind::RemoteAction,
        () if has(field::MONITOR) => WebhookKind::Alert,
        () => WebhookKind::Other,
    });
    (kind, fields)
}

/// The event's own identity, where the payload has one.
fn id_of(data: &Json) -> Option<String> {
    let id = match data.get("id")? {
        Json::Text(text) if !text.is_empty() => text.to_string(),
        number @ Json::Number(_) => number.to_text(),
        _ => return None,
    };
    Some(if id.len() > LONGEST_ID { digest(id.as_bytes()) } else { id })
}

fn digest(bytes: &[u8]) -> String {
    encode_url(&Sha256::digest(bytes))
}

/// One answer to whatever is wrong with the proof: which part of it was right helps only those who guess.
fn unknown_sender() -> NexthinkError {
    let message = "the webhook's sender did not prove to know the secret";
    let hint = "in Nexthink's connector credential, give the secret as the token (Bearer) or the password (Basic)";
    coded("webhook-credential", NexthinkError::new(ErrorKind::Authentication, message).hint(hint))
}

/// A payload that cannot be read.
fn unreadable(message: impl Into<std::borrow::Cow<'static, str>>) -> NexthinkError {
    let hint = "compare the payload of the webhook in Nexthink with the `template`";
    coded("webhook-payload", NexthinkError::invalid(message).hint(hint))
}

fn coded(code: &str, mut error: NexthinkError) -> NexthinkError {
    error.code = Some(code.into());
    error
}

/// A whole number without a sign, such as a position in a list or a time in seconds.
fn whole_number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}
