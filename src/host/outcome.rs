//! What something that was begun has come to, and what that says about the request behind it.

use crate::api::problem::{ErrorKind, NexthinkError};

/// What something came to. The facade knows these by numbers (pkg-template/src/pending.ts).
pub(super) enum Outcome {
    /// A status, or 0 where there is none; a text; bytes.
    Done {
        code: u16,
        text: Option<String>,
        bytes: Option<Vec<u8>>,
    },
    TimedOut,
    Aborted,
    /// Nothing was begun: the caller's signal had fired before.
    AbortedBefore,
    /// With the code of the error, where it has one.
    Failed(String),
    /// The answer has more bytes than allowed.
    TooLarge,
    /// The runtime has no such function.
    Lacking,
    /// The caller's signal cannot be asked.
    UnusableSignal,
}

impl Outcome {
    pub fn of(code: i32, text: Option<String>, bytes: Option<Vec<u8>>) -> Self {
        match code {
            -1 => Self::TimedOut,
            -2 => Self::Aborted,
            -4 => Self::TooLarge,
            -5 => Self::Lacking,
            -6 => Self::UnusableSignal,
            -7 => Self::AbortedBefore,
            code => match u16::try_from(code) {
                Ok(code) => Self::Done { code, text, bytes },
                Err(_) => Self::Failed(text.unwrap_or_default()),
            },
        }
    }

    /// The error of a request for an outcome that is none; `needed` is the function that did it.
    pub fn into_error(self, needed: &str) -> NexthinkError {
        let (kind, message) = match self {
            Self::TimedOut => (ErrorKind::Timeout, "the tenant did not answer in time".into()),
            Self::Aborted => (ErrorKind::Aborted, "the call was cancelled".into()),
            Self::AbortedBefore => return aborted_before(),
            Self::Failed(code) if code == UNPACK => return not_unpacked(),
            Self::Failed(code) => {
                let separator = if code.is_empty() { "" } else { ": " };
                let message = format!("the tenant could not be reached{separator}{code}");
                if NEVER_SENT.contains(&code.as_str()) {
                    return NexthinkError::new(ErrorKind::Network, message);
                }
                (ErrorKind::Network, message)
            }
            Self::TooLarge => return too_large(),
            Self::Lacking => return lacking(needed),
            Self::UnusableSignal => return unusable_signal(),
            Self::Done { .. } => (ErrorKind::Malformed, "`fetch` gave no answer".into()),
        };
        NexthinkError::lost(kind, message)
    }
}

/// What the facade calls a file that it cannot unpack.
const UNPACK: &str = "ERR_UNPACK";

/// Codes of failures before a connection was there: nothing can have reached the tenant. Those of a network that went
/// away while it was there are alike, and come with `read` or `write` before them.
const NEVER_SENT: [&str; 6] =
    ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

fn aborted_before() -> NexthinkError {
    NexthinkError::new(ErrorKind::Aborted, "the call was cancelled before its next step")
}

fn not_unpacked() -> NexthinkError {
    NexthinkError::new(ErrorKind::Malformed, "the file cannot be unpacked: it is no gzip, or this runtime has none")
}

fn too_large() -> NexthinkError {
    NexthinkError::lost(ErrorKind::Malformed, "the answer is larger than `maxResponseBytes` and was not read")
        .hint("if answers may be that large, give a larger `maxResponseBytes`; for many rows use `nql.export`")
}

/// The runtime has no such function, and neither has the user given one.
pub(super) fn lacking(option: &str) -> NexthinkError {
    NexthinkError::invalid(format!("this JavaScript runtime has no `{option}`"))
        .hint(format!("pass your own as `host.{option}` to `createClient`"))
}

fn unusable_signal() -> NexthinkError {
    NexthinkError::invalid("the call's `signal` cannot be used here")
        .hint("give a signal of the request that the call belongs to, not of another one")
}
