//! An access token that several processes share through the client's store. The store holds a secret then; where it
//! fails, each process fetches a token of its own.

use sha2::{Digest, Sha256};

use super::host::Host;
use super::settings::{Access, Settings};
use crate::base64::encode_url;
use crate::json::{Json, Read, Write, record};
use crate::nql::Timestamp;

/// How long the store may take, in milliseconds: a token of one's own is there within a second.
const STORE_TIMEOUT_MS: u32 = 2_000;

record! {
    lenient
    /// A token as the store holds it.
    pub(super) struct StoredToken {
        /// The bearer token.
        pub access_token: String,
        /// When it ends.
        pub expires_at: Timestamp,
        /// The text that the store gave: what is to be replaced.
        pub text: Option<String>,
    }
}

/// Where the token of a client's credentials is.
pub(super) struct SharedToken {
    key: String,
}

impl SharedToken {
    /// None where the client shares no token.
    pub fn of(settings: &Settings) -> Option<Self> {
        if !settings.share_token {
            return None;
        }
        // Other credentials have other permissions. Their ID is no secret, but no business of the store's either.
        let whose = match &settings.access {
            Access::Credentials(credentials) => encode_url(&Sha256::digest(credentials.client_id.as_bytes())),
            Access::Provider => "provider".to_owned(),
        };
        Some(Self { key: settings.store_key("token", &whose) })
    }

    pub async fn stored<H: Host>(&self, host: &H) -> Option<StoredToken> {
        let text = host.store_get(&self.key, STORE_TIMEOUT_MS).await.ok()??;
        let token = Json::parse(text.as_bytes()).and_then(|json| StoredToken::read(json).ok());
        // What cannot be read has ended long ago: else it would stay there, and no token be shared.
        let ended = StoredToken { access_token: String::new(), expires_at: Timestamp(0), text: None };
        Some(StoredToken { text: Some(text), ..token.unwrap_or(ended) })
    }

    /// Puts a token into the store in place of an older one. That another process was faster does no harm.
    pub async fn store<H: Host>(
        &self,
        host: &H,
        older: Option<StoredToken>,
        access_token: &str,
        expires_at: Timestamp,
    ) {
        let token = StoredToken { access_token: access_token.to_owned(), expires_at, text: None };
        let Ok(ttl_ms) = u32::try_from(expires_at.since(host.now())) else { return };
        let expected = older.and_then(|older| older.text);
        let text = token.write().to_text();
        let _ = host.store_put(&self.key, expected.as_deref(), &text, ttl_ms, STORE_TIMEOUT_MS).await;
    }
}
