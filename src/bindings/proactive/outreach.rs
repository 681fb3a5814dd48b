//! A plan of messages as JavaScript makes it: matches, records and opt-outs in pieces, then the decisions, in pieces too. A
//! company's matches are never all of them JSON at once.

#[cfg(feature = "proactive")]
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::problem::NexthinkError;
use crate::bindings::answer_text::answer;
use crate::bindings::input::{parse, read};
use crate::fleet::outreach::{Outreach, OutreachColumns};
use crate::json::{Json, Place, Read};

const CALL: &str = "planOutreach";

/// How much goes out at once.
const PIECE: usize = 2_000;

/// A plan in the making. Each call gives JSON text, `{ result }` or `{ error }`.
#[cfg_attr(feature = "proactive", wasm_bindgen)]
#[derive(Default)]
pub struct OutreachCore {
    outreach: Outreach,
    /// How many of each list have come.
    matches: usize,
    sent: usize,
    opted_out: usize,
}

#[cfg_attr(feature = "proactive", wasm_bindgen)]
impl OutreachCore {
    /// Begins.
    #[cfg_attr(feature = "proactive", wasm_bindgen(constructor))]
    pub fn new() -> Self {
        Self::default()
    }

    /// Which of a row's columns tell the employee and the device: a list of names → `OutreachColumns`.
    pub fn columns(&self, names: &[u8]) -> String {
        answer(read::<Vec<String>>(CALL, names).map(|names| OutreachColumns::among(&names)))
    }

    /// Adds matches: a list of `GivenMatch`.
    #[cfg_attr(feature = "proactive", wasm_bindgen(js_name = addMatches))]
    pub fn add_matches(&mut self, list: &[u8]) -> String {
        let outreach = &mut self.outreach;
        answer(each(list, "matches", &mut self.matches, |one| {
            outreach.add(one);
            Ok(())
        }))
    }

    /// Adds what was sent: a list of `OutreachRecord`.
    #[cfg_attr(feature = "proactive", wasm_bindgen(js_name = addSent))]
    pub fn add_sent(&mut self, list: &[u8]) -> String {
        let outreach = &mut self.outreach;
        answer(each(list, "sent", &mut self.sent, |one| outreach.add_sent(one)))
    }

    /// Adds those who want to be told nothing: a list of employees or texts.
    #[cfg_attr(feature = "proactive", wasm_bindgen(js_name = addOptedOut))]
    pub fn add_opted_out(&mut self, list: &[u8]) -> String {
        let outreach = &mut self.outreach;
        answer(each(list, "limits.optedOut", &mut self.opted_out, |one| outreach.add_opted_out(one)))
    }

    /// The next of the employees, each with the positions of the matches; empty at the end.
    pub fn employees(&mut self) -> String {
        answer(Ok(self.outreach.employees(PIECE)))
    }

    /// Decides: `OutreachSettings` → `OutreachDecisions`.
    pub fn plan(&mut self, settings: &[u8]) -> String {
        answer(read(CALL, settings).and_then(|settings| self.outreach.plan(settings)))
    }

    /// The next of what is held; empty at the end.
    pub fn held(&mut self) -> String {
        answer(Ok(self.outreach.held(PIECE)))
    }
}

/// Reads a piece of a list. What does not fit is named by its place in the whole list.
fn each<T: Read>(
    piece: &[u8],
    list: &str,
    before: &mut usize,
    mut take: impl FnMut(T) -> Result<(), NexthinkError>,
) -> Result<Json, NexthinkError> {
    let Json::List(values) = parse(CALL, piece)? else { return Err(NexthinkError::invalid("a list was expected")) };
    for value in values {
        let mut place = Place::default();
        let one = T::read_at(value, &mut place);
        if let Err(mismatch) = place.finish() {
            let text = mismatch.to_string();
            // What does not fit as a whole is called `it`.
            let rest = text.strip_prefix("`it").or_else(|| text.strip_prefix('`')).unwrap_or(&text);
            let dot = if rest.starts_with('`') { "" } else { "." };
            let message = format!("`{CALL}`: `{list}[{before}]{dot}{rest}");
            return Err(NexthinkError::invalid(message).hint("compare the input with the types of this package"));
        }
        take(one)?;
        *before += 1;
    }
    Ok(Json::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: &[u8] = br#"{"now":"2026-11-18T12:00:00Z","limits":{"timeZone":"UTC"},"zones":[{"name":"UTC"}]}"#;

    #[test]
    fn a_plan_is_made_of_pieces_and_taken_out_in_pieces() {
        let mut core = OutreachCore::new();
        let columns = core.columns(br#"["name","user.upn"]"#);
        assert_eq!(columns, r#"{"result":{"upn":"user.upn","deviceName":"name"}}"#);
        for piece in [
            &br#"[{"employees":[{"upn":"a"}],"playbook":"p","rules":["x"]},{"employees":[],"playbook":"p"}]"#[..],
            br#"[{"employees":[{"upn":"b"}],"device":{"name":"d"},"playbook":"p","rules":["x"],"severity":1}]"#,
            b"[]",
        ] {
            assert_eq!(core.add_matches(piece), r#"{"result":null}"#);
        }
        let record = br#"[{"key":"k","employee":{"upn":"B"},"about":[],"at":"2026-11-17T12:00:00Z","more":1}]"#;
        assert_eq!(core.add_sent(record), r#"{"result":null}"#);
        assert_eq!(core.add_opted_out(br#"["c",{"sid":"S"}]"#), r#"{"result":null}"#);
        assert_eq!(
            core.employees(),
            r#"{"result":[{"employee":{"upn":"a"},"matches":[0]},{"employee":{"upn":"b"},"matches":[2]}]}"#
        );
        assert_eq!(core.employees(), r#"{"result":[]}"#);
        let plan = core.plan(SETTINGS);
        assert!(plan.contains(r#""employee":{"upn":"a"},"playbook":"p""#), "{plan}");
        assert!(plan.ends_with(r#""nextAt":"2026-11-24T12:00:00Z","forget":[]}}"#), "{plan}");
        let held = core.held();
        assert!(held.starts_with(r#"{"result":[{"reason":"employee-limit","until":"2026-11-24"#), "{held}");
        assert!(held.ends_with(r#",{"reason":"no-employee","matches":[1]}]}"#), "{held}");
        assert_eq!(core.held(), r#"{"result":[]}"#);
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_place_in_the_whole_list() {
        let mut core = OutreachCore::new();
        core.add_matches(br#"[{"employees":[],"playbook":"p"},{"employees":[],"playbook":"p"}]"#);
        for (piece, message) in [
            (
                &br#"[{"employees":[{"name":"a"}],"playbook":"p"}]"#[..],
                "`matches[2].employees[0].name` is not known here",
            ),
            (br#"[{"employees":[]}]"#, "`matches[2].playbook` is missing"),
            (b"[5]", "`matches[2]` is not an object"),
        ] {
            let answer = core.add_matches(piece);
            assert!(answer.contains(&format!("`planOutreach`: {message}")), "{answer}");
        }
        let answer = core.add_sent(br#"[{"key":"k","employee":{},"at":"yesterday"}]"#);
        assert!(answer.contains("`sent[0].at` is not a time"), "{answer}");
        assert!(core.add_sent(br#"[{"key":"k","employee":{},"at":"2026-11-17T12:00:00Z"}]"#).contains("names nobody"));
        assert!(core.add_opted_out(b"[5]").contains("`limits.optedOut[0]` is not an employee"));
        assert!(core.plan(b"{}").contains("`now` is missing"));
        assert!(core.plan(br#"{"now":"2026-11-18T12:00:00Z","limits":{"perhour":5}}"#).contains("`limits.perhour`"));
    }
}
