//! The tenant's controls for JavaScript: saved queries, permissions, what was triggered and handed off, and webhooks.

use serde::Deserialize;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use super::{SimulatorCore, written};
use crate::json::read_object;

#[wasm_bindgen]
impl SimulatorCore {
    /// Saves a query.
    #[wasm_bindgen(js_name = setQuery)]
    pub fn set_query(&mut self, id: &str, text: &str) -> Result<(), JsError> {
        Ok(self.tenant.set_query(id, text)?)
    }

    /// Deletes a saved query.
    #[wasm_bindgen(js_name = deleteQuery)]
    pub fn delete_query(&mut self, id: &str) -> Result<(), JsError> {
        Ok(self.tenant.delete_query(id)?)
    }

    /// Adds a remote action, or replaces the one of its ID; the definition as JSON.
    #[wasm_bindgen(js_name = setRemoteAction)]
    pub fn set_remote_action(&mut self, definition: &str) -> Result<(), JsError> {
        Ok(self.tenant.set_remote_action(definition)?)
    }

    /// A remote action by its NQL ID, as JSON.
    #[wasm_bindgen(js_name = remoteAction)]
    pub fn remote_action(&self, id: &str) -> Result<String, JsError> {
        Ok(self.tenant.remote_action(id)?)
    }

    /// Deletes a remote action.
    #[wasm_bindgen(js_name = deleteRemoteAction)]
    pub fn delete_remote_action(&mut self, id: &str) -> Result<(), JsError> {
        Ok(self.tenant.delete_remote_action(id)?)
    }

    /// From now on the credentials lack a permission, given as JSON.
    pub fn deny(&mut self, permission: &str) -> Result<(), JsError> {
        self.tenant.deny(read(permission)?);
        Ok(())
    }

    /// From now on the credentials have a permission, given as JSON.
    pub fn grant(&mut self, permission: &str) -> Result<(), JsError> {
        self.tenant.grant(read(permission)?);
        Ok(())
    }

    /// Stops a remote action's request; gives how many executions never begin.
    pub fn cancel(&mut self, request_id: &str) -> Result<u32, JsError> {
        Ok(u32::try_from(self.tenant.cancel(request_id)?)?)
    }

    /// The employee answers a campaign; the answer as JSON.
    #[wasm_bindgen(js_name = answerCampaign)]
    pub fn answer_campaign(&mut self, request_id: &str, answer: &str) -> Result<(), JsError> {
        Ok(self.tenant.answer_campaign(request_id, read(answer)?)?)
    }

    /// What was handed off to Spark, as JSON.
    pub fn handoffs(&self) -> Result<String, JsError> {
        written(&self.tenant.handoffs())
    }

    /// Adds a webhook, given as JSON.
    #[wasm_bindgen(js_name = addWebhook)]
    pub fn add_webhook(&mut self, webhook: &str) -> Result<(), JsError> {
        let webhook = read_object(webhook.as_bytes()).map_err(|mistake| JsError::new(&mistake))?;
        Ok(self.tenant.add_webhook(webhook)?)
    }

    /// Takes the deliveries that are due, as JSON.
    pub fn deliveries(&mut self) -> Result<String, JsError> {
        written(&self.tenant.deliveries())
    }
}

/// Reads a word, or an object with one name.
fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, JsError> {
    Ok(serde_json::from_str(text)?)
}
