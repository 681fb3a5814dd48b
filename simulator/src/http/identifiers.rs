//! The shapes of identifiers, and the limit of how many one request may name, that several APIs share.

use std::ops::RangeInclusive;

/// How many devices, users or objects a request names where it must name any.
pub(super) const OBJECTS: RangeInclusive<usize> = 1..=10_000;

/// `^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`
pub(super) fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_hexdigit())));
    groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}

/// `^S(-\d+){2,10}$|^0$`
pub(super) fn is_sid(text: &str) -> bool {
    let numbers = || text.strip_prefix("S-").into_iter().flat_map(|rest| rest.split('-'));
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    text == "0" || ((2..=10).contains(&numbers().count()) && numbers().all(is_number))
}

/// `^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$`
pub(super) fn is_upn(text: &str) -> bool {
    let consists = |text: &str, of: &[u8]| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || of.contains(&byte));
    let Some((name, domain)) = text.split_once('@') else { return false };
    let Some((rest, top)) = domain.rsplit_once('.') else { return false };
    !name.is_empty()
        && consists(name, b"._%+-")
        && !rest.is_empty()
        && consists(rest, b".-")
        && top.len() >= 2
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_are_those_of_the_documents() {
        for (check, good, bad) in [
            (
                is_uuid as fn(&str) -> bool,
                vec!["e0aa796d-e3af-47b5-88d8-228cf5551fb6", "E0AA796D-E3AF-47B5-88D8-228CF5551FB6"],
                vec!["", "e0aa796d-e3af-47b5-88d8-228cf5551fb", "g0aa796d-e3af-47b5-88d8-228cf5551fb6", "x-x-x-x-x"],
            ),
            (
                is_sid,
                vec!["S-1-5", "S-1-5-21-1-2-3-1101", "0", "S-1-2-3-4-5-6-7-8-9-10"],
                vec!["", "S", "S-1", "S-1-", "s-1-5", "S-1-5-x", "00", "S-1-2-3-4-5-6-7-8-9-10-11"],
            ),
            (
                is_upn,
                vec!["amartin@acme.example", "a.b+c%d-e_f@x.co"],
                vec!["", "amartin", "@acme.example", "a@b", "a@.com", "a@b.c", "a b@c.de", "a@b@c.de", "a@b.c0m"],
            ),
        ] {
            assert_eq!(good.iter().filter(|text| !check(text)).collect::<Vec<_>>(), [&""; 0]);
            assert_eq!(bad.iter().filter(|text| check(text)).collect::<Vec<_>>(), [&""; 0]);
        }
    }
}
