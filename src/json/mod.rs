//! JSON as a value, and the way of our own types into it and out of it.
//!
//! Every call, answer, run and proposal passes through one tree (`Json`) instead of through code that is made anew
//! for each type and each format: with serde's derived code the module was 204 KB after brotli, three times its
//! budget. It also knows the path to what does not fit, which serde's messages do not, and never quotes a value,
//! which they do.

mod decimals;
mod map;
mod name;
mod number;
mod parse;
mod plain_number;
mod read;
mod record;
pub(crate) mod scan;
mod string;
mod token;
mod tree;
mod usual;
mod write;

pub(crate) use decimals::Decimals;
pub use map::Map;
pub(crate) use name::{field_name, spell};
pub(crate) use number::push_digits;
pub use parse::{NotJson, Parser};
pub(crate) use plain_number::{plain_number, plain_number_in};
pub use read::{Mismatch, Place, Read, Reader};
pub(crate) use record::{record, words};
pub use token::Token;
pub(crate) use tree::write_string;
pub use tree::{Json, parse_number};
pub use write::{Write, write_fields};
