//! An export as JavaScript holds it: a step at a time, each when the consumer asks for it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{JSON, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::future_to_promise;

use super::answer::{throw, write};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Export, Host};
use crate::host::JavaScriptHost;

type JavaScriptExport = Export<<JavaScriptHost as Host>::Download>;

/// An export under way. Freed before its end, what is left of its file is not fetched.
#[wasm_bindgen]
pub struct ExportCore {
    client: Rc<Client<JavaScriptHost>>,
    /// Gone while a step is under way, and after the end.
    export: Rc<RefCell<Option<JavaScriptExport>>>,
}

impl ExportCore {
    pub(super) fn new(client: Client<JavaScriptHost>, export: JavaScriptExport) -> Self {
        Self { client: Rc::new(client), export: Rc::new(RefCell::new(Some(export))) }
    }
}

#[wasm_bindgen]
impl ExportCore {
    /// The next step: how far the export is, and a `list` of rows; undefined at the end. There are few of them, and each has
    /// many rows: a promise of `wasm-bindgen-futures` costs more than what `begin` does for the calls of a client, and does not count.
    pub fn next(&self) -> Promise {
        let (client, place) = (Rc::clone(&self.client), Rc::downgrade(&self.export));
        let export = self.export.take();
        future_to_promise(async move {
            let Some(mut export) = export else { return Ok(JsValue::UNDEFINED) };
            let Some(step) = export.step(&client).await.map_err(throw)? else { return Ok(JsValue::UNDEFINED) };
            let answer = write(&step.progress).map_err(throw)?;
            let rows = JSON::parse(&step.rows).map_err(|_| throw(unreadable()))?;
            let _ = Reflect::set(&answer, &"list".into(), &rows);
            // Where it was freed meanwhile, this ends it.
            if let Some(place) = place.upgrade() {
                place.replace(Some(export));
            }
            Ok(answer)
        })
    }
}

fn unreadable() -> NexthinkError {
    NexthinkError::new(ErrorKind::Internal, "the rows of an export cannot be written")
}
