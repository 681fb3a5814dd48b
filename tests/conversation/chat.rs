//! One employee's conversation: the driver that a facade is, over a client of the simulated tenant, and the record of it.

use std::cell::RefCell;
use std::rc::Rc;

use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::client::Client;
use nexthink_chatbot::conversation::{
    Answered, Ask, CallError, CommandWords, Event, Outcome, PlaybookWords, Replied, Resumed, Setting, Silent, Started,
    State, Step, advance,
};
use nexthink_chatbot::flow::{Employee, Sealable, seal_value};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_chatbot::playbook::{BUILT_IN, Library, localized};
use nexthink_simulator::{Fault, FaultKind, Options, SimulatedHost, SimulatedTenant};

use crate::calls::call;
use crate::consents::Consents;
use crate::tenant::{self, Scene};
use crate::transcript::Transcript;

/// What a state may be at most, sealed, in bytes.
const LARGEST_STATE: usize = 4_096;

/// A conversation under way.
pub struct Chat {
    pub scene: Scene,
    pub setting: Setting,
    pub employee: Employee,
    pub reference: Option<String>,
    pub turn: Option<Silent>,
    pub consents: Consents,
    pub transcript: Transcript,
    /// The operation whose next call gets no answer in the turn's time.
    pub unanswered: Rc<RefCell<Vec<String>>>,
    /// All states that it has had, with what the employee had agreed to by then.
    pub history: Vec<(State, Consents)>,
    /// What the calls have given.
    pub answers: Vec<(String, Json)>,
    /// How large the largest state was, in bytes.
    pub largest: usize,
    seen: usize,
}

impl Chat {
    /// An employee of the usual tenant, in a language.
    pub fn of(employee: &str, locale: &str) -> Self {
        Self::in_tenant(new_tenant(), "", employee, locale)
    }

    /// In a tenant, by a client with more options.
    pub fn in_tenant(tenant: SimulatedTenant, options: &str, employee: &str, locale: &str) -> Self {
        Self {
            scene: scene(tenant, options),
            setting: setting(locale),
            employee: Employee { username: Some(employee.to_owned()), ..Employee::default() },
            reference: None,
            turn: None,
            consents: Consents::default(),
            transcript: Transcript::new(employee, locale),
            unanswered: Rc::default(),
            history: Vec::new(),
            answers: Vec::new(),
            largest: 0,
            seen: 0,
        }
    }

    /// Begins with what the employee says.
    pub fn start(&mut self, text: &str) -> &mut Self {
        let employee = self.employee.clone();
        self.transcript.employee_says(text);
        let reference = self.reference.clone();
        let started = Started { employee, text: Some(text.to_owned()), reference, ..Started::default() };
        self.go(Event { started: Some(started), ..Event::default() }).unwrap();
        self
    }

    /// The employee writes.
    pub fn say(&mut self, text: &str) -> &mut Self {
        self.transcript.employee_says(text);
        self.reply(Some(text), None)
    }

    /// The employee takes a choice by the name in its ID.
    pub fn choose(&mut self, name: &str) -> &mut Self {
        let question = self.state().question;
        self.choose_id(&format!("{question}.{name}"))
    }

    /// The employee takes a choice by its ID.
    pub fn choose_id(&mut self, id: &str) -> &mut Self {
        let label = self.transcript.label(self.turn.as_ref(), id);
        self.transcript.employee_chooses(&label);
        self.reply(None, Some(id))
    }

    /// Begins with the playbook's own words for its trouble.
    pub fn describe(&mut self, playbook: &str) -> &mut Self {
        let text = self.symptom(playbook);
        self.start(&text)
    }

    /// A long story about the playbook's trouble.
    pub fn story(&self, playbook: &str) -> String {
        let word = self.symptom(playbook);
        [&word, ", ", &word.repeat(300 / word.len())].concat()
    }

    /// Begins with the words of two.
    pub fn describe_two(&mut self, one: &str, other: &str) -> &mut Self {
        let text = two_as_long(&self.symptoms(one), &self.symptoms(other));
        self.start(&text)
    }

    /// Goes on with the playbook's own words for its trouble.
    pub fn describe_again(&mut self, playbook: &str) -> &mut Self {
        let text = self.symptom(playbook);
        self.say(&text)
    }

    fn symptom(&self, playbook: &str) -> String {
        self.symptoms(playbook).remove(0)
    }

    fn symptoms(&self, playbook: &str) -> Vec<String> {
        let known = self.setting.playbook(playbook).unwrap();
        localized(&known.symptoms, &self.setting.locale).unwrap().clone()
    }

    pub fn yes(&mut self) -> &mut Self {
        self.speak(|words| &words.yes)
    }

    pub fn no(&mut self) -> &mut Self {
        self.speak(|words| &words.no)
    }

    pub fn stop(&mut self) -> &mut Self {
        self.speak(|words| &words.stop)
    }

    pub fn human(&mut self) -> &mut Self {
        self.speak(|words| &words.human)
    }

    pub fn what_is_this(&mut self) -> &mut Self {
        self.speak(|words| &words.what_is_this)
    }

    pub fn another_device(&mut self) -> &mut Self {
        self.speak(|words| &words.another_device)
    }

    /// The first of the language's words.
    fn speak(&mut self, list: fn(&CommandWords) -> &Vec<String>) -> &mut Self {
        let word = list(&self.setting.words)[0].clone();
        self.say(&word)
    }

    /// What a test has done itself reached the tenant, and is none of the conversation's.
    pub fn forget_requests(&mut self) -> &mut Self {
        self.seen = self.scene.tenant.borrow().requests().len();
        self
    }

    /// Begins the transcript anew, with the present turn.
    pub fn section(&mut self, title: &str) -> &mut Self {
        self.transcript.section(title, self.turn.as_ref().unwrap());
        self
    }

    /// Writes down what is told as it is.
    pub fn told(&mut self, text: Option<&str>, choice: Option<&str>) -> &mut Self {
        if let Some(text) = text {
            self.transcript.employee_says(text);
        }
        if let Some(choice) = choice {
            self.transcript.employee_chooses(choice);
        }
        if (text, choice) == (None, None) {
            self.transcript.employee_says("(nothing)");
        }
        self
    }

    pub fn keep(&self, path: &str) {
        self.transcript.keep(path);
    }

    pub fn reply(&mut self, text: Option<&str>, choice: Option<&str>) -> &mut Self {
        // Nobody answers at once.
        self.advance(4_000);
        self.consents.answered(text, choice, &self.setting.words.yes);
        let replied = Replied { state: self.state(), text: text.map(str::to_owned), choice: choice.map(str::to_owned) };
        self.go(Event { replied: Some(replied), ..Event::default() }).unwrap();
        self
    }

    /// Waits as it is told to and looks again, as long as there is something to do.
    pub fn wait(&mut self) -> &mut Self {
        for _ in 0..200 {
            let Some(milliseconds) = self.turn.as_ref().unwrap().resume_after_ms else { return self };
            self.resume_after(milliseconds.into());
        }
        panic!("it never ends: {:?}", self.turn.as_ref().unwrap().state);
    }

    /// Waits for so long and looks once.
    pub fn resume_after(&mut self, milliseconds: i64) -> &mut Self {
        self.transcript.time_passes(milliseconds);
        self.advance(milliseconds);
        let resumed = Resumed { state: self.state() };
        self.go(Event { resumed: Some(resumed), ..Event::default() }).unwrap();
        self
    }

    /// Time passes without a look.
    pub fn advance(&mut self, milliseconds: i64) -> &mut Self {
        self.scene.tenant.borrow_mut().advance(milliseconds);
        self
    }

    /// Something goes wrong with the next requests to a path.
    pub fn inject(&mut self, fault: Fault) -> &mut Self {
        self.scene.tenant.borrow_mut().inject(fault).unwrap();
        self
    }

    /// The next request to a path is answered with a status.
    pub fn status(&mut self, status: u16, path: &str) -> &mut Self {
        self.inject(Fault::new(FaultKind::Status).status(status).of(path).times(9))
    }

    /// What is true on a device from now on.
    pub fn set(&mut self, device: &str, facts: &str) -> &mut Self {
        self.scene.tenant.borrow_mut().set(device, facts).unwrap();
        self
    }

    /// The next call of an operation gets no answer in the turn's time.
    pub fn leave(&mut self, operation: &str, times: usize) -> &mut Self {
        self.unanswered.borrow_mut().extend(std::iter::repeat_n(operation.to_owned(), times));
        self
    }

    /// The state as it comes back from wherever the host has kept it.
    pub fn state(&self) -> State {
        let text = self.turn.as_ref().unwrap().state.write().to_text();
        State::read(Json::parse(text.as_bytes()).unwrap()).unwrap()
    }

    /// One turn.
    pub fn go(&mut self, event: Event) -> Result<&Silent, NexthinkError> {
        let mut step = self.step(event)?;
        let mut queries = 0;
        let turn = loop {
            match step {
                Step::Turn(turn) => break turn,
                Step::Ask(ask) => {
                    queries += u32::from(costs_a_query(&ask.operation));
                    assert!(queries <= 1, "a second query in one turn: {}", ask.operation);
                    let answered = self.answer(ask);
                    step = self.step(Event { answered: Some(answered), ..Event::default() })?;
                }
            }
        };
        self.check(&turn);
        self.consents.shown(&turn);
        self.history.push((turn.state.clone(), self.consents.clone()));
        let requests = self.new_requests();
        self.transcript.turn(&turn, &requests);
        Ok(self.turn.insert(turn))
    }

    fn step(&mut self, event: Event) -> Result<Step, NexthinkError> {
        self.setting.now = self.scene.tenant.borrow().now();
        let step = advance(&self.setting, event.clone());
        assert_eq!(step, advance(&self.setting, event), "the same event gives the same step");
        step
    }

    fn answer(&mut self, ask: Ask) -> Answered {
        if ask.operation == "remediate" {
            let token = ask.input.get("token").and_then(Json::as_text).unwrap_or_default();
            assert!(self.consents.holds(token), "nobody has said yes to what is to be triggered");
        }
        let is_left = {
            let mut unanswered = self.unanswered.borrow_mut();
            let position = unanswered.iter().position(|operation| *operation == ask.operation);
            position.map(|position| unanswered.remove(position)).is_some()
        };
        let client = &self.scene.client;
        let result = match is_left && ask.operation != "remediate" {
            true => Ok(Json::Null),
            false => self.scene.wait(call(client, &self.scene.library, &ask.operation, ask.input)),
        };
        if let (Ok(output), false) = (&result, is_left) {
            self.answers.push((ask.operation.clone(), output.clone()));
        }
        let outcome = match result {
            _ if is_left => Outcome::default(),
            Ok(output) => Outcome { output: Some(output), ..Outcome::default() },
            Err(error) => Outcome { error: Some(CallError::read(error.write()).unwrap()), ..Outcome::default() },
        };
        let unfinished = Json::parse(ask.unfinished.write().to_text().as_bytes()).unwrap();
        Answered { unfinished: Read::read(unfinished).unwrap(), outcome }
    }

    fn check(&mut self, turn: &Silent) {
        let size = seal_value(&self.scene.client, Sealable::State, turn.state.write()).unwrap().to_text().len();
        self.largest = self.largest.max(size);
        assert!(size < LARGEST_STATE, "the state is {size} bytes: {}", turn.state.write().to_text());
    }

    fn new_requests(&mut self) -> Vec<String> {
        let requests = self.scene.tenant.borrow().requests();
        let new = requests.iter().skip(self.seen).filter(|request| !request.path.contains("oauth2"));
        let told = new.map(|request| {
            let what = request.query_id.as_deref().or(request.remote_action_id.as_deref()).unwrap_or_default();
            let status = request.status.map_or_else(|| "no answer".into(), |status| status.to_string());
            let verb = if request.path.ends_with("act/execute") { "TRIGGER" } else { "look" };
            let path = if what.is_empty() { request.path.as_str() } else { what };
            format!("{verb} {path} ({status})")
        });
        let told = told.collect();
        self.seen = requests.len();
        told
    }
}

thread_local! {
    /// How every tenant begins, and the playbooks: made once, because there are hundreds of conversations.
    static ORIGIN: (SimulatedTenant, Library) =
        (SimulatedTenant::new(Options { devices: 0, ..Options::default() }), Library::built_in().unwrap());
}

/// A tenant with the scenarios alone.
pub fn new_tenant() -> SimulatedTenant {
    ORIGIN.with(|(tenant, _)| tenant.clone())
}

fn scene(tenant: SimulatedTenant, options: &str) -> Scene {
    let tenant = Rc::new(RefCell::new(tenant));
    let client = Client::new(tenant::shared(options), SimulatedHost::new(&tenant));
    Scene { tenant, client, library: ORIGIN.with(|(_, library)| library.clone()) }
}

/// The words of a language.
pub fn setting(locale: &str) -> Setting {
    let playbooks = BUILT_IN
        .iter()
        .map(|built_in| PlaybookWords::read(Json::parse(built_in.json.as_bytes()).unwrap()).unwrap())
        .collect();
    let words = words(locale);
    Setting { locale: locale.to_owned(), now: nexthink_chatbot::nql::Timestamp(0), playbooks, words }
}

fn words(locale: &str) -> CommandWords {
    let file = std::fs::read(format!("{}/wording/{locale}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    CommandWords::read(Json::parse(&file).unwrap().get("commands").unwrap().clone()).unwrap()
}

/// Two words of the same length, one of each list.
fn two_as_long(ones: &[String], others: &[String]) -> String {
    let length = |text: &String| text.chars().count();
    let pairs = ones.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    let (one, other) = pairs
        .clone()
        .find(|(one, other)| length(one) == length(other))
        .unwrap_or_else(|| pairs.clone().next().unwrap());
    format!("{one} {other}")
}

fn costs_a_query(operation: &str) -> bool {
    matches!(operation, "identify" | "collectionTimes" | "diagnose" | "verify" | "progress")
}
