//! The saved queries that the flows execute: their keys in `queryIds`, default IDs, parameters and texts.
//! A playbook's own diagnosis query is part of the playbook.

/// A saved query that a tenant needs besides those of the playbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedQuery {
    /// An employee's devices, by the name of the account.
    DevicesByUsername,
    /// An employee's devices, by the user principal name.
    DevicesByUpn,
    /// An employee's devices, by the e-mail address.
    DevicesByEmail,
    /// An employee's devices, by the security identifier.
    DevicesBySid,
    /// A device, by its name.
    DevicesByDeviceName,
    /// What became of a remote action, by the ID of the request.
    RemoteActionResult,
    /// What became of a remote action, by the reference that was sent with it.
    RemoteActionResultByReference,
    /// When data was last collected from a device.
    DataCollectionTimes,
}

/// What an administrator creates and what the client asks for.
struct Definition {
    key: &'static str,
    id: &'static str,
    parameter: &'static str,
    text: &'static str,
}

macro_rules! definition {
    ($key:literal, $name:literal, $parameter:literal) => {
        Definition {
            key: $key,
            id: concat!("#", $name),
            parameter: $parameter,
            text: include_str!(concat!("../../playbooks/queries/", $name, ".nql")),
        }
    };
}

impl SavedQuery {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::DevicesByUsername,
        Self::DevicesByUpn,
        Self::DevicesByEmail,
        Self::DevicesBySid,
        Self::DevicesByDeviceName,
        Self::RemoteActionResult,
        Self::RemoteActionResultByReference,
        Self::DataCollectionTimes,
    ];

    /// Its key in the client's `queryIds`.
    pub const fn key(self) -> &'static str {
        self.definition().key
    }

    /// Its ID where the tenant does not use another.
    pub const fn default_id(self) -> &'static str {
        self.definition().id
    }

    /// The name of its one parameter, without the `$`.
    pub const fn parameter(self) -> &'static str {
        self.definition().parameter
    }

    /// Its NQL text, as an administrator pastes it.
    pub const fn text(self) -> &'static str {
        self.definition().text
    }

    const fn definition(self) -> Definition {
        match self {
            Self::DevicesByUsername => definition!("devicesByUsername", "get_device_basic_infos", "username"),
            Self::DevicesByUpn => definition!("devicesByUpn", "get_device_basic_infos_by_upn", "upn"),
            Self::DevicesByEmail => definition!("devicesByEmail", "get_device_basic_infos_by_email", "email"),
            Self::DevicesBySid => definition!("devicesBySid", "get_device_basic_infos_by_sid", "sid"),
            Self::DevicesByDeviceName => {
                definition!("devicesByDeviceName", "get_device_basic_infos_by_device_name", "device_name")
            }
            Self::RemoteActionResult => definition!("remoteActionResult", "get_remote_action_result", "request_id"),
            Self::RemoteActionResultByReference => definition!(
                "remoteActionResultByReference",
                "get_remote_action_result_by_reference",
                "external_reference"
            ),
            Self::DataCollectionTimes => {
                definition!("dataCollectionTimes", "get_data_collection_times", "collector_uid")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nql::parse_query;

    #[test]
    fn every_saved_query_is_nql_and_uses_its_parameter() {
        for query in SavedQuery::ALL {
            assert!(parse_query(query.text()).is_ok(), "{}", query.key());
            assert!(query.text().contains(&format!("${}", query.parameter())), "{}", query.key());
            assert!(!parse_query(query.text()).unwrap().columns().is_empty(), "{}", query.key());
        }
    }
}
