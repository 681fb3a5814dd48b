//! Bytes as text in base64 (RFC 4648): the standard alphabet for HTTP Basic, the URL-safe one for tokens.
//! Our own because the library for it is 4 KB in the module, and this is a fifth of that.

/// The standard alphabet with padding.
pub fn encode_standard(bytes: &[u8]) -> String {
    let mut text = encode(bytes, b'+', b'/');
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// The URL-safe alphabet without padding.
pub fn encode_url(bytes: &[u8]) -> String {
    encode(bytes, b'-', b'_')
}

/// Reads what `encode_url` writes, and nothing else: a text has one encoding only.
pub fn decode_url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    // What is left over are fewer than six bits, all zero.
    (count < 6 && bits == 0).then_some(bytes)
}

/// Reads the standard alphabet, with its padding or without.
pub fn decode_standard(text: &str) -> Option<Vec<u8>> {
    let mut url = String::new();
    let digits = text.strip_suffix('=').map_or(text, |rest| rest.strip_suffix('=').unwrap_or(rest));
    for letter in digits.chars() {
        url.push(match letter {
            '+' => '-',
            '/' => '_',
            // Not of this alphabet.
            '-' | '_' => return None,
            other => other,
        });
    }
    let is_padded = digits.len() < text.len();
    if is_padded && !text.len().is_multiple_of(4) { None } else { decode_url(&url) }
}

fn encode(bytes: &[u8], sixty_two: u8, sixty_three: u8) -> String {
    let mut text = String::new();
    let (mut bits, mut count) = (0_u32, 0);
    let letter = |value: u32| match value as u8 & 63 {
        value @ 0..=25 => b'A' + value,
        value @ 26..=51 => b'a' + value - 26,
        value @ 52..=61 => b'0' + value - 52,
        62 => sixty_two,
        _ => sixty_three,
    };
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            text.push(letter(bits >> count).into());
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        text.push(letter(bits << (6 - count)).into());
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_vectors_of_the_rfc_hold() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(encode_standard(plain.as_bytes()), encoded);
            assert_eq!(decode_standard(encoded).as_deref(), Some(plain.as_bytes()));
            assert_eq!(decode_standard(encoded.trim_end_matches('=')).as_deref(), Some(plain.as_bytes()));
        }
        for text in ["Zg=", "Zm8=Zg==", "Zg===", "Zh==", "-_8=", "Zm9v\n", "="] {
            assert_eq!(decode_standard(text), None, "{text}");
        }
        assert_eq!(encode_standard(&[0xfb, 0xff]), "+/8=");
        assert_eq!(encode_url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn a_text_has_one_encoding_only() {
        for text in ["Zh", "Zg=", "Z", "Zg\n", "+/8", "Zm9vZ", "Zm9vZm_é"] {
            assert_eq!(decode_url(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            prop_assert_eq!(decode_url(&encode_url(&bytes)), Some(bytes));
        }
    }
}
