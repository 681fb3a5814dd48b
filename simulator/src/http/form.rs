//! `name=value&…` as form bodies and query strings have it.

/// The value of the first pair of this name; names are compared as they stand in the text.
pub(super) fn value(text: &str, name: &str) -> Option<String> {
    let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| decoded(value))
}

/// `%3A` and `+` as a form has them. What is no code stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let code = match byte {
            b'%' => digit(ahead.next()).zip(digit(ahead.next())),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            None => bytes.push(if byte == b'+' { b' ' } else { byte }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(byte: Option<u8>) -> Option<u8> {
    let digit = char::from(byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded() {
        for (text, expected) in
            [("service%3Aintegration", "service:integration"), ("a+b%2", "a b%2"), ("%zz%41", "%zzA")]
        {
            assert_eq!(decoded(text), expected);
        }
    }

    #[test]
    fn a_value_is_found_by_its_name_and_the_first_counts() {
        assert_eq!(value("nql-id=%23a&nql-id=b", "nql-id").as_deref(), Some("#a"));
        assert_eq!(value("a=", "a").as_deref(), Some(""));
        assert_eq!(value("a&ab=1", "a"), None);
    }
}
