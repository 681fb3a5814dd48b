//! What a test does to a tenant, and sees of it, besides its time, its facts and its faults: saved queries,
//! permissions, answers of employees, and what was triggered, written and handed off.

use nexthink_chatbot::nql::{Value, parse_query};
use serde_json::{Value as Json, json};

use crate::campaigns::{Campaign, CampaignAnswer, CampaignRequest};
use crate::enrichment::Enriched;
use crate::handoffs::Handoff;
use crate::json::read_object;
use crate::permission::Permission;
use crate::remote_actions::DefinitionJson;
use crate::saved_queries::is_query_id;
use crate::tenant::{ControlError, SimulatedTenant};
use crate::workflows::{Workflow, WorkflowExecution};

impl SimulatedTenant {
    /// An administrator saves a query, or another text for one. A text that Nexthink would refuse for another reason
    /// than its grammar is taken, and answered with an error when it is executed.
    ///
    /// # Errors
    /// The ID is none that a query can have, or the text is no NQL.
    pub fn set_query(&mut self, id: &str, text: &str) -> Result<(), ControlError> {
        if !is_query_id(id) {
            let form = "# and 2 to 255 lower-case letters, digits and underscores";
            return Err(ControlError(format!("a saved query cannot have the ID `{id}`: {form}")));
        }
        parse_query(text).map_err(|mistakes| ControlError(format!("saved query `{id}`: {mistakes}")))?;
        self.queries.save(id, text);
        Ok(())
    }

    /// An administrator deletes a saved query.
    ///
    /// # Errors
    /// There is no such query.
    pub fn delete_query(&mut self, id: &str) -> Result<(), ControlError> {
        if self.queries.delete(id) { Ok(()) } else { Err(ControlError(format!("there is no saved query `{id}`"))) }
    }

    /// An administrator installs a remote action, or writes the one of its ID anew. `definition` is JSON text as
    /// `remote_action` gives it; the names are explained in `SimulatedRemoteAction` of the TypeScript types. What was
    /// triggered before runs as it was.
    ///
    /// # Errors
    /// The text says something that no remote action can have, or names a data collection that there is not.
    ///
    /// ```
    /// use nexthink_simulator::{Options, SimulatedTenant};
    /// let mut tenant = SimulatedTenant::new(Options::default());
    /// tenant.set_remote_action(
    ///     r#"{"id":"get_teams_startup_windows","name":"Get Teams startup","platforms":["Windows"],"apiTrigger":false,
    ///         "outputs":[{"name":"StartupSeconds","type":"Float"}],"collects":{"schedule":"hourly"}}"#,
    /// )?;
    /// tenant.set("AMARTIN-LT", r#"{"outputs":{"get_teams_startup_windows":{"StartupSeconds":41}}}"#)?;
    /// # Ok::<(), nexthink_simulator::ControlError>(())
    /// ```
    pub fn set_remote_action(&mut self, definition: &str) -> Result<(), ControlError> {
        let definition: DefinitionJson = read_object(definition.as_bytes()).map_err(ControlError)?;
        let action = definition.read(&self.actions).map_err(ControlError)?;
        let outputs: Vec<&str> = action.outputs.iter().map(|output| output.name.as_str()).collect();
        self.fleet.keep_outputs(&action.id, action.collection().map(|_| outputs.as_slice()));
        self.actions.set(action);
        Ok(())
    }

    /// A remote action by its NQL ID, as JSON text: to look at, or to change and give to `set_remote_action`.
    ///
    /// # Errors
    /// There is no such action.
    pub fn remote_action(&self, id: &str) -> Result<String, ControlError> {
        let action = self.actions.get(id).ok_or_else(|| no_remote_action(id))?;
        serde_json::to_string(&DefinitionJson::of(action)).map_err(|error| ControlError(error.to_string()))
    }

    /// An administrator deletes a remote action. With it goes what it collected; what waits for its device ends as
    /// `cancelled`, and what was triggered stays among the executions.
    ///
    /// # Errors
    /// There is no such action.
    pub fn delete_remote_action(&mut self, id: &str) -> Result<(), ControlError> {
        let found = self.actions.find(id).and_then(|position| Some((position, self.actions.at(position)?)));
        let (position, action) = found.ok_or_else(|| no_remote_action(id))?;
        self.fleet.keep_outputs(&action.id, None);
        self.actions.delete(position);
        self.executions.cancel_all_of(position, self.now);
        Ok(())
    }

    /// From now on the credentials lack a permission: the API answers 403.
    pub fn deny(&mut self, permission: Permission) {
        self.denied.insert(permission);
    }

    /// From now on the credentials have a permission, as they do at first.
    pub fn grant(&mut self, permission: Permission) {
        self.denied.remove(&permission);
    }

    /// An administrator stops a remote action's request: executions that wait for their device end as `cancelled`.
    /// Gives how many they were.
    ///
    /// # Errors
    /// There is no such request.
    pub fn cancel(&mut self, request_id: &str) -> Result<usize, ControlError> {
        let unknown = || ControlError(format!("there is no remote action request `{request_id}`"));
        self.executions.cancel(request_id, self.now).ok_or_else(unknown)
    }

    /// The employee does something with a campaign that is on their screen.
    ///
    /// # Errors
    /// There is no such request, it is not on the screen, or the answers are none of the campaign's.
    pub fn answer_campaign(&mut self, request_id: &str, answer: CampaignAnswer) -> Result<(), ControlError> {
        self.campaigns.answer(request_id, answer, self.now).map_err(ControlError)
    }

    /// A campaign's request by its ID, as JSON text.
    pub fn campaign_request(&self, request_id: &str) -> Option<String> {
        let request = self.campaigns.list().iter().find(|request| request.request_id == request_id)?;
        serde_json::to_string(&self.campaign_request_json(request)?).ok()
    }

    /// An execution of a workflow by its execution ID, as JSON text.
    pub fn workflow_execution(&self, execution_id: &str) -> Option<String> {
        let execution = self.workflows.list().iter().find(|execution| execution.execution_id == execution_id)?;
        serde_json::to_string(&self.workflow_execution_json(execution)?).ok()
    }

    /// What enrichment has written in a field of a device, by the device's name. The field is named as in NQL, after
    /// the object: `#cost_center`, `virtualization.region`.
    pub fn enriched_device_field(&self, device: &str, field: &str) -> Option<&Value> {
        self.fleet.enriched.read(Enriched::Device(self.fleet.by_name(device)?), field)
    }

    /// What enrichment has written in a field of an employee, by the name of the account.
    pub fn enriched_employee_field(&self, username: &str, field: &str) -> Option<&Value> {
        let employee = self.fleet.employees.iter().position(|employee| employee.username == username)?;
        self.fleet.enriched.read(Enriched::Employee(employee), field)
    }

    /// The conversations that were handed off to Spark, the oldest first.
    pub fn handoffs(&self) -> &[Handoff] {
        &self.handoffs
    }

    fn campaign_request_json(&self, request: &CampaignRequest) -> Option<Json> {
        Some(json!({
            "requestId": request.request_id,
            "campaign": Campaign::at(request.campaign)?.id,
            "campaignName": Campaign::at(request.campaign)?.name,
            "employee": self.fleet.employees.get(request.user)?.username,
            "parameters": request.parameters,
            "requestTime": request.requested_at.to_string(),
            "time": request.changed_at.to_string(),
            "expiresAt": request.expires_at.to_string(),
            "state": request.state.word(),
            "answers": request.answers,
        }))
    }

    fn workflow_execution_json(&self, execution: &WorkflowExecution) -> Option<Json> {
        let device = execution.target.device.and_then(|device| self.fleet.devices.get(device));
        let employee = execution.target.user.and_then(|user| self.fleet.employees.get(user));
        Some(json!({
            "requestId": execution.request_id,
            "executionId": execution.execution_id,
            "workflow": Workflow::at(execution.workflow)?.id,
            "workflowName": Workflow::at(execution.workflow)?.name,
            "device": device.map(|device| &device.name),
            "employee": employee.map(|employee| &employee.username),
            "requestTime": execution.requested_at.to_string(),
            "time": execution.changed_at.to_string(),
            "status": execution.status.word(),
            "statusDetails": execution.status_details,
            "outcome": execution.outcome.as_ref().map(|outcome| outcome.word),
            "outcomeDetails": execution.outcome.as_ref().map(|outcome| &outcome.details),
            "triggerMethod": WorkflowExecution::TRIGGER_METHOD,
        }))
    }
}

fn no_remote_action(id: &str) -> ControlError {
    ControlError(format!("there is no remote action `{id}`"))
}
