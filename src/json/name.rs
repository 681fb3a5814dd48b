//! Names of fields in the spelling of JavaScript, made while the crate is compiled: every call reads and writes dozens.

/// The name that a field of a struct has in JSON: `collector_uid` → `collectorUid`; `dollar_schema` → `$schema`, which
/// Rust cannot spell.
macro_rules! field_name {
    ($field:ident) => {{
        const FIELD: &str = stringify!($field);
        const NAME: [u8; $crate::json::spell(FIELD, &mut [])] = {
            let mut name = [0; $crate::json::spell(FIELD, &mut [])];
            $crate::json::spell(FIELD, &mut name);
            name
        };
        const TEXT: &str = match std::str::from_utf8(&NAME) {
            Ok(text) => text,
            Err(_) => FIELD,
        };
        TEXT
    }};
}

pub(crate) use field_name;

/// Writes the name of a field in the spelling of JavaScript, as far as there is room; gives its length.
pub(crate) const fn spell(field: &str, name: &mut [u8]) -> usize {
    let mut letters = match field.as_bytes() {
        [b'r', b'#', letters @ ..] => letters,
        letters => letters,
    };
    let mut length = 0;
    let mut capital = false;
    if let [b'd', b'o', b'l', b'l', b'a', b'r', b'_', after @ ..] = letters {
        letters = after;
        put(b'$', name, length);
        length += 1;
    }
    while let [letter, after @ ..] = letters {
        letters = after;
        if *letter == b'_' {
            capital = true;
            continue;
        }
        put(if capital { letter.to_ascii_uppercase() } else { *letter }, name, length);
        length += 1;
        capital = false;
    }
    length
}

const fn put(letter: u8, name: &mut [u8], at: usize) {
    if let Some((_, rest)) = name.split_at_mut_checked(at)
        && let Some(place) = rest.first_mut()
    {
        *place = letter;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn fields_are_named_as_javascript_spells_them() {
        let names = [field_name!(text), field_name!(collector_uid), field_name!(r#type), field_name!(dollar_schema)];
        assert_eq!(names, ["text", "collectorUid", "type", "$schema"]);
        assert_eq!([field_name!(a_b_c), field_name!(x_1), field_name!(at_once_)], ["aBC", "x1", "atOnce"]);
    }
}
