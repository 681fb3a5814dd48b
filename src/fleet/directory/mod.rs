//! Which employee has which devices, out of an export: looked up without a call to the tenant, held compactly, and the
//! same as bytes, so that it can be kept and read back without being made again.
//!
//! ```text
//! bytes of an export → reading → builder → Directory → lookup
//!                                              ↕ image: bytes that are kept
//! ```
//!
//! An object for each of 500,000 devices would take hundreds of megabytes. Here a device is 32 bytes, an identifier is
//! its own letters and the number of those that it shares (`@acme.com`, `S-1-5-21-…-`), and what is looked up is found
//! by lists of numbers. All of it lies in arenas, in memory as in the bytes that are kept.
//!
//! | module | what |
//! | --- | --- |
//! | `columns` | what the file's columns are |
//! | `reading`, `csv` | the rows of a file |
//! | `builder`, `table` | rows → devices, employees and who has what |
//! | `store`, `identifier`, `seen`, `text`, `arena` | how they are held |
//! | `index`, `lookup`, `owners` | how they are found |
//! | `image` | the bytes that are kept |

mod arena;
mod builder;
mod columns;
mod csv;
mod identifier;
mod image;
mod index;
mod lookup;
mod owners;
#[cfg(test)]
mod properties;
mod reading;
mod seen;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use image::Image;
pub use lookup::DeviceLookup;
pub use reading::{DirectoryReading, DirectorySummary, ReadingSettings};

use std::cell::OnceCell;

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::nql::Timestamp;
use arena::Arena;
use columns::Columns;
use index::Index;
use owners::Owners;
use store::Store;

/// Employees and their devices.
pub struct Directory {
    store: Store,
    /// For each employee the devices: where theirs begin, then the devices' numbers.
    owned: Arena,
    /// By what is found, in the order of `lookup::By`.
    indexes: [Index; 6],
    /// Which columns the file had.
    columns: Columns,
    as_of: Option<Timestamp>,
    owners: OnceCell<Owners>,
}

impl Directory {
    /// How many devices there are.
    pub fn devices(&self) -> usize {
        self.store.device_count() as usize
    }

    /// How many employees there are, told apart by all of their identifiers.
    pub fn employees(&self) -> usize {
        self.store.employee_count() as usize
    }

    /// Of when the data is; unknown where neither the caller nor the file told.
    pub const fn as_of(&self) -> Option<Timestamp> {
        self.as_of
    }

    /// The columns that it could use and the file did not have.
    pub fn not_returned(&self) -> Vec<String> {
        self.columns.absent()
    }

    /// Where the devices of an employee are among the numbers of `owned`, for `for` loops over them.
    fn owned_by(&self, employee: u32) -> Option<std::ops::Range<usize>> {
        let base = self.employees() + 1;
        let place = employee as usize;
        let (from, to) = (self.owned.number(place)?, self.owned.number(place + 1)?);
        Some(base + from as usize..base + to as usize)
    }
}

/// What is said of bytes that look whole and are not.
fn damaged() -> NexthinkError {
    NexthinkError::new(ErrorKind::Malformed, "the directory's bytes do not fit together")
        .hint("make the directory anew from an export")
}
