//! The trace that a request belongs to, as W3C Trace Context writes it: `00-<trace>-<parent>-<flags>`.
//! <https://www.w3.org/TR/trace-context/#traceparent-header>

use crate::api::problem::NexthinkError;

/// # Errors
/// `invalid` for what no other system could read, or would take for no trace.
pub fn check(traceparent: &str) -> Result<(), NexthinkError> {
    let (mut fits, mut parts) = (true, 0);
    for (part, length) in traceparent.split('-').zip([2, 32, 16, 2]) {
        fits &= part.len() == length && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        // All zeros stand for no trace; flags and version may be zero.
        fits &= length == 2 || part.bytes().any(|byte| byte != b'0');
        parts += 1;
    }
    if fits && parts == 4 && traceparent.len() == 55 && !traceparent.starts_with("ff") {
        return Ok(());
    }
    Err(NexthinkError::invalid(
        "`traceparent` is not a W3C trace such as 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_recommendation_allows_is_passed_on() {
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert!(check(trace).is_ok());
        for broken in [
            "",
            "00",
            &trace.to_uppercase(),
            &trace.replace("4bf92f3577b34da6a3ce929d0e0e4736", &"0".repeat(32)),
            &trace.replace("00f067aa0ba902b7", &"0".repeat(16)),
            &trace.replacen("00", "ff", 1),
            &format!("{trace}-"),
            &format!("{trace}-00"),
            &format!("{trace}\r\n"),
            &trace.replace('-', "_"),
        ] {
            assert!(check(broken).is_err(), "{broken}");
        }
    }
}
