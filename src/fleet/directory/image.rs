//! The bytes of a directory that are kept: a head, then the arenas one after the other, as they lie in memory.
//!
//! ```text
//! "NXTHDIR" | version, 1 byte | as of, 8 (its lowest number: unknown) | columns, 4 | lengths of the arenas, 4 each | checksum, 8
//! ```
//!
//! Whatever is read back is only believed as far as it is there: a place that is none ends a lookup with an error.

use std::cell::OnceCell;

use super::arena::{Arena, PIECE};
use super::columns::Columns;
use super::index::Index;
use super::store::Store;
use super::{Directory, damaged};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::nql::Timestamp;

const MARK: &[u8; 7] = b"NXTHDIR";
/// The form that is written. In the first one no device had an age of its own, which is how it reads.
const VERSION: u8 = 2;
const FIRST_VERSION: u8 = 1;
const ARENAS: usize = 13;
/// Up to the checksum, which is over all that comes before and after it.
const BEFORE_CHECKSUM: usize = MARK.len() + 1 + 8 + 4 + 4 * ARENAS;
const HEAD: usize = BEFORE_CHECKSUM + 8;

/// Bytes on their way back into a directory.
pub struct Image {
    total: usize,
    head: Vec<u8>,
    lengths: [usize; ARENAS],
    arenas: [Arena; ARENAS],
    /// The arena that is filled.
    current: usize,
}

impl Directory {
    /// How many bytes it takes, kept or in memory.
    pub fn bytes(&self) -> usize {
        HEAD + self.arenas().iter().map(|arena| arena.len()).sum::<usize>()
    }

    /// The bytes that are kept, in pieces; none beyond the last.
    pub fn piece(&self, number: usize) -> Option<Vec<u8>> {
        let Some(mut number) = number.checked_sub(1) else { return Some(self.head()) };
        for arena in self.arenas() {
            match arena.pieces().get(number) {
                Some(piece) => return Some(piece.clone()),
                None => number -= arena.pieces().len(),
            }
        }
        None
    }

    fn head(&self) -> Vec<u8> {
        let mut head = Vec::with_capacity(HEAD);
        head.extend_from_slice(MARK);
        head.push(VERSION);
        head.extend_from_slice(&self.as_of.map_or(i64::MIN, |time| time.0).to_le_bytes());
        head.extend_from_slice(&self.columns.0.to_le_bytes());
        for arena in self.arenas() {
            head.extend_from_slice(&u32::try_from(arena.len()).unwrap_or(u32::MAX).to_le_bytes());
        }
        let checksum = checksum(&head, &self.arenas());
        head.extend_from_slice(&checksum.to_le_bytes());
        head
    }

    fn arenas(&self) -> [&Arena; ARENAS] {
        let Store { shared, descriptions, texts, devices, employees, employee_places } = &self.store;
        let [uids, names, usernames, upns, emails, sids] = self.indexes.each_ref().map(|index| &index.numbers);
        [
            shared,
            descriptions,
            texts,
            devices,
            employees,
            employee_places,
            &self.owned,
            uids,
            names,
            usernames,
            upns,
            emails,
            sids,
        ]
    }
}

impl Image {
    /// So many bytes are to come.
    pub fn new(total: usize) -> Self {
        Self { total, head: Vec::new(), lengths: [0; ARENAS], arenas: Default::default(), current: 0 }
    }

    /// Takes the next bytes. It makes room only for what has come.
    ///
    /// # Errors
    /// `malformed` for what is no directory, or one of a later version.
    pub fn feed(&mut self, mut bytes: &[u8]) -> Result<(), NexthinkError> {
        if self.head.len() < HEAD {
            let (head, rest) = bytes.split_at(bytes.len().min(HEAD - self.head.len()));
            self.head.extend_from_slice(head);
            bytes = rest;
            if self.head.len() < HEAD {
                return Ok(());
            }
            self.read_head()?;
        }
        while !bytes.is_empty() {
            let arena = self.arenas.get_mut(self.current).ok_or_else(cut)?;
            let wanted = self.lengths.get(self.current).copied().unwrap_or_default() - arena.len();
            let (now, later) = bytes.split_at(bytes.len().min(wanted));
            arena.fill(now);
            bytes = later;
            self.current += usize::from(now.len() == wanted);
        }
        Ok(())
    }

    /// The directory.
    ///
    /// # Errors
    /// `malformed` where bytes are missing, or are not those that were written.
    pub fn finish(self) -> Result<Directory, NexthinkError> {
        if self.head.len() < HEAD {
            return Err(if self.head.starts_with(MARK) { cut() } else { no_directory() });
        }
        if self.arenas.iter().zip(self.lengths).any(|(arena, length)| arena.len() != length) {
            return Err(cut());
        }
        let (head, told) = self.head.split_at_checked(BEFORE_CHECKSUM).ok_or_else(cut)?;
        if told != checksum(head, &self.arenas.each_ref()).to_le_bytes() {
            return Err(damaged());
        }
        let as_of = number(head, MARK.len() + 1).ok_or_else(cut)?;
        let columns = head.get(MARK.len() + 9..).and_then(<[u8]>::first_chunk).ok_or_else(cut)?;
        let [shared, descriptions, texts, devices, employees, employee_places, owned, indexes @ ..] = self.arenas;
        Ok(Directory {
            store: Store { shared, descriptions, texts, devices, employees, employee_places },
            owned,
            indexes: indexes.map(|numbers| Index { numbers }),
            columns: Columns(u32::from_le_bytes(*columns)),
            as_of: (as_of != i64::MIN).then_some(Timestamp(as_of)),
            owners: OnceCell::new(),
        })
    }

    fn read_head(&mut self) -> Result<(), NexthinkError> {
        let rest = self.head.strip_prefix(MARK).ok_or_else(no_directory)?;
        let (version, rest) = rest.split_first().ok_or_else(cut)?;
        if !(FIRST_VERSION..=VERSION).contains(version) {
            let message =
                "the directory was written by another version of this package, in a form that this one does not read";
            return Err(NexthinkError::new(ErrorKind::Malformed, message)
                .hint("make the directory anew from an export, or use the same version everywhere"));
        }
        let (numbers, _) = rest.get(12..).unwrap_or_default().as_chunks::<4>();
        for (length, number) in self.lengths.iter_mut().zip(numbers) {
            *length = u32::from_le_bytes(*number) as usize;
        }
        let all = self.lengths.iter().try_fold(HEAD, |all, length| all.checked_add(*length));
        if all == Some(self.total) { Ok(()) } else { Err(cut()) }
    }
}

fn number(bytes: &[u8], at: usize) -> Option<i64> {
    Some(i64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A number that changes with every byte: it tells what was cut or mixed up, not what was forged.
fn checksum(head: &[u8], arenas: &[&Arena; ARENAS]) -> u64 {
    let mut sum = 0x9e37_79b9_7f4a_7c15_u64;
    let mut add = |bytes: &[u8]| {
        let (words, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        for (byte, left) in last.iter_mut().zip(rest) {
            *byte = *left;
        }
        for word in words.iter().chain(std::iter::once(&last)) {
            sum = (sum ^ u64::from_le_bytes(*word)).wrapping_mul(0x2545_f491_4f6c_dd1d);
            sum ^= sum >> 29;
        }
    };
    add(head);
    for arena in arenas {
        arena.pieces().iter().for_each(|piece| add(piece));
    }
    sum
}

/// The same bytes with the checksum that they should have, where the rest of their head is sound.
#[cfg(test)]
pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut image = Image::new(bytes.len());
    if image.feed(&bytes).is_ok() && image.head.len() == HEAD {
        let sum = checksum(&image.head[..BEFORE_CHECKSUM], &image.arenas.each_ref());
        bytes[BEFORE_CHECKSUM..HEAD].copy_from_slice(&sum.to_le_bytes());
    }
    bytes
}

fn no_directory() -> NexthinkError {
    NexthinkError::new(ErrorKind::Malformed, "these bytes are no directory")
        .hint("pass what `toBytes` has given, unpacked where you have packed it")
}

fn cut() -> NexthinkError {
    NexthinkError::new(ErrorKind::Malformed, "the directory's bytes are not whole")
        .hint("read all of what was kept, or make the directory anew from an export")
}

const _: () = assert!(PIECE.is_multiple_of(8), "numbers lie in one piece");
