//! Who sends: secrets that are compared in constant time, each in full, whichever is right.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::signature::Signed;
use crate::api::problem::NexthinkError;
use crate::base64::decode_standard;
use crate::json::Map;
use crate::nql::Timestamp;

/// Fewer bytes can be guessed.
const SHORTEST: usize = 16;

/// How the secrets of Standard Webhooks begin.
const SIGNING: &str = "whsec_";

/// The secrets of which any is good enough.
pub(super) struct Secrets {
    /// What is sent as it is.
    plain: Vec<Vec<u8>>,
    /// What signs, and is never sent.
    signing: Vec<Vec<u8>>,
    header: Option<String>,
}

impl Secrets {
    /// # Errors
    /// `invalid` where there is none, or one that could be guessed, and for a header that can be none.
    pub fn new(given: &[String], header: Option<String>) -> Result<Self, NexthinkError> {
        if given.is_empty() {
            return Err(NexthinkError::invalid("there is no `secret`: anybody could send webhooks")
                .hint("give the secret of the tenant's connector credential; while you change it, a list of both"));
        }
        let (mut plain, mut signing) = (Vec::new(), Vec::new());
        for secret in given {
            let (bytes, kind) = match secret.strip_prefix(SIGNING) {
                Some(encoded) => (decode_standard(encoded).unwrap_or_default(), &mut signing),
                None => (secret.clone().into_bytes(), &mut plain),
            };
            if bytes.len() < SHORTEST {
                return Err(NexthinkError::invalid("a `secret` has fewer than 16 bytes and could be guessed")
                    .hint("take 32 random bytes as text; of one that begins with `whsec_`, the rest is base64"));
            }
            kind.push(bytes);
        }
        if let Some(name) = &header {
            let is_name = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            if !is_name || name.eq_ignore_ascii_case("authorization") {
                return Err(NexthinkError::invalid("`header` is no name of a header of your own")
                    .hint("give one like `x-webhook-secret`; `authorization` is looked at in any case"));
            }
        }
        Ok(Self { plain, signing, header: header.map(|name| name.to_ascii_lowercase()) })
    }

    /// Whether a secret came with it: as a token, a password, or in the header.
    pub fn is_presented(&self, headers: &Map<String>) -> bool {
        let mut found = self.is_one(&from_authorization(headers).unwrap_or_default());
        if let Some(name) = &self.header {
            found |= self.is_one(headers.get(name).map(|value| value.trim()).unwrap_or_default().as_bytes());
        }
        found
    }

    /// Whether the body may be signed with a secret.
    pub fn may_have_signed(&self, headers: &Map<String>, now: Timestamp) -> bool {
        !self.signing.is_empty() && Signed::read(headers, now).is_some()
    }

    /// The `webhook-id`, where a secret has signed it together with the body, not long ago.
    pub fn signed_id(&self, headers: &Map<String>, body: &[u8], now: Timestamp) -> Option<String> {
        let signed = Signed::read(headers, now).filter(|signed| signed.is_by_one_of(&self.signing, body))?;
        Some(signed.id.to_owned())
    }

    /// Compared by their codes: those are of one length, and every secret is looked at whether one was right already.
    fn is_one(&self, presented: &[u8]) -> bool {
        let code = code(presented).map(|mac| mac.finalize().into_bytes()).unwrap_or_default();
        let mut found = false;
        for secret in &self.plain {
            found |= self::code(secret).is_some_and(|mac| mac.verify_slice(&code).is_ok());
        }
        found
    }
}

fn code(text: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"nexthink-chatbot webhook 1").ok()?;
    mac.update(text);
    Some(mac)
}

/// The token of `Bearer`, or the password of `Basic`; whose name comes with it does not matter.
fn from_authorization(headers: &Map<String>) -> Option<Vec<u8>> {
    let (scheme, rest) = headers.get("authorization")?.trim().split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().as_bytes().to_vec());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = decode_standard(rest.trim())?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    decoded.get(colon + 1..).map(<[u8]>::to_vec)
}
