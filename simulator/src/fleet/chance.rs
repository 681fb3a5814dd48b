//! What happens by chance on a device: numbers from its rhythm, so that nothing of its past has to be stored and the
//! fleet's own stream of numbers stays as it is.

use super::device::Device;
use crate::random::Random;

/// What a number is drawn for; each has its own stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Chance {
    Age = 1,
    Boot,
    BootDuration,
    FastStartup,
    Failure,
    Crash,
    Interaction,
    Login,
    Load,
    Usage,
    Update,
}

impl Device {
    /// The numbers for one occasion: a day, a time, the how-manieth.
    pub(crate) fn chance(&self, chance: Chance, occasion: i64) -> Random {
        Random::of([self.rhythm.cast_unsigned(), chance as u64, occasion.cast_unsigned()])
    }
}
