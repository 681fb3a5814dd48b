//! One history: who calls what when, and what goes wrong meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use nexthink_chatbot::api::problem::{NexthinkError, SideEffect};
use nexthink_chatbot::client::Host;
use nexthink_chatbot::flow::{
    Employee, Proposal, ProposeOptions, Run, RunState, Subject, next_change, progress, propose, remediate, solved,
};
use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, SECOND};
use nexthink_simulator::{Fault, FaultKind, SimulatedHost, run};

use crate::chance::Chance;
use crate::ledger_watch::rank;
use crate::process::{Process, until_crash};
use crate::shared_store::Atomicity;
use crate::truth::{check_one_at_a_time, check_runs, executions};
use crate::world::{Call, Origin, World};

#[derive(Debug)]
pub struct History {
    seed: u64,
    atomicity: Atomicity,
    has_store: bool,
    /// How far each process's clock is ahead.
    processes: Vec<i64>,
    /// The rules by which the same device is to be repaired.
    proposals: Vec<&'static str>,
    events: Vec<Event>,
}

#[derive(Debug, Clone)]
struct Event {
    at_ms: u32,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// The same token, from any process.
    Remediate {
        proposal: usize,
        process: usize,
        crash_after: Option<u32>,
    },
    /// One look at the run that was seen last.
    Look {
        proposal: usize,
        process: usize,
        crash_after: Option<u32>,
    },
    /// Follows that run until it changes.
    Follow {
        proposal: usize,
        process: usize,
    },
    Solved {
        proposal: usize,
        process: usize,
    },
    /// A process is started again.
    Restart {
        process: usize,
    },
    Clock {
        process: usize,
        ahead_ms: i64,
    },
    Fault(Fault),
    StoreTrouble {
        operations: u32,
    },
    Online(bool),
    /// An administrator cancels what waits.
    Cancel {
        proposal: usize,
    },
}

/// What was found in a history, or in several together.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    pub seed: u64,
    pub wrong: Vec<String>,
    pub executions: u64,
    pub succeeded: u64,
    pub crashes: u64,
    pub repeated: u64,
    pub refused: u64,
    pub unknown: u64,
    pub store_failures: u64,
}

impl Seen {
    pub fn with(mut self, other: &Self) -> Self {
        for (total, part) in [
            (&mut self.executions, other.executions),
            (&mut self.succeeded, other.succeeded),
            (&mut self.crashes, other.crashes),
            (&mut self.repeated, other.repeated),
            (&mut self.refused, other.refused),
            (&mut self.unknown, other.unknown),
            (&mut self.store_failures, other.store_failures),
        ] {
            *total += part;
        }
        self
    }
}

/// What the callers of a history know, as a chatbot keeps it.
struct Callers {
    /// The runs that were seen of each proposal, in that order.
    runs: Vec<RefCell<Vec<Run>>>,
    errors: Vec<RefCell<Vec<NexthinkError>>>,
    processes: RefCell<Vec<Process>>,
    seen: RefCell<Seen>,
}

impl History {
    /// Invents a history; the same seed gives the same.
    pub fn invent(seed: u64, atomicity: Atomicity) -> Self {
        let chance = Chance::new(seed);
        // A store that lies is of interest where nothing else goes wrong.
        let calm = atomicity == Atomicity::Broken;
        let has_store = calm || !chance.one_in(4);
        let wrong_clocks = !calm && chance.one_in(3);
        let ahead = || match chance.below(4) {
            _ if !wrong_clocks => 0,
            0 => chance.of(&[-1, 1]) * i64::try_from(chance.below(20 * 60)).unwrap() * SECOND,
            1 => chance.of(&[-HOUR, HOUR, -DAY, DAY]),
            _ => 0,
        };
        let processes: Vec<i64> = (0..if has_store { 1 + chance.below(3) } else { 1 }).map(|_| ahead()).collect();
        let mut proposals = vec!["offline"];
        if chance.one_in(2) {
            proposals.push(chance.of(&["offline", "repair-data-file"]));
        }
        // All within seconds, within the life of the token, or within that of the run.
        let within = chance.of(&[400, 20_000, 20_000, 12 * 60_000, 90 * 60_000]);
        let pick = |end: usize| usize::try_from(chance.below(end as u64)).unwrap();
        let crash = || (!calm && chance.one_in(3)).then(|| u32::try_from(chance.below(24)).unwrap());
        let events = (0..4 + chance.below(6)).map(|number| {
            let (proposal, process) = (pick(proposals.len()), pick(processes.len()));
            let what = match chance.below(if calm { 10 } else { 16 }) {
                _ if number == 0 => What::Remediate { proposal: 0, process, crash_after: crash() },
                0..=5 => What::Remediate { proposal, process, crash_after: crash() },
                6 | 7 => What::Look { proposal, process, crash_after: crash() },
                8 => What::Follow { proposal, process },
                9 => What::Solved { proposal, process },
                10 => What::Restart { process },
                11 => What::Clock { process, ahead_ms: ahead() },
                12 | 13 => What::Fault(fault(&chance)),
                14 => What::StoreTrouble { operations: 1 + u32::try_from(chance.below(4)).unwrap() },
                _ => match chance.below(3) {
                    0 => What::Cancel { proposal },
                    online => What::Online(online == 1),
                },
            };
            Event { at_ms: u32::try_from(chance.below(within)).unwrap(), what }
        });
        let events = events.collect();
        Self { seed, atomicity, has_store, processes, proposals, events }
    }

    /// Plays it, lets calm return, and compares what everyone was told with what the tenant knows.
    pub fn play(&self, origin: &Origin) -> Seen {
        let world = World::new(origin, self.seed, self.has_store, self.atomicity);
        let processes: Vec<Process> = self.processes.iter().map(|ahead_ms| Process::new(&world, *ahead_ms)).collect();
        let proposals: Vec<Proposal> =
            self.proposals.iter().map(|rule| proposed(&processes[0], origin, rule)).collect();
        let callers = Callers {
            runs: proposals.iter().map(|_| RefCell::default()).collect(),
            errors: proposals.iter().map(|_| RefCell::default()).collect(),
            processes: RefCell::new(processes),
            seen: RefCell::new(Seen { seed: self.seed, ..Seen::default() }),
        };
        let calls = self.events.iter().map(|event| callers.begin(&world, &proposals, event.clone())).collect();
        world.together(calls);
        callers.calm(&world, &proposals);
        callers.judge(self, &world, &proposals)
    }
}

fn fault(chance: &Chance) -> Fault {
    let status = |status| Fault::new(FaultKind::Status).status(status);
    let fault = match chance.below(9) {
        0..=2 => Fault::new(FaultKind::LostAnswer),
        3 => status(chance.of(&[400, 401, 403, 404])),
        4 => status(429).retry_after("2"),
        5 => status(chance.of(&[500, 502, 503])),
        6 => Fault::new(chance.of(&[FaultKind::Network, FaultKind::Truncated, FaultKind::HalfBody, FaultKind::Html])),
        7 => Fault::new(FaultKind::Latency).latency_ms(chance.of(&[5_000, 31_000])),
        _ => Fault::new(FaultKind::TokenRevoked),
    };
    let of = chance.of(&["act/execute", "act/execute", "act/execute", "nql/execute", "details"]);
    fault.of(of).times(1 + u32::try_from(chance.below(2)).unwrap())
}

fn proposed(process: &Process, origin: &Origin, rule: &str) -> Proposal {
    let (client, _) = process.client(None);
    let employee = Employee { username: Some("amartin".into()), ..Employee::default() };
    let options = ProposeOptions { employee, reference: Some("INC1".into()), ..ProposeOptions::default() };
    propose(&client, &origin.library, Subject::recommended(&origin.diagnosis, rule), options).unwrap()
}

impl Callers {
    fn begin<'a>(&'a self, world: &'a Rc<World>, proposals: &'a [Proposal], event: Event) -> Call<'a, ()> {
        let host = SimulatedHost::new(&world.tenant);
        Box::pin(async move {
            host.sleep(event.at_ms).await.unwrap();
            self.happen(world, proposals, event.what).await;
        })
    }

    async fn happen(&self, world: &World, proposals: &[Proposal], what: What) {
        match what {
            What::Remediate { proposal, process, crash_after } => {
                let token = &proposals[proposal].token;
                let (client, crash) = self.process(process).client(crash_after);
                let call: Call<'_, _> = Box::pin(async move { remediate(&client, token, true).await });
                self.note(proposal, until_crash(call, crash).await);
            }
            What::Look { proposal, process, crash_after } => {
                let Some(run) = self.last(proposal) else { return };
                let (client, crash) = self.process(process).client(crash_after);
                let call: Call<'_, _> = Box::pin(async move { progress(&client, run).await });
                self.note(proposal, until_crash(call, crash).await);
            }
            What::Follow { proposal, process } => {
                let Some(run) = self.last(proposal) else { return };
                let (client, _) = self.process(process).client(None);
                self.note(proposal, Some(next_change(&client, run).await));
            }
            What::Solved { proposal, process } => {
                let Some(run) = self.last(proposal) else { return };
                let (client, _) = self.process(process).client(None);
                solved(&client, run, true).await;
            }
            What::Restart { process } => {
                let restarted = self.process(process).restarted();
                self.processes.borrow_mut()[process] = restarted;
            }
            What::Clock { process, ahead_ms } => self.process(process).ahead_ms.set(ahead_ms),
            What::Fault(fault) => world.tenant.borrow_mut().inject(fault).unwrap(),
            What::StoreTrouble { operations } => world.store.trouble.set(operations),
            What::Online(online) => {
                world.tenant.borrow_mut().set("AMARTIN-LT", &format!(r#"{{"online":{online}}}"#)).unwrap();
            }
            What::Cancel { proposal } => {
                if let Some(request_id) = self.last(proposal).and_then(|run| run.request_id) {
                    world.tenant.borrow_mut().cancel(&request_id).unwrap();
                }
            }
        }
    }

    fn process(&self, number: usize) -> Process {
        self.processes.borrow()[number].clone()
    }

    fn last(&self, proposal: usize) -> Option<Run> {
        self.runs[proposal].borrow().last().cloned()
    }

    fn note(&self, proposal: usize, outcome: Option<Result<Run, NexthinkError>>) {
        let mut seen = self.seen.borrow_mut();
        match outcome {
            None => seen.crashes += 1,
            Some(Ok(run)) => {
                let mut runs = self.runs[proposal].borrow_mut();
                seen.repeated += u64::from(!runs.is_empty());
                runs.push(run);
            }
            Some(Err(error)) => {
                if error.side_effect != SideEffect::None {
                    seen.wrong.push(format!("an error with a side effect, and no run: {error}"));
                }
                seen.refused += 1;
                self.errors[proposal].borrow_mut().push(error);
            }
        }
    }

    /// Nothing goes wrong any more, and all that was begun ends. Then every token is tried once more.
    fn calm(&self, world: &Rc<World>, proposals: &[Proposal]) {
        world.tenant.borrow_mut().clear_faults();
        world.store.trouble.set(0);
        for process in self.processes.borrow().iter() {
            process.ahead_ms.set(0);
        }
        let (client, _) = self.process(0).restarted().client(None);
        for proposal in 0..proposals.len() {
            let Some(mut run) = self.last(proposal) else { continue };
            for look in 0..10 {
                if run.ended_at.is_some() {
                    break;
                }
                // One that began by a clock that was ahead waits for as long as that said.
                let left_ms = run.expires_at.since(world.tenant.borrow().now()) + 16 * MINUTE;
                world.advance(if look == 9 { left_ms.max(0) } else { 10 * MINUTE });
                run = nexthink_simulator::run(&world.tenant, progress(&client, run)).unwrap();
                self.note(proposal, Some(Ok(run.clone())));
            }
            if run.ended_at.is_none() {
                self.seen.borrow_mut().wrong.push(format!("a run never ends: {:?}", run.state));
            }
        }
        world.advance(2 * HOUR);
        for (position, proposal) in proposals.iter().enumerate() {
            let again = run(&world.tenant, remediate(&client, &proposal.token, true));
            self.note(position, Some(again));
        }
    }

    fn judge(self, history: &History, world: &Rc<World>, proposals: &[Proposal]) -> Seen {
        let executions = executions(&self.process(0));
        let mut seen = self.seen.into_inner();
        seen.wrong.append(&mut world.store.watch.wrong.borrow_mut());
        for (position, proposal) in proposals.iter().enumerate() {
            let runs = self.runs[position].borrow();
            check_runs(&proposal.id, &runs, &executions, &mut seen.wrong);
            let last = runs.iter().max_by_key(|run| rank(run));
            seen.succeeded += u64::from(last.is_some_and(|run| run.state == RunState::Succeeded));
            seen.unknown += u64::from(last.is_some_and(|run| run.state == RunState::Unknown));
        }
        let clocks_are_right = history.processes.iter().all(|ahead_ms| *ahead_ms == 0)
            && history.events.iter().all(|event| !matches!(event.what, What::Clock { ahead_ms, .. } if ahead_ms != 0));
        if clocks_are_right {
            check_one_at_a_time(&executions, &mut seen.wrong);
        }
        seen.executions = executions.len() as u64;
        seen.store_failures = world.store.failures.get();
        seen
    }
}
