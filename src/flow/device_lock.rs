//! One remote action at a time on a device, and each only as often as its rule allows: a record for each device in the
//! client's store, which all processes change by looking and writing in one step.
//!
//! The lock is a lease: it is given back when its run ends or was refused, and it ends by itself, so that a crash blocks
//! a device for a while and never for ever.

use super::ledger;
use super::run::{GRACE_MS, Run};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::remote_actions::same_remote_action;
use crate::client::{Client, Host};
use crate::json::{Json, Read, Write, record};
use crate::nql::{DAY, Timestamp};

/// What records are called in the store.
const NAME: &str = "device";

/// How often a change is tried where others change the record, too.
const TRIES: u32 = 5;

record! {
    lenient
    /// What is known of a device.
    #[derive(Debug, Clone, PartialEq, Default)]
    struct DeviceRecord {
        lease: Option<Lease>,
        /// Of each remote action the last run that ran, or may have.
        last: Vec<LastRun>,
    }
}

record! {
    lenient
    /// Who has the device.
    #[derive(Debug, Clone, PartialEq)]
    struct Lease {
        run: String,
        /// As in the ledger's entry.
        attempt: String,
        remote_action_id: String,
        since: Timestamp,
        until: Timestamp,
    }
}

record! {
    lenient
    #[derive(Debug, Clone, PartialEq)]
    struct LastRun {
        remote_action_id: String,
        at: Timestamp,
    }
}

/// A device's record as the store has it.
pub(super) struct DeviceLock {
    record: DeviceRecord,
    text: Option<String>,
}

/// Who wants the device, and for what.
pub(super) struct Wanted<'a> {
    pub attempt: &'a str,
    pub run: &'a Run,
    /// How long after its last run the remote action is not to run again.
    pub cooldown_ms: i64,
}

/// What is in the way.
enum Obstacle {
    Lease(Lease),
    Cooldown(Timestamp),
}

/// Sees whether the device is free. Who has it is asked about once: perhaps nobody has noticed that it ended.
///
/// # Errors
/// `refused`, with the time at which it is allowed again; what the store fails with.
pub(super) async fn admit<H: Host>(client: &Client<H>, wanted: &Wanted<'_>) -> Result<DeviceLock, NexthinkError> {
    let lock = find(client, wanted.run).await?;
    let now = client.host().now();
    let lease = match lock.record.obstacle(wanted, now) {
        None => return Ok(lock),
        Some(Obstacle::Lease(lease)) => lease,
        Some(obstacle) => return Err(obstacle.error(now)),
    };
    settle(client, lock, &lease).await;
    let lock = find(client, wanted.run).await?;
    let now = client.host().now();
    match lock.record.obstacle(wanted, now) {
        None => Ok(lock),
        Some(obstacle) => Err(obstacle.error(now)),
    }
}

/// Takes the lease, from where `admit` has seen that the device is free.
///
/// # Errors
/// As `admit`: someone else may have been faster.
pub(super) async fn take<H: Host>(
    client: &Client<H>,
    seen: DeviceLock,
    wanted: &Wanted<'_>,
) -> Result<DeviceLock, NexthinkError> {
    let mut lock = seen;
    for _ in 0..TRIES {
        let now = client.host().now();
        if let Some(obstacle) = lock.record.obstacle(wanted, now) {
            return Err(obstacle.error(now));
        }
        let taken = lock.record.clone().leased(wanted, now);
        if let Some(lock) = put(client, wanted.run, &lock, taken).await? {
            return Ok(lock);
        }
        lock = find(client, wanted.run).await?;
    }
    Err(NexthinkError::new(ErrorKind::Refused, "others are using this device at this moment")
        .hint("call again in a moment with the same token"))
}

/// Gives the lease back of a run that the tenant refused. If the store fails, whoever wants the device sees in the
/// ledger that nobody has it.
pub(super) async fn give_back<H: Host>(client: &Client<H>, taken: DeviceLock, run: &Run) {
    let mut record = taken.record.clone();
    record.lease = None;
    let _ = put(client, run, &taken, record).await;
}

/// Writes down that a run has ended, and gives its lease back. If the store fails, the next one who wants the device
/// looks.
pub(super) async fn ended<H: Host>(client: &Client<H>, run: &Run) {
    for _ in 0..TRIES {
        let Ok(lock) = find(client, run).await else { return };
        let mut record = lock.record.clone();
        if record.lease.as_ref().is_none_or(|lease| lease.run != run.id) {
            return;
        }
        record.lease = None;
        if let (true, Some(ended_at)) = (run.may_have_run(), run.ended_at) {
            record.ran(&run.remote_action_id, ended_at);
        }
        match put(client, run, &lock, record).await {
            Ok(None) => {}
            _ => return,
        }
    }
}

/// Looks at the run that has the device, so that a run that has ended, or never was, does not block it.
async fn settle<H: Host>(client: &Client<H>, lock: DeviceLock, lease: &Lease) {
    let Ok(Some(entered)) = ledger::find(client, &lease.run).await else { return };
    // A released attempt sends nothing any more; one with the same token has to take the lease anew.
    let is_over = entered.entry.released || entered.entry.attempt != lease.attempt;
    let run = entered.entry.run;
    if is_over {
        give_back(client, lock, &run).await;
    } else if run.ended_at.is_some() {
        ended(client, &run).await;
    } else {
        // It gives the lease back where it sees the end.
        let _ = super::follow_up::progress(client, run).await;
    }
}

async fn find<H: Host>(client: &Client<H>, run: &Run) -> Result<DeviceLock, NexthinkError> {
    let text = client.stored(NAME, &key(run)).await?;
    // What cannot be read is replaced: it would block the device for as long as it is there.
    let record = text.as_ref().and_then(|text| DeviceRecord::read(Json::parse(text.as_bytes())?).ok());
    Ok(DeviceLock { record: record.unwrap_or_default(), text })
}

async fn put<H: Host>(
    client: &Client<H>,
    run: &Run,
    current: &DeviceLock,
    record: DeviceRecord,
) -> Result<Option<DeviceLock>, NexthinkError> {
    let text = record.write().to_text();
    let is_put = client.store(NAME, &key(run), current.text.as_deref(), &text, KEPT_MS).await?;
    Ok(is_put.then_some(DeviceLock { record, text: Some(text) }))
}

/// Collector UIDs are the same in any case.
fn key(run: &Run) -> String {
    run.device.collector_uid.to_ascii_lowercase()
}

/// How long a record stays after its last change: longer than any lease and any cooldown, and no longer than a timer of
/// JavaScript can wait, by which a store may forget.
#[expect(clippy::cast_possible_truncation, reason = "24 days are below 2^31 milliseconds")]
const KEPT_MS: u32 = 24 * DAY as u32;

/// A lease that has longer to go was taken by a clock that is wrong.
const LONGEST_LEASE_MS: i64 = DAY + 2 * GRACE_MS;

/// The longest cooldown: longer ones would outlive the record.
pub(super) const LONGEST_COOLDOWN_MS: i64 = 23 * DAY;

impl DeviceRecord {
    fn obstacle(&self, wanted: &Wanted<'_>, now: Timestamp) -> Option<Obstacle> {
        let run = wanted.run;
        let lease = self.lease.as_ref().filter(|lease| lease.run != run.id);
        if let Some(lease) = lease
            && (1..=LONGEST_LEASE_MS).contains(&lease.until.since(now))
        {
            return Some(Obstacle::Lease(lease.clone()));
        }
        if wanted.cooldown_ms == 0 {
            return None;
        }
        let mut last = lease.map(|lease| (&lease.remote_action_id, lease.since)).into_iter().collect::<Vec<_>>();
        for run in &self.last {
            last.push((&run.remote_action_id, run.at));
        }
        last.retain(|(id, _)| same_remote_action(id, &run.remote_action_id));
        // A run of the future was seen by a clock that is wrong, too.
        last.retain(|(_, at)| at.since(now) <= LONGEST_LEASE_MS);
        let allowed = last.iter().map(|(_, at)| at.plus(wanted.cooldown_ms)).max()?;
        (now < allowed).then_some(Obstacle::Cooldown(allowed))
    }

    fn leased(mut self, wanted: &Wanted<'_>, now: Timestamp) -> Self {
        let run = wanted.run;
        // A lease that ended by itself: nobody has said that its run did not run.
        if let Some(lease) = self.lease.take()
            && lease.run != run.id
        {
            self.ran(&lease.remote_action_id, lease.since);
        }
        self.lease = Some(Lease {
            run: run.id.clone(),
            attempt: wanted.attempt.to_owned(),
            remote_action_id: run.remote_action_id.clone(),
            since: now,
            until: run.expires_at.plus(GRACE_MS),
        });
        self
    }

    fn ran(&mut self, remote_action_id: &str, at: Timestamp) {
        self.last.retain(|last| !same_remote_action(&last.remote_action_id, remote_action_id));
        self.last.push(LastRun { remote_action_id: remote_action_id.to_owned(), at });
    }
}

impl Obstacle {
    fn error(&self, now: Timestamp) -> NexthinkError {
        let (message, until) = match self {
            Self::Lease(lease) => ("another remote action is under way on this device", lease.until),
            Self::Cooldown(until) => ("this remote action has run on this device not long ago", *until),
        };
        let hint = match self {
            Self::Lease(_) => format!("follow that run to its end; the device is free at {until} at the latest"),
            Self::Cooldown(_) => format!("it is allowed again at {until}"),
        };
        let mut error = NexthinkError::new(ErrorKind::Refused, message).hint(hint);
        error.retry_after_ms = u32::try_from(until.since(now)).ok();
        error
    }
}
