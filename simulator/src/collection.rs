//! What scheduled remote actions have collected, and when. Nothing is stored: a run at a time reports what was true on
//! the device at that time, so that advancing a tenant by a month costs nothing.

use nexthink_chatbot::nql::{DAY, MINUTE, TimeRange, Timestamp};

use crate::fleet::Device;
use crate::remote_actions::{Outputs, RemoteAction, Schedule, Status};

/// How many runs of an action on a device are kept.
const RUNS_KEPT: usize = 3;

/// How long executions are kept.
pub(crate) const RETENTION: i64 = 30 * DAY;

/// The error with which a collection ends that fails.
pub(crate) const FAILED_COLLECTION: &str =
    "[Environment error] The user session could not be opened. Version: 1.2.0.0. Line '97'";

/// What one run found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    pub status: Status,
    pub status_details: Option<&'static str>,
    pub outputs: Outputs,
}

/// An action that collects, and its position in the catalogue, from which its minute comes.
pub(crate) type Collecting<'a> = (usize, &'a RemoteAction);

/// The times of the last runs of an action on a device, the newest first. Empty where it never ran: nothing to read
/// there, no script for the platform, or no schedule.
pub(crate) fn runs(device: &Device, (position, action): Collecting<'_>, now: Timestamp) -> Vec<Timestamp> {
    let mut runs = Vec::with_capacity(RUNS_KEPT);
    let Some((schedule, until)) = schedule(action) else { return runs };
    // A schedule that was switched off at a time did not run at that time any more.
    let mut time = now.min(until.plus(-1));
    while runs.len() < RUNS_KEPT {
        time = scheduled(schedule, minute(device, position, schedule), device.presence.last_online(time));
        if now.since(time) > RETENTION {
            break;
        }
        if device.presence.online_at(time) {
            if report(device, action, time).is_none() {
                break;
            }
            runs.push(time);
        }
        time = time.plus(-1);
    }
    runs
}

/// The times of all runs of an action on a device in a range, oldest first, however many: what a webhook sees of them
/// as they happen.
pub(crate) fn runs_within<'a>(
    device: &'a Device,
    (position, action): Collecting<'a>,
    range: TimeRange,
) -> impl Iterator<Item = Timestamp> + 'a {
    schedule(action).into_iter().flat_map(move |(schedule, until)| {
        let wait = (minute(device, position, schedule) - range.from.0).rem_euclid(schedule.period());
        std::iter::successors(Some(range.from.plus(wait)), move |time| Some(time.plus(schedule.period())))
            .take_while(move |time| *time < range.to.min(until))
            .filter(move |time| device.presence.online_at(*time) && report(device, action, *time).is_some())
    })
}

/// What a run of an action on a device at a time reported.
pub(crate) fn report(device: &Device, action: &RemoteAction, time: Timestamp) -> Option<Report> {
    if !action.has_script_for(device.platform) {
        return None;
    }
    let facts = device.facts_at(time)?;
    if facts.missing_collections.contains(action.id.as_str()) {
        return None;
    }
    let outputs = action.read(facts)?;
    if facts.failing_collections.contains(action.id.as_str()) {
        let status_details = Some(FAILED_COLLECTION);
        return Some(Report { status: Status::Failure, status_details, outputs: action.no_outputs() });
    }
    Some(Report { status: Status::Success, status_details: None, outputs })
}

/// The newest report of an action on a device, and its time.
pub(crate) fn latest(device: &Device, action: Collecting<'_>, now: Timestamp) -> Option<(Timestamp, Report)> {
    let time = runs(device, action, now).into_iter().next()?;
    report(device, action.1, time).map(|report| (time, report))
}

/// When an action runs, and until when; none where its schedule is off.
fn schedule(action: &RemoteAction) -> Option<(Schedule, Timestamp)> {
    let collection = action.collection()?;
    Some((collection.schedule?, collection.until.unwrap_or(Timestamp(i64::MAX))))
}

/// The minute of the hour, the day or the week at which the action runs on this device, in milliseconds.
fn minute(device: &Device, position: usize, schedule: Schedule) -> i64 {
    // A prime step spreads the actions of one device.
    let spread = device.rhythm / MINUTE + 17 * i64::try_from(position).unwrap_or_default();
    spread % (schedule.period() / MINUTE) * MINUTE
}

/// The last scheduled time up to `time`.
fn scheduled(schedule: Schedule, minute: i64, time: Timestamp) -> Timestamp {
    time.plus(-(time.0 - minute).rem_euclid(schedule.period()))
}
