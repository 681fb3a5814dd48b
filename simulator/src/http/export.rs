//! `POST` and `GET /api/v1/nql/export`: begins an export. `GET /api/v1/nql/status/{exportId}`: how far it is, and the
//! link to its file, which `storage` serves.

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::SECOND;
use serde_json::{Value as Json, json};

use super::address::{self, Address};
use super::nql::{NOT_FOUND, Refusal, error};
use super::nql_answer::csv;
use super::nql_request::Wanted;
use super::{Handled, WireRequest, empty, json, storage};
use crate::compression::Compression;
use crate::exports::{Export, ExportFile, ExportState};
use crate::json::TimeStyle;
use crate::tenant::SimulatedTenant;

const STATUS: &str = "/api/v1/nql/status/";

/// The export that the path of a status request names.
fn status_of(path: &str) -> Option<&str> {
    path.strip_prefix(STATUS).filter(|id| !id.is_empty() && !id.contains('/'))
}

impl SimulatedTenant {
    pub(super) fn export_by_body(&mut self, request: &WireRequest) -> Handled {
        self.begin_export(request, Wanted::to_export(&request.body))
    }

    pub(super) fn export_by_query(&mut self, request: &WireRequest) -> Handled {
        self.begin_export(request, Wanted::to_export_from_query(address::query(&request.url)))
    }

    fn begin_export(&mut self, request: &WireRequest, wanted: Result<(Wanted, Compression), Response>) -> Handled {
        if let Err(refusal) = self.admit_nql(request) {
            return refusal.into();
        }
        let (wanted, compression) = match wanted {
            Ok(wanted) => wanted,
            Err(refusal) => return refusal.into(),
        };
        let response = match self.export_file(&wanted, compression) {
            Ok(file) => self.add_export(Ok(file)),
            Err(Refusal::AtOnce(response)) => response,
            Err(Refusal::Unusable(mistake)) => self.add_export(Err(mistake)),
        };
        Handled { query_id: Some(wanted.query_id), ..response.into() }
    }

    /// What the query gives now. Times are regional: the documents have no `x-utc-times` for exports.
    fn export_file(&self, wanted: &Wanted, compression: Compression) -> Result<ExportFile, Refusal> {
        let rows = self.rows(wanted, self.options.export_maximum_rows)?;
        Ok(ExportFile {
            bytes: compression.pack(csv(&rows.answer, TimeStyle::Regional)),
            compression,
            rows: rows.answer.rows.len(),
            is_truncated: rows.is_truncated,
        })
    }

    fn add_export(&mut self, result: Result<ExportFile, String>) -> Response {
        let id = self.random.uuid();
        let delay = self.random.between(2, 6).cast_signed() * SECOND;
        self.exports.add(Export::new(id.clone(), result, self.now, delay));
        json(200, &json!({ "exportId": id }))
    }

    pub(super) fn export_status(&mut self, request: &WireRequest) -> Handled {
        if let Err(refusal) = self.admit_nql(request) {
            return refusal.into();
        }
        let Some(address) = Address::read(&request.url) else { return empty(404).into() };
        let Some(export) = status_of(address.path).and_then(|id| self.exports.get(id)) else {
            return error(404, NOT_FOUND, "No export associated with that ID").into();
        };
        let body = |status: &str, url: Json, description: Json| json!({ "status": status, "resultsFileUrl": url, "errorDescription": description });
        let response = match export.state(self.now) {
            ExportState::Submitted => json(200, &body("SUBMITTED", Json::Null, Json::Null)),
            ExportState::InProgress => json(200, &body("IN_PROGRESS", Json::Null, Json::Null)),
            ExportState::Failed(description) => json(200, &body("ERROR", Json::Null, description.into())),
            ExportState::Completed(file) => {
                let path = storage::path_of(&export.id, file);
                let link = self.links.sign(&path, self.now);
                let url = format!("{}{link}", address.storage_origin(request));
                json(if file.is_truncated { 206 } else { 200 }, &body("COMPLETED", url.into(), Json::Null))
            }
        };
        response.into()
    }

    /// Whether a request to this path asks for the status of an export that is completed.
    pub(super) fn is_status_of_completed_export(&self, path: &str) -> bool {
        let export = status_of(path).and_then(|id| self.exports.get(id));
        export.is_some_and(|export| matches!(export.state(self.now), ExportState::Completed(_)))
    }
}
