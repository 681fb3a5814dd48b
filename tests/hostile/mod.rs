//! What NQL must bear, for the tests here and for the fuzz target in `fuzz/`: texts that are nearly queries, tables
//! with the worst values, and what holds of any text whatsoever.

pub mod choices;
pub mod dictionary;
pub mod invented_query;
pub mod near_query;
pub mod properties;
pub mod tables;
