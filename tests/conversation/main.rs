//! Whole conversations over the simulated tenant: what the employee writes, what is said, and what reaches the tenant.
//! Each path is a file under `transcripts/` that a person can read; `UPDATE_TRANSCRIPTS=1` writes them anew.
//!
//! `FUZZ_REPLIES=1000000 cargo test --profile native --test conversation fuzz` holds the machine to as many replies and
//! states that nobody has foreseen.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod calls;
#[path = "../model/chance.rs"]
mod chance;
mod chat;
mod consents;
mod fixture;
mod fuzz;
mod late;
mod mutation;
mod paths;
mod rules;
mod silence;
mod sizes;
mod stages;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
mod transcript;

/// A test for each language and each group of paths, so that they run side by side.
macro_rules! languages {
    ($($name:ident: $locale:literal),*) => {
        $(mod $name {
            #[test]
            fn every_rule_is_agreed_to_and_declined() {
                crate::rules::play($locale);
            }

            #[test]
            fn every_path_is_walked_to_its_end() {
                crate::paths::play($locale);
            }

            #[test]
            fn every_word_is_understood_at_every_stage() {
                crate::stages::play($locale);
            }
        })*
    };
}

languages!(english: "en", french: "fr", german: "de", spanish: "es", japanese: "ja");
