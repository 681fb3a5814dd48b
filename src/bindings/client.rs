//! The client as JavaScript holds it. Every call takes a view of its own, so that calls overlap freely and nothing
//! is borrowed while one waits.

use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

use super::answer::{tell, throw, write, write_tenants};
use super::export::ExportCore;
use super::input::{parse, read, read_fields};
use crate::api;
use crate::api::problem::NexthinkError;
use crate::client::{Client, Export, Memory, Settings, Shared};
use crate::flow::{self, Device, Employee, Given, Identity, Run};
use crate::host::{JavaScriptHost, Runtime, Surroundings, take, take_along};
use crate::json::{Json, Reader, write_fields};
use crate::nql::Timestamp;
use crate::playbook::{COMPILED, Library};

/// The call that waits until a run has changed.
const FOLLOW: &str = "follow";

/// What clients without a store remember together.
#[wasm_bindgen]
pub struct MemoryCore(Rc<Memory>);

#[wasm_bindgen]
impl MemoryCore {
    /// One that remembers nothing yet. Where another one was lost with its instance, it is told when, in milliseconds since
    /// the epoch.
    #[wasm_bindgen(constructor)]
    pub fn new(lost_at: Option<f64>) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        let memory = lost_at.map(|time| Memory::in_place_of_one_lost_at(Timestamp(time as i64)));
        Self(Rc::new(memory.unwrap_or_default()))
    }
}

thread_local! {
    /// The built-in playbooks, read once for all clients.
    static BUILT_IN: OnceCell<Library> = const { OnceCell::new() };
}

fn built_in() -> Result<Library, NexthinkError> {
    BUILT_IN.with(|known| match known.get() {
        Some(library) => Ok(library.clone()),
        None => Library::read(COMPILED.as_bytes()).map(|library| known.get_or_init(|| library).clone()),
    })
}

/// A client of one tenant.
#[wasm_bindgen]
pub struct ClientCore {
    shared: Rc<Shared>,
    runtime: Rc<Surroundings>,
    library: RefCell<Rc<Library>>,
}

#[wasm_bindgen]
impl ClientCore {
    /// Takes the options as JSON, the consent keys as bytes, the runtime, and `{ playbooks }` as the user wrote them, which
    /// `install` brings compiled; and the memory for what no store keeps.
    ///
    /// # Errors
    /// The details of a `NexthinkError`, as all methods here.
    #[wasm_bindgen(constructor)]
    pub fn new(
        options: &[u8],
        consent_keys: &Array,
        runtime: Runtime,
        own: &[u8],
        memory: &MemoryCore,
    ) -> Result<Self, JsValue> {
        Self::create(options, consent_keys, runtime, own, memory).map_err(throw)
    }

    fn create(
        options: &[u8],
        consent_keys: &Array,
        runtime: Runtime,
        own: &[u8],
        memory: &MemoryCore,
    ) -> Result<Self, NexthinkError> {
        let mut keys = Vec::new();
        for key in consent_keys.iter() {
            keys.push(Uint8Array::new(&key).to_vec());
        }
        let own = read_fields("createClient", own, |reader| reader.take("playbooks"))?;
        let library = built_in()?.announcing(own);
        let settings = Settings::new(read("createClient", options)?, keys, library.declared_remote_actions())?;
        Ok(Self {
            shared: Rc::new(Shared::remembering(settings, Rc::clone(&memory.0))),
            runtime: Rc::new(Surroundings::new(runtime)),
            library: RefCell::new(Rc::new(library)),
        })
    }

    /// Takes the user's own playbooks, compiled.
    ///
    /// # Errors
    /// `internal` for what the compiler did not write.
    pub fn install(&self, own: &[u8]) -> Result<(), JsValue> {
        let library = self.library().with_own(&Library::read(own).map_err(throw)?);
        *self.library.borrow_mut() = Rc::new(library);
        Ok(())
    }

    /// The playbooks as they are now: a call goes on with those with which it began.
    fn library(&self) -> Rc<Library> {
        Rc::clone(&self.library.borrow())
    }

    /// A call that waits: its name, its input as JSON, the caller's signal, time and trace, and whom to tell its answer or
    /// its error. It begins when `goOn` is given its number.
    #[expect(clippy::too_many_arguments, reason = "an object of them would be taken apart field by field")]
    pub fn call(
        &self,
        name: String,
        input: Vec<u8>,
        signal: Option<AbortSignal>,
        timeout_ms: Option<u32>,
        traceparent: Option<String>,
        resolve: Function,
        reject: Function,
    ) -> u32 {
        // What waits for the tenant's work takes as long as that does.
        let default = (name != FOLLOW).then_some(self.shared.settings.total_timeout_ms);
        let client = self.client(signal, timeout_ms.or(default), traceparent);
        let library = self.library();
        take(async move {
            let answer = match client {
                Ok(client) => call(&client, &library, &name, &input).await.map_err(throw),
                Err(error) => Err(error),
            };
            tell(answer, &resolve, &reject);
        })
    }

    /// An export that has not begun: its input as JSON, the caller's signal, time and trace.
    ///
    /// # Errors
    /// `invalid` for an input that does not fit.
    pub fn export(
        &self,
        input: &[u8],
        signal: Option<AbortSignal>,
        timeout_ms: Option<u32>,
        traceparent: Option<String>,
    ) -> Result<ExportCore, JsValue> {
        let input = read(api::nql::export::OPERATION, input).map_err(throw)?;
        Ok(ExportCore::new(self.client(signal, timeout_ms, traceparent)?, Export::new(input)))
    }

    /// A view of the client for one call.
    fn client(
        &self,
        signal: Option<AbortSignal>,
        timeout_ms: Option<u32>,
        traceparent: Option<String>,
    ) -> Result<Client<JavaScriptHost>, JsValue> {
        let host = JavaScriptHost::new(Rc::clone(&self.runtime), signal, timeout_ms);
        let client = Client::new(Rc::clone(&self.shared), host);
        match traceparent {
            Some(traceparent) => client.traced(traceparent).map_err(throw),
            None => Ok(client),
        }
    }

    /// Proposes a remote action.
    ///
    /// # Errors
    /// See `flow::propose`.
    pub fn propose(&self, input: &[u8]) -> Result<JsValue, JsValue> {
        let client = self.client(None, None, None)?;
        read_fields("propose", input, |reader| (reader.take("subject"), reader.take("options")))
            .and_then(|(subject, options)| flow::propose(&client, &self.library(), subject, options))
            .and_then(|proposal| write(&proposal))
            .map_err(throw)
    }

    /// Gives an object its seal: `{ what, value }`.
    ///
    /// # Errors
    /// See `flow::seal_value`.
    pub fn seal(&self, input: &[u8]) -> Result<JsValue, JsValue> {
        let client = self.client(None, None, None)?;
        read_fields("seal", input, |reader| (reader.take("what"), reader.take("value")))
            .and_then(|(what, value)| flow::seal_value(&client, what, value))
            .and_then(|sealed| write_tenants(&sealed))
            .map_err(throw)
    }

    /// An object without its seal, where that holds: `{ what, value, employee? }`.
    ///
    /// # Errors
    /// See `flow::open_value`.
    pub fn open(&self, input: &[u8]) -> Result<JsValue, JsValue> {
        let client = self.client(None, None, None)?;
        let fields = |reader: &mut Reader<'_>| (reader.take("what"), reader.take("value"), reader.take("employee"));
        let (what, value, employee): (_, _, Option<Employee>) = read_fields("open", input, fields).map_err(throw)?;
        flow::open_value(&client, what, value, employee.as_ref())
            .and_then(|opened| write_tenants(&opened))
            .map_err(throw)
    }

    /// A run with the employee's word on whether it helped. The audit and the ledger are told: at once where they are in
    /// this process's memory; a store takes its time, and nobody waits for it.
    ///
    /// # Errors
    /// `invalid` for what is no run.
    pub fn solved(&self, input: &[u8]) -> Result<JsValue, JsValue> {
        let client = self.client(None, None, None)?;
        let fields = |reader: &mut Reader<'_>| (reader.take("run"), reader.take("yes"));
        let (run, yes): (Run, bool) = read_fields("solved", input, fields).map_err(throw)?;
        let answer = run.clone().solved(yes);
        let mut told = Box::pin(async move { flow::solved(&client, run, yes).await });
        let answer = match told.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(run) => run,
            Poll::Pending => {
                take_along(async { drop(told.await) });
                answer
            }
        };
        write(&answer).map_err(throw)
    }
}

async fn call(
    client: &Client<JavaScriptHost>,
    library: &Library,
    name: &str,
    input: &[u8],
) -> Result<JsValue, NexthinkError> {
    match name {
        api::nql::execute::OPERATION => {
            let input = read(name, input)?;
            client.host().read(&client.nql_execute_to_text(&input).await?)
        }
        "identify" => write(&apart(flow::identify(client, &read::<Identity>(name, input)?)).await?),
        "findUser" => write(&apart(flow::find_user(client, &read::<Identity>(name, input)?)).await?),
        "diagnose" => {
            let fields = |reader: &mut Reader<'_>| (reader.take("playbook"), reader.take("device"), given(reader));
            let (playbook, device, given): (String, Device, Given) = read_fields(name, input, fields)?;
            write(&apart(flow::diagnose_given(client, library, &playbook, &device, given)).await?)
        }
        "collectionTimes" => {
            let fields = |reader: &mut Reader<'_>| (reader.take("playbook"), reader.take("device"));
            let (playbook, device): (String, Device) = read_fields(name, input, fields)?;
            let times = apart(flow::collection_times(client, library, &playbook, &device)).await?;
            write(&write_fields(&["collectionTimes"], &[&times]))
        }
        "turns.find" => {
            let fields = |reader: &mut Reader<'_>| (reader.take("seal"), reader.take("reply"));
            let (seal, reply): (String, Json) = read_fields(name, input, fields)?;
            write_tenants(&apart(flow::find_turn(client, &seal, &reply)).await?)
        }
        "turns.keep" => {
            let fields = |reader: &mut Reader<'_>| (reader.take("seal"), reader.take("reply"), reader.take("turn"));
            let (seal, reply, turn): (String, Json, Json) = read_fields(name, input, fields)?;
            write_tenants(&apart(flow::keep_turn(client, &seal, &reply, turn)).await)
        }
        "recall" => {
            let runs: Vec<Run> = read_fields(name, input, |reader| reader.take("runs"))?;
            write(&apart(flow::recall(client, runs)).await)
        }
        "remediate" => {
            let fields =
                |reader: &mut Reader<'_>| (reader.take("token"), reader.take("confirmed"), reader.take("patienceMs"));
            let (token, confirmed, patience_ms): (String, bool, Option<u32>) = read_fields(name, input, fields)?;
            write(&apart(flow::remediate_with_patience(client, &token, confirmed, patience_ms)).await?)
        }
        "progress" => write(&apart(flow::progress(client, read::<Run>(name, input)?)).await?),
        FOLLOW => write(&apart(flow::next_change(client, read::<Run>(name, input)?)).await?),
        "runs.find" | "events.note" => {
            let id: String = read_fields(name, input, |reader| reader.take("id"))?;
            if name == "runs.find" {
                write(&apart(flow::known_run(client, &id)).await?)
            } else {
                write(&apart(flow::note_event(client, &id)).await?)
            }
        }
        "verify" => {
            let (run, given) = verification(name, input)?;
            write(&apart(flow::verify_given(client, library, run, given)).await?)
        }
        api::uncovered::OPERATION => write_tenants(&apart(client.request(&read(name, input)?)).await?),
        _ => write_tenants(&apart(client.operate(name, parse(name, input)?)).await?),
    }
}

/// A future whose code is a function of its own: runtimes compile what a first call needs, and not every step at once.
fn apart<'a, T>(future: impl Future<Output = T> + 'a) -> Pin<Box<dyn Future<Output = T> + 'a>> {
    Box::pin(future)
}

/// What a diagnosis is given: nothing is not the same as `collectionTimes: null`, which the tenant does not tell.
fn given(reader: &mut Reader<'_>) -> Given {
    let collection_times = reader.holds("collectionTimes").then(|| reader.take("collectionTimes"));
    Given { locale: reader.take("locale"), collection_times }
}

/// A run, or one with what is given to its diagnosis.
fn verification(name: &str, input: &[u8]) -> Result<(Run, Given), NexthinkError> {
    if parse(name, input)?.get("run").is_none() {
        return Ok((read(name, input)?, Given::default()));
    }
    read_fields(name, input, |reader| (reader.take("run"), given(reader)))
}
