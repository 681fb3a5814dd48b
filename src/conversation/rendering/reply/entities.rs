//! Character references of HTML and XML, as platforms put them into what an employee has written.

/// The longest that is read, without `&` and `;`.
const LONGEST: usize = 8;

/// The text with its references resolved, each once: `&amp;lt;` becomes `&lt;`. What is none stays as it is.
pub(super) fn unescape(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        unescaped.push_str(before);
        // Not looked for in all that follows: a text of nothing but `&` would be read time and again.
        let end = after.bytes().take(LONGEST + 1).position(|byte| byte == b';');
        let reference = end.and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?)));
        match reference.and_then(|(name, rest)| Some((character(name)?, rest))) {
            Some((character, behind)) => {
                unescaped.push(character);
                rest = behind;
            }
            None => {
                unescaped.push('&');
                rest = after;
            }
        }
    }
    unescaped.push_str(rest);
    unescaped
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = match hexadecimal {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_once_and_what_is_none_stays() {
        for (text, expected) in [
            ("R&amp;D &lt;b&gt; &quot;x&quot; &#39;&#x1F600;&#X41;&nbsp;y", "R&D <b> \"x\" '😀A y"),
            ("&amp;lt;", "&lt;"),
            ("a & b; &; &unknown; &#xd800; &#99999999; &#; &", "a & b; &; &unknown; &#xd800; &#99999999; &#; &"),
            ("&&amp;", "&&"),
            ("&語語語語;&12345678;&123456789;", "&語語語語;&12345678;&123456789;"),
        ] {
            assert_eq!(unescape(text), expected, "{text}");
        }
    }
}
