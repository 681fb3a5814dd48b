//! The ID of a saved query, checked as the vendor would.

use crate::api::problem::NexthinkError;

/// # Errors
/// `invalid` where it is not `#` and 2 to 255 of `a-z`, `0-9` and `_`.
pub(super) fn check(query_id: &str) -> Result<(), NexthinkError> {
    if is_query_id(query_id) {
        return Ok(());
    }
    let rule = "`queryId` is not `#` followed by 2 to 255 lower-case letters, digits and underscores";
    Err(NexthinkError::invalid(rule).hint("copy the query ID from Administration, NQL API queries"))
}

/// Whether the vendor would take it: `#` and 2 to 255 of `a-z`, `0-9` and `_`.
pub(crate) fn is_query_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let name = text.strip_prefix('#').unwrap_or_default();
    (2..=255).contains(&name.len()) && name.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::ErrorKind;

    #[test]
    fn a_query_id_that_the_vendor_would_refuse_is_refused_before_it_is_sent() {
        for id in ["", "my_query", "#", "#a", "#My_query", "#a b", "##ab", &format!("#{}", "a".repeat(256))] {
            assert_eq!(check(id).unwrap_err().kind, ErrorKind::Invalid, "{id}");
        }
        for id in ["#ab", "#my_query_2", &format!("#{}", "a".repeat(255))] {
            assert_eq!(check(id), Ok(()), "{id}");
        }
    }
}
