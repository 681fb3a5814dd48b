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
    /// Who an employee is, by the name of the account.
    UserByUsername,
    /// Who an employee is, by the user principal name.
    UserByUpn,
    /// Who an employee is, by the e-mail address.
    UserByEmail,
    /// Who an employee is, by the security identifier.
    UserBySid,
    /// What became of a remote action, by the ID of the request.
    RemoteActionResult,
    /// What became of a remote action, by the reference that was sent with it.
    RemoteActionResultByReference,
    /// When data was last collected from a device.
    DataCollectionTimes,
}

/// What the client asks for.
struct Definition {
    key: &'static str,
    id: &'static str,
    parameter: &'static str,
}

macro_rules! text {
    ($name:literal) => {
        include_str!(concat!("../../playbooks/queries/", $name, ".nql"))
    };
}

impl SavedQuery {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::DevicesByUsername,
        Self::DevicesByUpn,
        Self::DevicesByEmail,
        Self::DevicesBySid,
        Self::DevicesByDeviceName,
        Self::UserByUsername,
        Self::UserByUpn,
        Self::UserByEmail,
        Self::UserBySid,
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

    /// Its NQL text, as an administrator pastes it. Apart from the rest, because a chatbot has no use for it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::DevicesByUsername => text!("get_device_basic_infos"),
            Self::DevicesByUpn => text!("get_device_basic_infos_by_upn"),
            Self::DevicesByEmail => text!("get_device_basic_infos_by_email"),
            Self::DevicesBySid => text!("get_device_basic_infos_by_sid"),
            Self::DevicesByDeviceName => text!("get_device_basic_infos_by_device_name"),
            Self::UserByUsername => text!("get_user_by_username"),
            Self::UserByUpn => text!("get_user_by_upn"),
            Self::UserByEmail => text!("get_user_by_email"),
            Self::UserBySid => text!("get_user_by_sid"),
            Self::RemoteActionResult => text!("get_remote_action_result"),
            Self::RemoteActionResultByReference => text!("get_remote_action_result_by_reference"),
            Self::DataCollectionTimes => text!("get_data_collection_times"),
        }
    }

    const fn definition(self) -> Definition {
        let (key, id, parameter) = match self {
            Self::DevicesByUsername => ("devicesByUsername", "#get_device_basic_infos", "username"),
            Self::DevicesByUpn => ("devicesByUpn", "#get_device_basic_infos_by_upn", "upn"),
            Self::DevicesByEmail => ("devicesByEmail", "#get_device_basic_infos_by_email", "email"),
            Self::DevicesBySid => ("devicesBySid", "#get_device_basic_infos_by_sid", "sid"),
            Self::DevicesByDeviceName => {
                ("devicesByDeviceName", "#get_device_basic_infos_by_device_name", "device_name")
            }
            Self::UserByUsername => ("userByUsername", "#get_user_by_username", "username"),
            Self::UserByUpn => ("userByUpn", "#get_user_by_upn", "upn"),
            Self::UserByEmail => ("userByEmail", "#get_user_by_email", "email"),
            Self::UserBySid => ("userBySid", "#get_user_by_sid", "sid"),
            Self::RemoteActionResult => ("remoteActionResult", "#get_remote_action_result", "request_id"),
            Self::RemoteActionResultByReference => {
                ("remoteActionResultByReference", "#get_remote_action_result_by_reference", "external_reference")
            }
            Self::DataCollectionTimes => ("dataCollectionTimes", "#get_data_collection_times", "collector_uid"),
        };
        Definition { key, id, parameter }
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
