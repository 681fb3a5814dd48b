//! Names and values as forms and query strings have them.

/// The value of a name, decoded; none where the name is not there.
pub(super) fn value(form: &str, name: &str) -> Option<String> {
    let mut pairs = form.split('&').filter_map(|pair| pair.split_once('='));
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
    fn the_first_value_of_a_name_counts() {
        let form = "queryId=%23a_b&x&parameters=%7B%7D&queryId=c";
        assert_eq!(value(form, "queryId").as_deref(), Some("#a_b"));
        assert_eq!(value(form, "parameters").as_deref(), Some("{}"));
        assert_eq!((value(form, "x"), value("", "x")), (None, None));
    }
}
