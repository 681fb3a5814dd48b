//! System crashes and hard resets. After each the device starts anew, so every one of them is told shortly before a
//! full boot, and none is told where no full boot follows.

use nexthink_chatbot::nql::{MINUTE, TimeRange, Timestamp};

use crate::fleet::chance::Chance;
use crate::fleet::device::{Device, Platform};

/// How long before the boot that follows it a failure can be.
const LONGEST_BEFORE_BOOT: i64 = 4 * MINUTE;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failure {
    pub at: Timestamp,
    pub kind: FailureKind,
    /// When the tenant learns of it: when the device has booted again.
    pub known_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureKind {
    SystemCrash,
    HardReset,
}

/// The codes and labels of Windows' bug checks.
const BUG_CHECKS: [(&str, &str); 4] = [
    ("0x0000009F", "DRIVER_POWER_STATE_FAILURE"),
    ("0x000000D1", "DRIVER_IRQL_NOT_LESS_OR_EQUAL"),
    ("0x0000001A", "MEMORY_MANAGEMENT"),
    ("0x00000133", "DPC_WATCHDOG_VIOLATION"),
];

impl Device {
    /// The failures in a range; `now` says which facts hold.
    pub fn failures(&self, range: TimeRange, now: Timestamp) -> Vec<Failure> {
        // A boot after the range's end or after now has not happened, and neither has what it followed.
        let boots = TimeRange { from: range.from, to: range.to.plus(LONGEST_BEFORE_BOOT).min(now.plus(1)) };
        let mut failures: Vec<Failure> = self
            .full_boots(boots, now)
            .filter_map(|boot| {
                let mut chance = self.chance(Chance::Failure, boot.0);
                let kind = match chance.below(100) {
                    0..4 => FailureKind::SystemCrash,
                    4..7 => FailureKind::HardReset,
                    _ => return None,
                };
                let before = chance.between(MINUTE.cast_unsigned(), LONGEST_BEFORE_BOOT.cast_unsigned());
                Some(Failure { at: boot.plus(-before.cast_signed()), kind, known_at: boot })
            })
            .filter(|failure| range.contains(failure.at) && self.reports_at(failure.at))
            .collect();
        failures.reverse();
        failures
    }

    /// The failures that the tenant learned of in a range.
    pub fn failures_known_in(&self, range: TimeRange, now: Timestamp) -> impl Iterator<Item = Failure> {
        let before = TimeRange { from: range.from.plus(-LONGEST_BEFORE_BOOT), to: range.to };
        self.failures(before, now).into_iter().filter(move |failure| range.contains(failure.known_at))
    }

    /// The code of a system crash in hexadecimal and its label; a Mac has no code.
    pub fn crash_label(&self, failure: Failure) -> (Option<&'static str>, &'static str) {
        match self.platform {
            Platform::Windows => {
                let (code, label) = self.chance(Chance::Failure, failure.at.0).pick(&BUG_CHECKS);
                (Some(code), label)
            }
            Platform::MacOs => (None, "Kernel panic"),
        }
    }
}
