//! The cap per hour: places for messages, each taken for 60 minutes.

use std::collections::VecDeque;

use crate::nql::{HOUR, Timestamp};

/// When the last messages went out; as many as count, the oldest first.
#[derive(Debug)]
pub(super) struct Hour {
    sent: VecDeque<i64>,
    per_hour: usize,
}

impl Hour {
    /// From the times of the messages of the last hour, in order.
    pub fn new(last_hour: &[i64], per_hour: usize) -> Self {
        let skipped = last_hour.len().saturating_sub(per_hour);
        Self { sent: last_hour.iter().skip(skipped).copied().collect(), per_hour }
    }

    /// How many messages may go out now.
    pub fn left(&self) -> usize {
        self.per_hour - self.sent.len()
    }

    /// Takes one place. Records from a clock that is ahead stay behind those of now.
    pub fn take(&mut self, now: Timestamp) {
        let place = self.sent.partition_point(|at| *at <= now.0);
        self.sent.insert(place, now.0);
    }

    /// When the next message may go out; nothing where it may at once.
    pub fn full_until(&self) -> Option<Timestamp> {
        let oldest = if self.left() == 0 { self.sent.front() } else { None };
        oldest.map(|at| Timestamp(at.saturating_add(HOUR)))
    }

    /// When a message that waits its turn can go out: each takes the first place that is free.
    pub fn next_turn(&mut self, now: Timestamp) -> Timestamp {
        let turn = self.full_until().unwrap_or(now);
        if self.left() == 0 {
            self.sent.pop_front();
        }
        self.sent.push_back(turn.0);
        turn
    }
}
