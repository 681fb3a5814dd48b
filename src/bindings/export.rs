//! An export as JavaScript holds it: a step at a time, each when the consumer asks for it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, JSON, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer::{tell, throw, write};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Export, Host};
use crate::host::{JavaScriptHost, take};

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
    /// The next step, a call: how far the export is, and a `list` of rows; undefined at the end.
    pub fn next(&self, resolve: Function, reject: Function) -> u32 {
        let (client, place) = (Rc::clone(&self.client), Rc::downgrade(&self.export));
        let export = self.export.take();
        take(async move {
            let answer = match export {
                Some(export) => step(&client, export).await.map_err(throw),
                None => Ok(None),
            };
            let answer = answer.map(|done| {
                let Some((answer, export)) = done else { return JsValue::UNDEFINED };
                // Where it was freed meanwhile, this ends it.
                if let Some(place) = place.upgrade() {
                    place.replace(Some(export));
                }
                answer
            });
            tell(answer, &resolve, &reject);
        })
    }
}

/// A step of an export, and the export with what is left of it; none at its end.
async fn step(
    client: &Client<JavaScriptHost>,
    mut export: JavaScriptExport,
) -> Result<Option<(JsValue, JavaScriptExport)>, NexthinkError> {
    let Some(step) = export.step(client).await? else { return Ok(None) };
    let answer = write(&step.progress)?;
    let rows = JSON::parse(&step.rows).map_err(|_| unreadable())?;
    let _ = Reflect::set(&answer, &"list".into(), &rows);
    Ok(Some((answer, export)))
}

fn unreadable() -> NexthinkError {
    NexthinkError::new(ErrorKind::Internal, "the rows of an export cannot be written")
}
