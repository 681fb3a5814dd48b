//! What execute and export are asked for: which saved query, with which parameters, and how to compress the export.

use std::collections::BTreeMap;

use nexthink_chatbot::api::http::Response;
use serde_json::{Map, Value as Json};

use super::form;
use super::nql::{BAD_PARAMETER, BAD_REQUEST, error};
use crate::compression::Compression;
use crate::saved_queries::is_query_id;

/// The saved query that is asked for, checked as far as the request alone can be.
pub(super) struct Wanted {
    pub query_id: String,
    pub parameters: BTreeMap<String, String>,
}

impl Wanted {
    fn read(body: &Map<String, Json>) -> Result<Self, Response> {
        let Some(query_id) = body.get("queryId").and_then(Json::as_str).filter(|id| is_query_id(id)) else {
            return refuse("The queryId must match ^#[a-z0-9_]{2,255}$");
        };
        let mut parameters = BTreeMap::new();
        match body.get("parameters") {
            None | Some(Json::Null) => {}
            Some(Json::Object(given)) => {
                for (name, value) in given {
                    let Json::String(value) = value else {
                        return Err(error(400, BAD_PARAMETER, &format!("The parameter '{name}' is no string")));
                    };
                    parameters.insert(name.clone(), value.clone());
                }
            }
            Some(_) => return refuse("The parameters are no object"),
        }
        Ok(Self { query_id: query_id.to_owned(), parameters })
    }

    /// From the body of an execution.
    pub fn to_execute(body: &[u8]) -> Result<Self, Response> {
        Self::read(&object(body)?)
    }

    /// From the body of an export, and how it is to be compressed.
    pub fn to_export(body: &[u8]) -> Result<(Self, Compression), Response> {
        let body = object(body)?;
        let compression = match body.get("compression") {
            None | Some(Json::Null) => Compression::None,
            Some(word) => compression(word.as_str().unwrap_or_default())?,
        };
        Ok((Self::read(&body)?, compression))
    }

    /// The same from the query string of an export; the parameters are JSON there, too.
    pub fn to_export_from_query(query: &str) -> Result<(Self, Compression), Response> {
        let compression = match form::value(query, "compression") {
            None => Compression::None,
            Some(word) => compression(&word)?,
        };
        let mut body = Map::new();
        body.insert("queryId".to_owned(), form::value(query, "queryId").into());
        if let Some(parameters) = form::value(query, "parameters") {
            let Ok(parameters) = serde_json::from_str(&parameters) else {
                return refuse("The parameters are no JSON");
            };
            body.insert("parameters".to_owned(), parameters);
        }
        Ok((Self::read(&body)?, compression))
    }
}

fn object(body: &[u8]) -> Result<Map<String, Json>, Response> {
    match serde_json::from_slice(body) {
        Ok(Json::Object(body)) => Ok(body),
        _ => refuse("The body is no JSON object"),
    }
}

fn compression(word: &str) -> Result<Compression, Response> {
    Compression::named(word).map_or_else(|| refuse("The compression must be NONE, GZIP or ZSTD"), Ok)
}

fn refuse<T>(message: &str) -> Result<T, Response> {
    Err(error(400, BAD_REQUEST, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_string_says_the_same_as_a_body() {
        let body = br##"{"queryId":"#a_b","parameters":{"name":"x y"},"compression":"GZIP"}"##;
        let query = "queryId=%23a_b&parameters=%7B%22name%22%3A%22x%20y%22%7D&compression=GZIP";
        for read in [Wanted::to_export(body), Wanted::to_export_from_query(query)] {
            let (wanted, compression) = read.ok().unwrap();
            assert_eq!((wanted.query_id.as_str(), compression), ("#a_b", Compression::Gzip));
            assert_eq!(wanted.parameters.get("name").map(String::as_str), Some("x y"));
        }
        // An unescaped # begins the fragment, which never arrives.
        for query in ["", "queryId=", "queryId=a_b", "queryId=%23a_b&parameters=x", "queryId=%23a_b&compression=gzip"] {
            assert!(Wanted::to_export_from_query(query).is_err_and(|response| response.status == 400), "{query}");
        }
    }
}
