//! Texts with `{names}` in them, as documents write paths and the addresses of servers.

use regex_lite::Regex;

/// The values of the names in a text; none where the text is not of this template. A value is never empty and has no
/// `/`, and no `.` in the name of a host.
pub fn values<'t>(template: &'t str, text: &str) -> Option<Vec<(&'t str, String)>> {
    let mut pattern = String::from("^");
    let mut names = vec![];
    let mut parts = template.split('{');
    pattern.push_str(&regex_lite::escape(parts.next().unwrap()));
    let any = if template.contains("://") { "([^/.?#]+)" } else { "([^/?#]+)" };
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap();
        names.push(name);
        pattern.push_str(any);
        pattern.push_str(&regex_lite::escape(rest));
    }
    let captures = Regex::new(&(pattern + "$")).unwrap().captures(text)?;
    Some(names.into_iter().zip((1..captures.len()).map(|group| captures[group].to_owned())).collect())
}

pub fn matches(template: &str, text: &str) -> bool {
    values(template, text).is_some()
}

/// Percent-encoding undone; none where it is none.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[test]
fn a_name_stands_for_one_segment() {
    let server = "https://{instance}.api.{region}.nexthink.cloud";
    let found = values(server, "https://acme.api.eu.nexthink.cloud").unwrap();
    assert_eq!(found, [("instance", "acme".to_owned()), ("region", "eu".to_owned())]);
    for text in [
        "https://acme.evil.api.eu.nexthink.cloud",
        "https://acme.api.eu.nexthink.cloud/x",
        "https://.api.eu.nexthink.cloud",
    ] {
        assert_eq!(values(server, text), None, "{text}");
    }
    assert!(matches("/a/{b}/c", "/a/x.y/c") && !matches("/a/{b}/c", "/a/x/y/c") && !matches("/a.b", "/axb"));
}

#[test]
fn percent_encoding_is_undone_or_refused() {
    assert_eq!(decoded("%23a+b%7B").as_deref(), Some("#a b{"));
    assert_eq!([decoded("%"), decoded("%2"), decoded("%zz"), decoded("%ff")], [None, None, None, None]);
}
