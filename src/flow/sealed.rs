//! Values that leave the core to be sent back: a state of a conversation; a device, a diagnosis, a proposal, a run. Each
//! carries a seal that proves that it is as this package gave it, and as what, to a client of this tenant, not long ago.

use super::canonical::{canonical, without};
use super::employee::{Employee, IdentifiedBy};
use super::seal::{Keys, Purpose};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Host};
use crate::json::{Json, Read, words};
use crate::nql::{DAY, Timestamp};

/// How long a seal holds. Nobody goes on with a conversation, or looks after a run, a week later.
const HOLDS_MS: i64 = 7 * DAY;
/// How far ahead the clock may have been that made it: a seal of years to come would hold for as long.
const AHEAD_MS: i64 = DAY;

const FIELD: &str = "seal";

words! {
    /// What can be sealed. What was sealed as one of these opens as no other.
    pub enum Sealable {
        /// Where a conversation stands.
        State = "state",
        /// A device of the employee's.
        Device = "device",
        /// What was found on it.
        Diagnosis = "diagnosis",
        /// What the employee may agree to.
        Proposal = "proposal",
        /// What became of a remote action.
        Run = "run",
    }
}

/// Gives an object a field `seal`: the time and a code over it, the object, what it is, and the tenant. One that it has
/// already is replaced.
///
/// # Errors
/// `invalid` for what is no object, and where there is no key to sign with.
pub fn seal_value<H: Host>(client: &Client<H>, what: Sealable, value: Json) -> Result<Json, NexthinkError> {
    let keys = Keys::of(client.settings())?;
    let (value, _) = without(value, FIELD);
    let time = client.host().now().to_string();
    let code = keys.sign(Purpose::Handed, &signed(what, &time, &value));
    let Json::Object(mut fields) = value else {
        return Err(NexthinkError::invalid("only an object can be sealed"));
    };
    fields.push((FIELD.into(), Json::Text(format!("{time}.{code}").into())));
    Ok(Json::Object(fields))
}

/// The object without its seal.
///
/// # Errors
/// `consent` for one that was altered, is not of this tenant, was given as something else, is older than a week, or is not
/// of the employee, where one is given.
pub fn open_value<H: Host>(
    client: &Client<H>,
    what: Sealable,
    sealed: Json,
    employee: Option<&Employee>,
) -> Result<Json, NexthinkError> {
    let refused = |why: &str| {
        let message = format!("this {} {why}", what.word());
        Err(NexthinkError::new(ErrorKind::Consent, message).hint("pass the latest, unchanged, or begin again"))
    };
    let keys = Keys::of(client.settings())?;
    let (value, seal) = without(sealed, FIELD);
    let seal = seal.as_ref().and_then(Json::as_text).unwrap_or_default();
    // The code has no dot, and a time has one.
    let (time, code) = seal.rsplit_once('.').unwrap_or_default();
    if !keys.verify(Purpose::Handed, &signed(what, time, &value), code) {
        return refused(
            "was altered, given as another thing, or not made by a client of this tenant with the same key",
        );
    }
    let age_ms = Timestamp::parse(time).map(|then| client.host().now().since(then));
    if !age_ms.is_some_and(|age| (-AHEAD_MS..=HOLDS_MS).contains(&age)) {
        return refused("is more than 7 days old, or by a clock that is ahead");
    }
    match employee {
        Some(asked) if !employee_of(&value).is_some_and(|whose| is_same(&whose, asked)) => {
            refused("is another employee's")
        }
        _ => Ok(value),
    }
}

/// Whose a value is.
fn employee_of(value: &Json) -> Option<Employee> {
    Employee::read(value.get("employee")?.clone()).ok()
}

fn signed(what: Sealable, time: &str, value: &Json) -> String {
    canonical(&Json::List(vec![what.word().into(), time.into(), value.clone()]))
}

/// Whether two agree in all identifiers that both have, and have one in common. Nexthink finds names in any case.
fn is_same(one: &Employee, other: &Employee) -> bool {
    let mut in_common = false;
    for kind in [IdentifiedBy::Username, IdentifiedBy::Upn, IdentifiedBy::Email, IdentifiedBy::Sid] {
        if let (Some(left), Some(right)) = (one.identifier(kind), other.identifier(kind)) {
            if !left.eq_ignore_ascii_case(right) {
                return false;
            }
            in_common = true;
        }
    }
    in_common
}
