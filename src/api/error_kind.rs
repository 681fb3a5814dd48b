//! The words by which programs tell errors apart, and what each kind of error advises.

use crate::json::words;

words! {
    /// What went wrong, in one word.
    pub enum ErrorKind {
        /// The credentials or the token were not accepted.
        Authentication = "authentication",
        /// The credentials lack a permission.
        Permission = "permission",
        /// There is no such query, remote action, device or playbook.
        NotFound = "not-found",
        /// The caller's input breaks a rule.
        Invalid = "invalid",
        /// The tenant wants fewer calls.
        RateLimited = "rate-limited",
        /// No answer in time.
        Timeout = "timeout",
        /// The caller cancelled.
        Aborted = "aborted",
        /// The tenant could not be reached.
        Network = "network",
        /// The tenant failed.
        Server = "server",
        /// The answer is not what the API documents.
        Malformed = "malformed",
        /// A guard rail of this client forbids it.
        Refused = "refused",
        /// The proposal's token is not a valid consent.
        Consent = "consent",
        /// A fault of this package.
        Internal = "internal",
    }
}

words! {
    /// Whether something happened in the tenant although the call failed.
    pub enum SideEffect {
        /// Nothing was sent, or it was refused.
        None = "none",
        /// It happened.
        Done = "done",
        /// It was sent and no answer came: look before acting again.
        Unknown = "unknown",
    }
}

impl ErrorKind {
    /// What to do about it, in one sentence.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Self::Authentication => {
                "check that the client ID and secret are right and belong to this instance and region"
            }
            Self::Permission => {
                "give the API credentials the permission for this API in the Nexthink administration, under API credentials"
            }
            Self::NotFound => {
                "check the ID; an object that the credentials may not use looks the same as one that does not exist"
            }
            Self::Invalid => "correct the input and call again",
            Self::RateLimited => "wait as long as `retryAfterMs` says, then call again",
            Self::Timeout => "call again later, or give a longer `timeoutMs`",
            Self::Aborted => "the caller's signal cancelled the call",
            Self::Network => {
                "check that the instance and region are right and that this machine may reach the tenant over HTTPS"
            }
            Self::Server => "call again in a minute; if it goes on, give the request ID to Nexthink's support",
            Self::Malformed => {
                "check `instance`, `region` and `apiUrl`: a proxy or a login page may have answered in the tenant's place"
            }
            Self::Refused => "see `readOnly` and `allowedRemoteActions`",
            Self::Consent => "propose again and ask the employee again",
            Self::Internal => "please report this message: it is a fault of nexthink-chatbot",
        }
    }

    /// Whether the same call can succeed later without a change.
    pub(super) const fn retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::Timeout | Self::Network | Self::Server)
    }
}
