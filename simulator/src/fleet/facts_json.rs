//! A device as tests see it and change it: its facts under the names of the data-collection actions' outputs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use nexthink_chatbot::nql::{DAY, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};

use super::Fleet;
use super::device::Device;
use super::facts::{Facts, Text};
use super::packages::Package;
use crate::json::{TimeStyle, cell};
use crate::remote_actions::{NamedJson, NamedValues};

/// What a test sets. A name that is missing stays as it is; `null` means never collected.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Changes {
    pub online: Option<bool>,
    #[serde(deserialize_with = "given")]
    free_space: Option<Option<f64>>,
    #[serde(deserialize_with = "given")]
    days_since_last_full_boot: Option<Option<f64>>,
    #[serde(deserialize_with = "given")]
    is_online: Option<Option<YesNo>>,
    #[serde(deserialize_with = "given")]
    crashed_plugin_list: Option<Option<Vec<String>>>,
    #[serde(deserialize_with = "given")]
    one_drive_status: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    high_impact_applications: Option<Option<Vec<String>>>,
    #[serde(deserialize_with = "given")]
    user_gpo_applied_time_in_seconds: Option<Option<f64>>,
    #[serde(deserialize_with = "given", rename = "userGpoDCDiscoveryInSeconds")]
    user_gpo_dc_discovery_in_seconds: Option<Option<f64>>,
    #[serde(deserialize_with = "given")]
    battery_health: Option<Option<f64>>,
    packages: Option<Vec<PackageJson>>,
    pub outputs: BTreeMap<String, Option<NamedJson>>,
    /// The outputs again, of actions that there are.
    #[serde(skip)]
    pub told: BTreeMap<String, Option<NamedValues>>,
    pub failing_collections: Option<Vec<String>>,
    pub missing_collections: Option<Vec<String>>,
    #[serde(deserialize_with = "given")]
    remediation_failure: Option<Option<String>>,
}

/// `null` is a value here, and not the same as nothing.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// The words of the script's output.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum YesNo {
    Yes,
    No,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackageJson {
    name: String,
    version: String,
    #[serde(default)]
    publisher: String,
}

impl Changes {
    /// The facts with these changes.
    pub fn apply(self, facts: &Facts, now: Timestamp) -> Facts {
        let mut facts = facts.clone();
        set(&mut facts.free_space, self.free_space);
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "days of milliseconds")]
        let booted = |days: f64| now.plus(-((days * DAY as f64) as i64));
        set(&mut facts.last_full_boot, self.days_since_last_full_boot.map(|days| days.map(booted)));
        set(&mut facts.outlook_online, self.is_online.map(|word| word.map(|word| matches!(word, YesNo::Yes))));
        set(&mut facts.crashed_plugins, self.crashed_plugin_list.map(|list| list.map(texts)));
        set(&mut facts.onedrive_status, self.one_drive_status.map(|status| status.map(Cow::Owned)));
        set(&mut facts.high_impact_applications, self.high_impact_applications.map(|list| list.map(texts)));
        set(&mut facts.gpo_applied, self.user_gpo_applied_time_in_seconds);
        set(&mut facts.gpo_discovery, self.user_gpo_dc_discovery_in_seconds);
        set(&mut facts.battery_health, self.battery_health);
        facts.outputs.extend(self.told);
        set(&mut facts.packages, self.packages.map(|list| list.into_iter().map(Package::from).collect()));
        set(&mut facts.failing_collections, self.failing_collections.map(|ids| texts(ids).into_iter().collect()));
        set(&mut facts.missing_collections, self.missing_collections.map(|ids| texts(ids).into_iter().collect()));
        set(&mut facts.remediation_failure, self.remediation_failure.map(|details| details.map(Cow::Owned)));
        facts
    }
}

fn set<T>(fact: &mut T, change: Option<T>) {
    if let Some(change) = change {
        *fact = change;
    }
}

fn texts(list: Vec<String>) -> Vec<Text> {
    list.into_iter().map(Cow::Owned).collect()
}

impl From<PackageJson> for Package {
    fn from(json: PackageJson) -> Self {
        Self { name: json.name.into(), version: json.version.into(), publisher: json.publisher.into() }
    }
}

/// A device: what it is, and what is true on it now, whether or not it has been collected.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceJson<'a> {
    name: &'a str,
    collector_uid: &'a str,
    employee: &'a str,
    platform: &'a str,
    operating_system: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    manufacturer: &'a str,
    #[serde(serialize_with = "crate::json::write_time")]
    last_seen: Timestamp,
    online: bool,
    free_space: Option<f64>,
    days_since_last_full_boot: Option<i64>,
    is_online: Option<YesNo>,
    crashed_plugin_list: &'a Option<Vec<Text>>,
    one_drive_status: &'a Option<Text>,
    high_impact_applications: &'a Option<Vec<Text>>,
    user_gpo_applied_time_in_seconds: Option<f64>,
    #[serde(rename = "userGpoDCDiscoveryInSeconds")]
    user_gpo_dc_discovery_in_seconds: Option<f64>,
    battery_health: Option<f64>,
    packages: Vec<PackageJson>,
    outputs: BTreeMap<&'a str, Option<NamedJson>>,
    failing_collections: Vec<&'a str>,
    missing_collections: Vec<&'a str>,
    remediation_failure: &'a Option<Text>,
}

impl Fleet {
    /// The device as tests see it.
    pub fn device_json<'a>(&'a self, device: &'a Device, now: Timestamp) -> Option<DeviceJson<'a>> {
        let facts = device.facts()?;
        Some(DeviceJson {
            name: &device.name,
            collector_uid: &device.collector_uid,
            employee: self.employees.get(device.owner).map(|employee| employee.username.as_str()).unwrap_or_default(),
            platform: device.platform.name(),
            operating_system: device.operating_system,
            kind: device.hardware.kind,
            manufacturer: device.hardware.manufacturer,
            last_seen: device.last_seen(now),
            online: device.presence.online_at(now),
            free_space: facts.free_space,
            days_since_last_full_boot: facts.days_since_last_full_boot(now),
            is_online: facts.outlook_online.map(|online| if online { YesNo::Yes } else { YesNo::No }),
            crashed_plugin_list: &facts.crashed_plugins,
            one_drive_status: &facts.onedrive_status,
            high_impact_applications: &facts.high_impact_applications,
            user_gpo_applied_time_in_seconds: facts.gpo_applied,
            user_gpo_dc_discovery_in_seconds: facts.gpo_discovery,
            battery_health: facts.battery_health,
            packages: facts.packages.iter().map(PackageJson::from).collect(),
            outputs: facts.outputs.iter().map(|(id, told)| (id.as_str(), told.as_ref().map(json_of))).collect(),
            failing_collections: facts.failing_collections.iter().map(AsRef::as_ref).collect(),
            missing_collections: facts.missing_collections.iter().map(AsRef::as_ref).collect(),
            remediation_failure: &facts.remediation_failure,
        })
    }
}

fn json_of(told: &NamedValues) -> NamedJson {
    told.iter().map(|(name, value)| (name.clone(), cell(value, TimeStyle::Utc))).collect()
}

impl From<&Package> for PackageJson {
    fn from(package: &Package) -> Self {
        Self {
            name: package.name.to_string(),
            version: package.version.to_string(),
            publisher: package.publisher.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::Platform;

    #[test]
    fn what_is_missing_stays_and_null_is_never_collected() {
        let now = Timestamp(100 * DAY);
        let healthy = Facts::healthy(Platform::Windows, 5e10, now);
        let changes: Changes =
            serde_json::from_str(r#"{"freeSpace":null,"isOnline":"No","daysSinceLastFullBoot":12}"#).unwrap();
        let facts = changes.apply(&healthy, now);
        assert_eq!(facts.free_space, None);
        assert_eq!(facts.outlook_online, Some(false));
        assert_eq!(facts.days_since_last_full_boot(now), Some(12));
        assert_eq!(facts.onedrive_status, healthy.onedrive_status);
    }

    #[test]
    fn an_unknown_name_is_an_error_that_lists_the_known_ones() {
        let error = serde_json::from_str::<Changes>(r#"{"freespace":1}"#).unwrap_err().to_string();
        assert!(error.contains("`freespace`") && error.contains("`freeSpace`"), "{error}");
    }
}
