//! The shapes that the vendor's documents give for identifiers. They are checked where the documents have them.

/// What an error says of a text that is no UUID.
pub(super) const NO_UUID: &str = "is not a UUID such as e0aa796d-e3af-47b5-88d8-228cf5551fb6";
/// What an error says of a text that is no security ID.
pub(super) const NO_SID: &str = "is not a security ID such as S-1-5-21-1-2-3-1101";
/// What an error says of a text that is no user principal name.
pub(super) const NO_UPN: &str =
    "is not a user principal name of the form name@domain.tld, of ASCII letters, digits and `._%+-`";

/// `^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`
pub(super) fn is_uuid(text: &str) -> bool {
    let mut fits = text.len() == 36;
    for (position, byte) in text.bytes().enumerate() {
        fits &= match position {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
    }
    fits
}

/// `^S(-\d+){2,10}$|^0$`
pub(super) fn is_sid(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("S-") else { return text == "0" };
    let (mut parts, mut fits) = (0, true);
    for part in rest.split('-') {
        parts += 1;
        fits &= !part.is_empty() && consists_of(part, u8::is_ascii_digit, b"");
    }
    fits && (2..=10).contains(&parts)
}

/// `^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$`
pub(super) fn is_upn(text: &str) -> bool {
    let (name, domain) = text.split_once('@').unwrap_or_default();
    let (domain, top) = domain.rsplit_once('.').unwrap_or_default();
    !name.is_empty()
        && !domain.is_empty()
        && top.len() >= 2
        && consists_of(name, u8::is_ascii_alphanumeric, b"._%+-")
        && consists_of(domain, u8::is_ascii_alphanumeric, b".-")
        && consists_of(top, u8::is_ascii_alphabetic, b"")
}

fn consists_of(text: &str, class: fn(&u8) -> bool, others: &[u8]) -> bool {
    text.bytes().all(|byte| class(&byte) || others.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_are_those_of_the_documents() {
        for (is, text, expected) in [
            (is_uuid as fn(&str) -> bool, "e0aa796d-e3af-47b5-88d8-228cf5551fb6", true),
            (is_uuid, "E0AA796D-E3AF-47B5-88D8-228CF5551FB6", true),
            (is_uuid, "", false),
            (is_uuid, "e0aa796d-e3af-47b5-88d8-228cf5551fb", false),
            (is_uuid, "e0aa796d-e3af-47b5-88d8-228cf5551fb66", false),
            (is_uuid, "g0aa796d-e3af-47b5-88d8-228cf5551fb6", false),
            (is_uuid, "e0aa796de3af-47b5-88d8--228cf5551fb6", false),
            (is_uuid, "{e0aa796d-e3af-47b5-88d8-228cf5551f}", false),
            (is_sid, "S-1-5", true),
            (is_sid, "S-1-5-21-1004336348-1177238915-682003330-512", true),
            (is_sid, "S-1-2-3-4-5-6-7-8-9-10", true),
            (is_sid, "0", true),
            (is_sid, "", false),
            (is_sid, "00", false),
            (is_sid, "S", false),
            (is_sid, "S-1", false),
            (is_sid, "S-1-", false),
            (is_sid, "S-1--5", false),
            (is_sid, "s-1-5", false),
            (is_sid, "S-1-5-x", false),
            (is_sid, "S-1-2-3-4-5-6-7-8-9-10-11", false),
            (is_upn, "amartin@acme.example", true),
            (is_upn, "a.b+c%d-e_f@x.y.co", true),
            (is_upn, "", false),
            (is_upn, "amartin", false),
            (is_upn, "@acme.example", false),
            (is_upn, "a@b", false),
            (is_upn, "a@.com", false),
            (is_upn, "a@b.c", false),
            (is_upn, "a b@c.de", false),
            (is_upn, "a@b@c.de", false),
            (is_upn, "a@b.c0m", false),
            (is_upn, "é@b.com", false),
        ] {
            assert_eq!(is(text), expected, "{text}");
        }
    }
}
