//! The file of an export: at a storage that is not the tenant, at an address that is a secret and ends.

use crate::api::http::{Method, Request, Response};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::tenant::is_confidential;
use crate::client::Client;
use crate::client::event::Happening;
use crate::client::host::{Bounds, Host};
use crate::client::retry::Attempts;

/// What errors and events call the download.
pub(super) const OPERATION: &str = "nql.download";

/// Whether a status is one of those by which storages say that an address has ended: 400 and 403, as they do for a
/// signature that does not hold, 404 and 410.
pub(super) const fn is_expired(status: u16) -> bool {
    matches!(status, 400 | 403 | 404 | 410)
}

/// Whether an answer can be the file. A page would be read as a file of one column, and without rows be taken for an
/// empty export.
///
/// # Errors
/// `malformed` for a page, as a proxy puts one in the file's place.
pub(super) fn check(head: &Response) -> Result<(), NexthinkError> {
    let is_page = head.header("content-type").is_some_and(|kind| kind.trim_start().starts_with("text/html"));
    if !is_page {
        return Ok(());
    }
    let mut error = NexthinkError::new(ErrorKind::Malformed, "an HTML page came in place of the export's file");
    error.status = Some(head.status);
    Err(error.hint("check whether a proxy or a sign-in page stands between here and the tenant's storage"))
}

/// What a refusal of the storage means. The token has no part in it, so that 403 says nothing of permissions, and 404
/// nothing of the query.
pub(super) fn refused(head: &Response) -> NexthinkError {
    let mut error = NexthinkError::from_response(OPERATION, head);
    if is_expired(head.status) {
        error.kind = ErrorKind::Server;
        error = error.hint("the storage takes no address that the tenant gives for the file; export again");
    }
    error
}

/// Begins to fetch the file. The token stays at home: the address is signed, and a storage refuses both at once.
///
/// # Errors
/// `malformed` for an address that would be fetched in the open; `network`, `timeout`, `aborted`.
pub(super) async fn open<H: Host>(
    client: &Client<H>,
    address: String,
) -> Result<(Response, H::Download), NexthinkError> {
    if !is_confidential(&address) {
        let message = "the tenant gave an address for the export's file that is neither HTTPS nor on this machine";
        return Err(NexthinkError::new(ErrorKind::Malformed, message).hint("check who answers at `apiUrl`"));
    }
    let host = client.host();
    let timeout_ms = client.settings().timeout_ms;
    let mut attempts = Attempts::first(OPERATION);
    loop {
        let request = Request { method: Method::Get, url: address.clone(), headers: Vec::new(), body: None };
        client.tell(OPERATION, || Happening::Request { attempt: attempts.number });
        let begun = host.now();
        let outcome = host.open(request, Bounds { timeout_ms, maximum_bytes: u32::MAX, is_repeatable: true }).await;
        let (head, download) = match outcome {
            Ok((head, download)) => (Ok(head), Some(download)),
            Err(error) => (Err(error.of_read()), None),
        };
        client.tell(OPERATION, || Happening::response(attempts.number, &head, host.now().since(begun)));
        if attempts.next(client, &head).await? {
            continue;
        }
        return match (head, download) {
            (Ok(head), Some(download)) => Ok((head, download)),
            (Err(error), _) => Err(error),
            (Ok(_), None) => Err(NexthinkError::new(ErrorKind::Internal, "an answer without a body")),
        };
    }
}
