//! An export: started, waited for, fetched and read, a step at a time. Between two steps nothing is fetched, so a slow
//! consumer slows the download and nothing piles up.

mod file;

use super::Client;
use super::event::Happening;
use super::host::{Download, Host};
use crate::api::http::Response;
use crate::api::nql::table::Table;
use crate::api::nql::{export, status};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::csv::JsonRows;
use crate::json::record;
use file::{is_expired, open};

/// The shortest and the longest pause between two looks at an export, in milliseconds.
const PAUSE_MS: (u32, u32) = (250, 15_000);
/// How often a file that is said to be there may have no address.
const LOOKS_FOR_ADDRESS: u32 = 10;
/// The longest row that is taken, in bytes.
const LONGEST_ROW: usize = 1 << 24;

/// An export under way.
pub struct Export<D> {
    input: export::Input,
    stage: Stage<D>,
    progress: ExportProgress,
    rows: JsonRows,
    /// Whether the file's address has been asked for again.
    renewed: bool,
    looks_for_address: u32,
}

enum Stage<D> {
    Begin,
    /// For the tenant, after a pause.
    Wait {
        pause_ms: u32,
    },
    Read(D),
    /// The file broke a rule after the rows that were given.
    Fail(NexthinkError),
    End,
}

record! {
    lenient
    /// How far an export is.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ExportProgress {
        /// The tenant's name for the export.
        pub export_id: String,
        /// The tenant's word: `SUBMITTED`, `IN_PROGRESS`, `COMPLETED`.
        pub status: String,
        /// Rows so far.
        pub rows: usize,
        /// Bytes of the file so far, unpacked.
        pub bytes: usize,
        /// Whether rows are missing because the tenant's licence allows no more.
        pub truncated: bool,
    }
}

/// What a step brought.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportStep {
    /// How far the export is.
    pub progress: ExportProgress,
    /// Rows as a list in JSON. The first of all is the header; cells are text.
    pub rows: String,
}

impl<D: Download> Export<D> {
    /// An export that has not begun.
    pub fn new(input: export::Input) -> Self {
        let progress =
            ExportProgress { export_id: String::new(), status: String::new(), rows: 0, bytes: 0, truncated: false };
        let rows = JsonRows::new(LONGEST_ROW).naming(|names| Table::of_columns(names).columns);
        Self { input, stage: Stage::Begin, progress, rows, renewed: false, looks_for_address: 0 }
    }

    /// Goes on by one step; nothing at the end. After an error it has ended.
    ///
    /// # Errors
    /// What starting, asking and fetching fail with; `server` where the tenant says that the export failed;
    /// `malformed` for a file that is no CSV, or whose address is neither HTTPS nor on this machine.
    pub async fn step<H: Host<Download = D>>(
        &mut self,
        client: &Client<H>,
    ) -> Result<Option<ExportStep>, NexthinkError> {
        let mut rows = String::from("[]");
        self.stage = match std::mem::replace(&mut self.stage, Stage::End) {
            Stage::Begin => self.begin(client).await?,
            Stage::Wait { pause_ms } => self.look(client, pause_ms).await?,
            Stage::Read(download) => {
                rows.clear();
                self.read(client, download, &mut rows).await?
            }
            Stage::Fail(error) => return Err(error),
            Stage::End => return Ok(None),
        };
        client.tell(export::OPERATION, || Happening::Export {
            export_id: self.progress.export_id.as_str().into(),
            status: self.progress.status.as_str().into(),
            rows: self.progress.rows,
            bytes: self.progress.bytes,
            truncated: self.progress.truncated,
        });
        Ok(Some(ExportStep { progress: self.progress.clone(), rows }))
    }

    async fn begin<H: Host>(&mut self, client: &Client<H>) -> Result<Stage<D>, NexthinkError> {
        let request = export::request(&client.settings().tenant, &self.input)?;
        let response = client.read(export::OPERATION, request).await?;
        let started = export::parse(&response).map_err(|error| client.timed(error))?;
        self.progress.export_id = started.export_id;
        "SUBMITTED".clone_into(&mut self.progress.status);
        Ok(Stage::Wait { pause_ms: PAUSE_MS.0 })
    }

    async fn look<H: Host<Download = D>>(
        &mut self,
        client: &Client<H>,
        pause_ms: u32,
    ) -> Result<Stage<D>, NexthinkError> {
        client.host().sleep(pause_ms).await?;
        let input = status::Input { export_id: self.progress.export_id.clone() };
        let request = status::request(&client.settings().tenant, &input)?;
        let response = client.read(status::OPERATION, request).await?;
        let answer = status::parse(&response).map_err(|error| client.timed(error))?;
        self.progress.status = answer.status;
        self.progress.truncated |= answer.truncated;
        let again = Stage::Wait { pause_ms: pause_ms.saturating_mul(2).min(PAUSE_MS.1) };
        let is = |word: &str| self.progress.status.eq_ignore_ascii_case(word);
        if is("ERROR") {
            return Err(refused(&response, answer.error_description));
        }
        if !is("COMPLETED") {
            return Ok(again);
        }
        let Some(address) = answer.results_file_url else {
            self.looks_for_address += 1;
            return match self.looks_for_address {
                ..LOOKS_FOR_ADDRESS => Ok(again),
                _ => Err(without_address(&response)),
            };
        };
        let (head, download) = open(client, address).await?;
        match (200..300).contains(&head.status) {
            true => file::check(&head).map(|()| Stage::Read(download)),
            // The address holds for 15 minutes: the export may have waited longer for its consumer.
            false if is_expired(head.status) && !self.renewed => {
                self.renewed = true;
                Ok(Stage::Wait { pause_ms: 0 })
            }
            false => Err(file::refused(&head)),
        }
    }

    async fn read<H: Host>(
        &mut self,
        client: &Client<H>,
        mut download: D,
        json: &mut String,
    ) -> Result<Stage<D>, NexthinkError> {
        let piece = download.next().await.map_err(|error| client.timed(error))?;
        let read = match &piece {
            Some(piece) => {
                self.progress.bytes += piece.len();
                self.rows.feed(piece, json)
            }
            None => self.rows.finish(json),
        };
        self.progress.rows = self.rows.count();
        Ok(match (read, piece) {
            (Err(error), _) => Stage::Fail(
                NexthinkError::new(ErrorKind::Malformed, format!("the export's file cannot be read: {error}"))
                    .hint("the rows before it were given; export again, and report the line if it stays"),
            ),
            (Ok(()), Some(_)) => Stage::Read(download),
            (Ok(()), None) => Stage::End,
        })
    }
}

/// The tenant's reason may repeat what was sent.
fn refused(response: &Response, reason: Option<String>) -> NexthinkError {
    let mut error = NexthinkError::new(ErrorKind::Server, "the tenant could not make the export")
        .hint("see `detail` for its reason; try the query in Nexthink, then export again");
    error.request_id = response.header("x-request-id").map(Into::into);
    error.detail = reason.map(Into::into);
    error
}

fn without_address(response: &Response) -> NexthinkError {
    NexthinkError::malformed(status::OPERATION, response, "the export is completed and has no address")
}
