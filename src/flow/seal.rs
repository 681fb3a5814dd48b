//! Text that leaves and comes back unchanged or not at all: HMAC-SHA-256 over the text, what it is for, and the tenant.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::base64::{decode_url, encode_url};
use crate::client::{Access, Settings};

/// What a text is signed for; what is signed for one purpose does not hold for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// An employee's consent to one remote action.
    Consent,
    /// That `identify` returned a device for an employee.
    Device,
    /// That `diagnose` returned a diagnosis.
    Diagnosis,
    /// A record of the audit.
    Audit,
    /// A value that is handed out to be sent back.
    Handed,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Consent => "nexthink-chatbot consent 1",
            Self::Device => "nexthink-chatbot device 1",
            Self::Diagnosis => "nexthink-chatbot diagnosis 1",
            Self::Audit => "nexthink-chatbot audit 1",
            Self::Handed => "nexthink-chatbot handed 1",
        }
    }
}

/// The keys of one tenant: the first signs, all verify.
pub(super) struct Keys {
    keys: Vec<Vec<u8>>,
    instance: String,
    region: String,
}

impl Keys {
    /// The configured keys, or one derived from the client secret. Never a random one: no other process could verify
    /// it.
    ///
    /// # Errors
    /// `invalid` where there is neither.
    pub fn of(settings: &Settings) -> Result<Self, NexthinkError> {
        let (instance, region) = (settings.tenant.instance(), settings.tenant.region());
        let mut keys = settings.consent_keys.clone();
        if keys.is_empty() {
            keys =
                secrets(settings)?.iter().filter_map(|secret| derived(secret, "consent", instance, region)).collect();
        }
        Ok(Self { keys, instance: instance.to_owned(), region: region.to_owned() })
    }

    /// The keys of the audit, derived from a client's consent keys, or else from its client secret. Who is to verify
    /// the audit needs no settings.
    pub fn of_audit(secrets: &[Vec<u8>], instance: &str, region: &str) -> Self {
        let keys = secrets.iter().filter_map(|secret| derived(secret, "audit", instance, region)).collect();
        Self { keys, instance: instance.to_owned(), region: region.to_owned() }
    }

    /// The code of a text; empty where there is no key, which verifies nothing.
    pub fn sign(&self, purpose: Purpose, text: &str) -> String {
        self.authenticators(purpose, text)
            .next()
            .map(|mac| encode_url(&mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    /// Whether a code is that of a text, by any key. Compared in constant time.
    pub fn verify(&self, purpose: Purpose, text: &str, code: &str) -> bool {
        let code = decode_url(code).unwrap_or_default();
        self.authenticators(purpose, text).any(|mac| mac.verify_slice(&code).is_ok())
    }

    fn authenticators(&self, purpose: Purpose, text: &str) -> impl Iterator<Item = Hmac<Sha256>> {
        let parts = [purpose.label(), &self.instance, &self.region, text].map(field);
        self.keys.iter().filter_map(move |key| {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
            parts.iter().for_each(|part| mac.update(part));
            Some(mac)
        })
    }
}

/// Seals a text: `<text>.<code>`, both in URL-safe base64.
///
/// # Errors
/// `invalid` where there is no key to sign with.
pub(super) fn seal(settings: &Settings, purpose: Purpose, text: &str) -> Result<String, NexthinkError> {
    let code = Keys::of(settings)?.sign(purpose, text);
    let text = encode_url(text.as_bytes());
    Ok(format!("{text}.{code}"))
}

/// Opens a sealed text; every key may have sealed it.
///
/// # Errors
/// `consent` for whatever is not exactly what `seal` gave.
pub(super) fn open(settings: &Settings, purpose: Purpose, sealed: &str) -> Result<String, NexthinkError> {
    let refused = || {
        NexthinkError::new(ErrorKind::Consent, "the proposal's token was altered, cut short or made by someone else")
    };
    let keys = Keys::of(settings)?;
    let (text, code) = sealed.split_once('.').ok_or_else(refused)?;
    let text = decode_url(text).ok_or_else(refused)?;
    let text = String::from_utf8(text).map_err(|_| refused())?;
    if keys.verify(purpose, &text, code) { Ok(text) } else { Err(refused()) }
}

/// What a client's keys come from: its consent keys, else its client secret.
///
/// # Errors
/// `invalid` where there is neither.
pub(super) fn secrets(settings: &Settings) -> Result<Vec<Vec<u8>>, NexthinkError> {
    if !settings.consent_keys.is_empty() {
        return Ok(settings.consent_keys.clone());
    }
    match &settings.access {
        Access::Credentials(credentials) => Ok(vec![credentials.client_secret.as_bytes().to_vec()]),
        Access::Provider => {
            Err(NexthinkError::invalid("there is neither a `consentKey` nor a client secret to sign proposals with")
                .hint("give a `consentKey` of at least 32 random bytes, the same in every process"))
        }
    }
}

fn derived(secret: &[u8], of: &str, instance: &str, region: &str) -> Option<Vec<u8>> {
    let mut key = vec![0; 32];
    let info: [&[u8]; 3] = [of.as_bytes(), &field(instance), &field(region)];
    Hkdf::<Sha256>::new(Some(b"nexthink-chatbot"), secret).expand_multi_info(&info, &mut key).ok()?;
    Some(key)
}

/// A text with its length before it, so that no two lists of texts give the same bytes.
fn field(text: &str) -> Vec<u8> {
    let mut bytes = (text.len() as u64).to_be_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Options;
    use crate::json::{Json, Map, Read};

    /// Without a secret, tokens come from elsewhere.
    fn settings(instance: &str, secret: &str, keys: &[&str]) -> Settings {
        let access = match secret {
            "" => r#""tokenProvider":true"#.to_owned(),
            _ => format!(r#""credentials":{{"clientId":"id","clientSecret":"{secret}"}}"#),
        };
        let options = format!(r#"{{"instance":"{instance}","region":"eu",{access}}}"#);
        let options = Options::read(Json::parse(options.as_bytes()).unwrap()).unwrap();
        Settings::new(options, keys.iter().map(|key| key.as_bytes().to_vec()).collect(), Map::default()).unwrap()
    }

    fn opens(settings: &Settings, sealed: &str) -> bool {
        open(settings, Purpose::Consent, sealed).is_ok()
    }

    #[test]
    fn what_was_sealed_opens_and_nothing_else_does() {
        let settings = settings("acme", "secret", &[]);
        let sealed = seal(&settings, Purpose::Consent, "{\"a\":1}").unwrap();
        assert_eq!(open(&settings, Purpose::Consent, &sealed).unwrap(), "{\"a\":1}");
        for position in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[position] ^= 1;
            let changed = String::from_utf8(changed).unwrap();
            assert!(!opens(&settings, &changed), "character {position}");
            assert!(!opens(&settings, sealed.split_at(position).0), "cut at {position}");
        }
        for rubbish in ["", ".", "a.b", "e30.e30", "é.é"] {
            let error = open(&settings, Purpose::Consent, rubbish).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Consent, "{rubbish}");
        }
    }

    #[test]
    fn another_tenant_or_secret_does_not_open_it() {
        let sealed = seal(&settings("acme", "secret", &[]), Purpose::Consent, "x").unwrap();
        assert!(!opens(&settings("other", "secret", &[]), &sealed));
        assert!(!opens(&settings("acme", "terces", &[]), &sealed));
        let key = "k".repeat(32);
        let sealed = seal(&settings("acme", "secret", &[&key]), Purpose::Consent, "x").unwrap();
        assert!(!opens(&settings("other", "secret", &[&key]), &sealed));
    }

    #[test]
    fn keys_rotate() {
        let (old, new) = ("o".repeat(32), "n".repeat(32));
        let sealed = seal(&settings("acme", "", &[&old]), Purpose::Consent, "x").unwrap();
        assert!(opens(&settings("acme", "", &[&new, &old]), &sealed));
        assert!(!opens(&settings("acme", "", &[&new]), &sealed));
    }

    #[test]
    fn without_any_key_nothing_is_signed() {
        let error = seal(&settings("acme", "", &[]), Purpose::Consent, "x").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid);
    }
}
