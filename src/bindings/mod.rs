//! What npm users see, as thin as it can be: a call comes in as JSON bytes, an answer goes out as a JavaScript value.
//! Nothing is decided here. Each of the modules that this crate becomes has its own calls.

#[cfg(feature = "javascript")]
mod answer;
#[cfg(any(test, feature = "authoring", feature = "conversation", feature = "proactive"))]
mod answer_text;
#[cfg(feature = "javascript")]
mod api;
#[cfg(any(test, feature = "authoring"))]
pub mod authoring;
#[cfg(feature = "javascript")]
mod client;
#[cfg(any(test, feature = "conversation"))]
pub mod conversation;
#[cfg(feature = "fleet")]
mod directory;
#[cfg(feature = "javascript")]
mod export;
#[cfg(feature = "fleet")]
mod fleet;
mod input;
#[cfg(feature = "javascript")]
mod instance;
#[cfg(any(test, feature = "proactive"))]
pub mod proactive;
#[cfg(feature = "javascript")]
mod record;
#[cfg(feature = "fleet")]
mod scan;
