//! What those need who write queries and playbooks and keep a tenant in order; a conversation never does. Becomes the
//! module `authoring.wasm`.

mod compile;
pub mod content;
pub mod doctor;
#[cfg(feature = "authoring")]
mod exports;
pub mod nql;
mod places;
pub mod playbooks;

use super::answer_text::answer;
