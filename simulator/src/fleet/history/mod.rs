//! What happened on a device, computed when it is asked for from its facts, its presence and its rhythm: a hundred
//! thousand devices with a month behind them cost no memory. Everything is given oldest first, and nothing happens
//! while the device is offline. Which names it has in NQL is left to `tables`.

mod boots;
mod crashes;
mod days;
mod failures;
mod load;
mod sessions;
mod usage;

pub(crate) use boots::{Boot, BootKind};
pub(crate) use crashes::Crash;
pub(crate) use failures::{Failure, FailureKind};

pub(crate) use sessions::Login;
pub(crate) use usage::Usage;
