//! What npm users see, as thin as it can be: a call comes in as JSON bytes, an answer goes out as a JavaScript value.
//! Nothing is decided here.

mod answer;
mod client;
