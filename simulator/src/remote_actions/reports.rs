//! What the data-collection scripts report of a device, in the order of their outputs.

use nexthink_chatbot::nql::Value;

use super::definition::Outputs;
use crate::fleet::Facts;

pub(super) fn outlook_online(facts: &Facts) -> Option<Outputs> {
    Some(vec![if facts.outlook_online? { "Yes" } else { "No" }.into()])
}

pub(super) fn crashed_plugins(facts: &Facts) -> Option<Outputs> {
    Some(vec![list(facts.crashed_plugins.as_ref()?.iter().map(AsRef::as_ref))])
}

pub(super) fn onedrive_status(facts: &Facts) -> Option<Outputs> {
    Some(vec![facts.onedrive_status.as_deref()?.into()])
}

/// The real script gives details in `HighImpactApplications` and the names that the remediation accepts in
/// `HighImpactActionableApplications`.
pub(super) fn startup_impact(facts: &Facts) -> Option<Outputs> {
    let applications = facts.high_impact_applications.as_ref()?;
    let details: Vec<String> = applications
        .iter()
        .map(|name| {
            let weight = name.bytes().map(u64::from).sum::<u64>();
            format!("{name}: {} ms CPU and {} MB disk", 1_000 + weight % 2_000, 3 + weight % 40)
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a few applications")]
    let count = Value::Number(applications.len() as f64);
    Some(vec![count, list(details.iter().map(String::as_str)), list(applications.iter().map(AsRef::as_ref))])
}

pub(super) fn group_policy(facts: &Facts) -> Option<Outputs> {
    let number = |value: Option<f64>| value.map_or(Value::Null, Value::Number);
    facts.gpo_applied.or(facts.gpo_discovery)?;
    Some(vec![number(facts.gpo_applied), number(facts.gpo_discovery)])
}

/// The health as a ratio, both capacities in mWh, the cycles, and how long it lasts in seconds. All of it follows from
/// the health.
pub(super) fn battery(facts: &Facts) -> Option<Outputs> {
    const DESIGNED_CAPACITY: f64 = 57_000.0;
    let health = facts.battery_health?;
    let numbers = [
        health,
        DESIGNED_CAPACITY,
        (DESIGNED_CAPACITY * health).round(),
        (1_870.0 * (1.0 - health)).max(0.0).round(),
        (22_980.0 * health).round(),
    ];
    Some(numbers.map(Value::Number).into_iter().chain(["Balanced".into()]).collect())
}

/// A StringList; Library scripts write `-` where there is nothing to list.
fn list<'a>(elements: impl Iterator<Item = &'a str>) -> Value {
    let elements: Vec<Value> = elements.map(Value::from).collect();
    if elements.is_empty() { Value::List(vec!["-".into()]) } else { Value::List(elements) }
}
