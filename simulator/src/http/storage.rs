//! The object storage that holds the files of exports: no part of Nexthink's API, with errors of its own in XML. It
//! takes signed links and refuses tokens.

use nexthink_chatbot::api::http::Response;

use super::signed_link::BadLink;
use super::{WireRequest, address};
use crate::exports::{ExportFile, ExportState};
use crate::tenant::SimulatedTenant;

const FOLDER: &str = "/nql-exports/";

/// Where the file of an export lies.
pub(super) fn path_of(export_id: &str, file: &ExportFile) -> String {
    format!("{FOLDER}{export_id}.{}", file.compression.extension())
}

/// Whether the path leads to storage: with a server on this machine, both APIs and files have the same host.
pub(super) fn holds(path: &str) -> bool {
    path.starts_with(FOLDER)
}

impl SimulatedTenant {
    pub(super) fn download(&self, request: &WireRequest, path: &str) -> Response {
        if request.header("authorization").is_some() {
            return refusal(400, "InvalidArgument", "Only one auth mechanism allowed");
        }
        if request.method != "GET" {
            return refusal(405, "MethodNotAllowed", "This link is for GET");
        }
        match self.links.check(path, address::query(&request.url), self.now) {
            Ok(()) => {}
            Err(BadLink::Unsigned) => return refusal(403, "AccessDenied", "Access Denied"),
            Err(BadLink::WrongSignature) => {
                return refusal(403, "SignatureDoesNotMatch", "The signature is not that of this link");
            }
            Err(BadLink::Expired) => return refusal(403, "AccessDenied", "Request has expired"),
        }
        match self.stored(path) {
            Some(file) => Response {
                status: 200,
                headers: vec![("content-type".to_owned(), file.compression.content_type().to_owned())],
                body: file.bytes.clone(),
            },
            None => refusal(404, "NoSuchKey", "The file does not exist"),
        }
    }

    fn stored(&self, path: &str) -> Option<&ExportFile> {
        let (id, _) = path.strip_prefix(FOLDER)?.split_once('.')?;
        match self.exports.get(id)?.state(self.now) {
            ExportState::Completed(file) => Some(file),
            _ => None,
        }
    }
}

/// An error as object storage has it. The codes are those that clients look at; the words are ours.
fn refusal(status: u16, code: &str, message: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let headers = vec![("content-type".to_owned(), "application/xml".to_owned())];
    Response { status, headers, body: body.into_bytes() }
}
