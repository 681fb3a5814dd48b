//! Links that need no token: who has one may read the file for a while. They look like those of object storage; the
//! signature is only as good as it has to be where everything is simulated.

use nexthink_chatbot::nql::{SECOND, Timestamp};

use super::form;
use crate::random::Random;

/// How long a link holds.
const LIFETIME_SECONDS: i64 = 900;

/// What signs links, and knows its own.
#[derive(Debug, Clone)]
pub(crate) struct SignedLinks {
    key: u64,
}

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadLink {
    /// It is not signed at all.
    Unsigned,
    /// It was signed for something else, or not here.
    WrongSignature,
    /// It was good once.
    Expired,
}

impl SignedLinks {
    pub fn new(seed: u64) -> Self {
        Self { key: Random::new(seed, "signed links").next() }
    }

    /// The path with a signature that holds from now on.
    pub(super) fn sign(&self, path: &str, now: Timestamp) -> String {
        let date = compact(now);
        let expires = LIFETIME_SECONDS.to_string();
        let signature = self.signature(path, &date, &expires);
        format!(
            "{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={date}&X-Amz-Expires={expires}\
             &X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
        )
    }

    pub(super) fn check(&self, path: &str, query: &str, now: Timestamp) -> Result<(), BadLink> {
        let value = |name: &str| form::value(query, name).ok_or(BadLink::Unsigned);
        let (date, expires) = (value("X-Amz-Date")?, value("X-Amz-Expires")?);
        if value("X-Amz-Signature")? != self.signature(path, &date, &expires) {
            return Err(BadLink::WrongSignature);
        }
        // Signed, hence written by us.
        let signed_at = read_compact(&date).ok_or(BadLink::WrongSignature)?;
        if now.since(signed_at) < LIFETIME_SECONDS * SECOND { Ok(()) } else { Err(BadLink::Expired) }
    }

    fn signature(&self, path: &str, date: &str, expires: &str) -> String {
        Random::new(self.key, &format!("{path}\n{date}\n{expires}")).hexadecimal(32)
    }
}

/// `20261118T090000Z`.
fn compact(time: Timestamp) -> String {
    let second = Timestamp(time.0.div_euclid(SECOND) * SECOND);
    second.to_string().replace(['-', ':'], "")
}

fn read_compact(text: &str) -> Option<Timestamp> {
    let mut iso = String::with_capacity(20);
    for (position, character) in text.chars().enumerate() {
        match position {
            4 | 6 => iso.push('-'),
            11 | 13 => iso.push(':'),
            _ => {}
        }
        iso.push(character);
    }
    Timestamp::parse(&iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_793_000_000_000);

    fn check(link: &str, now: Timestamp) -> Result<(), BadLink> {
        let (path, query) = link.split_once('?').unwrap_or((link, ""));
        SignedLinks::new(1).check(path, query, now)
    }

    #[test]
    fn a_link_holds_for_fifteen_minutes() {
        let link = SignedLinks::new(1).sign("/a.csv", NOON);
        assert_eq!(check(&link, NOON), Ok(()));
        assert_eq!(check(&link, NOON.plus(899_999)), Ok(()));
        assert_eq!(check(&link, NOON.plus(900_000)), Err(BadLink::Expired));
    }

    #[test]
    fn what_is_altered_is_seen() {
        let link = SignedLinks::new(1).sign("/a.csv", NOON);
        for (from, to) in [("a.csv", "b.csv"), ("Expires=900", "Expires=90000"), ("Date=2026", "Date=2027")] {
            assert!(link.contains(from), "{link}");
            assert_eq!(check(&link.replace(from, to), NOON), Err(BadLink::WrongSignature), "{to}");
        }
        assert_eq!(check(&SignedLinks::new(2).sign("/a.csv", NOON), NOON), Err(BadLink::WrongSignature));
        for unsigned in ["/a.csv", link.split("&X-Amz-Signature").next().unwrap()] {
            assert_eq!(check(unsigned, NOON), Err(BadLink::Unsigned));
        }
    }

    #[test]
    fn the_date_of_a_link_is_read_as_it_was_written() {
        assert_eq!(compact(Timestamp(1_689_616_429_700)), "20230717T175349Z");
        assert_eq!(read_compact("20230717T175349Z"), Some(Timestamp(1_689_616_429_000)));
    }
}
