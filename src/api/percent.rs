//! Text → a component of an address's path or query, percent-encoded.

/// Adds a text to an address so that it is one component and nothing else: all but letters, digits, `-`, `.`, `_` and
/// `~` is encoded.
pub(super) fn push_component(text: &str, address: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(byte.into()),
            _ => {
                address.push('%');
                for digit in [byte >> 4, byte & 15] {
                    address.push(char::from(if digit < 10 { b'0' + digit } else { b'A' + digit - 10 }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encoded(text: &str) -> String {
        let mut address = String::new();
        push_component(text, &mut address);
        address
    }

    #[test]
    fn what_has_a_meaning_in_an_address_loses_it() {
        for (text, component) in [
            ("", ""),
            ("#get_info", "%23get_info"),
            ("a/b?c=d&e+f g", "a%2Fb%3Fc%3Dd%26e%2Bf%20g"),
            ("100%", "100%25"),
            ("é😀", "%C3%A9%F0%9F%98%80"),
            ("\r\n\0", "%0D%0A%00"),
            ("A-z.0_9~", "A-z.0_9~"),
        ] {
            assert_eq!(encoded(text), component, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_component_is_read_back_and_holds_no_other_characters(text in any::<String>()) {
            let component = encoded(&text);
            prop_assert!(component.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            let mut bytes = Vec::new();
            let mut rest = component.as_bytes();
            while let [first, tail @ ..] = rest {
                rest = tail;
                bytes.push(*first);
                if *first == b'%' {
                    let digits = std::str::from_utf8(&tail[..2]).unwrap();
                    *bytes.last_mut().unwrap() = u8::from_str_radix(digits, 16).unwrap();
                    rest = &tail[2..];
                }
            }
            prop_assert_eq!(String::from_utf8(bytes), Ok(text));
        }
    }
}
