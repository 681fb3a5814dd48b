//! What scheduled remote actions have collected, and when. Nothing is stored: a run at a time reports what was true on
//! the device at that time, so that advancing a tenant by a month costs nothing.

use nexthink_chatbot::nql::{DAY, MINUTE, TimeRange, Timestamp};

use crate::fleet::Device;
use crate::remote_actions::{Kind, Outputs, RemoteAction, Schedule, Status};

/// How many runs of an action on a device are kept.
const RUNS_KEPT: usize = 3;

/// How long executions are kept.
pub(crate) const RETENTION: i64 = 30 * DAY;

/// What one run found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    pub status: Status,
    pub status_details: Option<&'static str>,
    pub outputs: Outputs,
}

/// The times of the last runs of an action (by its position in the catalogue) on a device, the newest first.
/// Empty where it never ran: nothing to read there, no script for the platform, or no schedule.
pub(crate) fn runs(device: &Device, action: usize, now: Timestamp) -> Vec<Timestamp> {
    let mut runs = Vec::with_capacity(RUNS_KEPT);
    let Some(RemoteAction { kind: Kind::DataCollection { schedule, .. }, .. }) = RemoteAction::at(action) else {
        return runs;
    };
    let mut time = now;
    while runs.len() < RUNS_KEPT {
        time = scheduled(*schedule, minute(device, action, *schedule), device.presence.last_online(time));
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
pub(crate) fn runs_within(device: &Device, action: usize, range: TimeRange) -> impl Iterator<Item = Timestamp> {
    let schedule = match RemoteAction::at(action) {
        Some(RemoteAction { kind: Kind::DataCollection { schedule, .. }, .. }) => Some(*schedule),
        _ => None,
    };
    schedule.into_iter().flat_map(move |schedule| {
        let wait = (minute(device, action, schedule) - range.from.0).rem_euclid(schedule.period());
        std::iter::successors(Some(range.from.plus(wait)), move |time| Some(time.plus(schedule.period())))
            .take_while(move |time| *time < range.to)
            .filter(move |time| device.presence.online_at(*time) && report(device, action, *time).is_some())
    })
}

/// What a run of an action on a device at a time reported.
pub(crate) fn report(device: &Device, action: usize, time: Timestamp) -> Option<Report> {
    let action = RemoteAction::at(action)?;
    if !action.has_script_for(device.platform) {
        return None;
    }
    let facts = device.facts_at(time)?;
    let outputs = action.read(device, facts)?;
    if facts.failing_collections.contains(action.id) {
        let details = "[Environment error] The user session could not be opened. Version: 1.2.0.0. Line '97'";
        return Some(Report { status: Status::Failure, status_details: Some(details), outputs: action.no_outputs() });
    }
    Some(Report { status: Status::Success, status_details: None, outputs })
}

/// The newest report of an action on a device, and its time.
pub(crate) fn latest(device: &Device, action: usize, now: Timestamp) -> Option<(Timestamp, Report)> {
    let time = runs(device, action, now).into_iter().next()?;
    report(device, action, time).map(|report| (time, report))
}

/// The minute of the hour or of the day at which the action runs on this device, in milliseconds.
fn minute(device: &Device, action: usize, schedule: Schedule) -> i64 {
    // A prime step spreads the actions of one device.
    let spread = device.rhythm / MINUTE + 17 * i64::try_from(action).unwrap_or_default();
    spread % (schedule.period() / MINUTE) * MINUTE
}

/// The last scheduled time up to `time`.
fn scheduled(schedule: Schedule, minute: i64, time: Timestamp) -> Timestamp {
    time.plus(-(time.0 - minute).rem_euclid(schedule.period()))
}
