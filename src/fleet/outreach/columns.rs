//! Which columns of a row say who the employee is and which device it is about.

use crate::json::record;
use crate::nql::{ends_with_name, same_column};

record! {
    lenient
    /// The names of columns in a row; none where there is no such column.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct OutreachColumns {
        /// `user.name`.
        pub username: Option<String>,
        /// `user.upn`.
        pub upn: Option<String>,
        /// `user.ad.email_address`.
        pub email: Option<String>,
        /// `user.sid`.
        pub sid: Option<String>,
        /// `device.collector.uid`.
        pub collector_uid: Option<String>,
        /// `device.name`.
        pub device_name: Option<String>,
    }
}

impl OutreachColumns {
    /// Finds them by their names, qualified or short. `name` alone is a device's: exports are of devices.
    pub fn among(names: &[String]) -> Self {
        let find = |is_it: &dyn Fn(&str) -> bool| names.iter().find(|name| is_it(name)).cloned();
        let called = |full: &str, is_it: &dyn Fn(&str) -> bool| {
            find(&|name| name.eq_ignore_ascii_case(full)).or_else(|| find(is_it))
        };
        Self {
            username: called("user.name", &|name| ends_with_name(name, "user.name")),
            upn: called("user.upn", &|name| same_column("user.upn", name)),
            email: called("user.ad.email_address", &|name| same_column("user.ad.email_address", name)),
            sid: called("user.sid", &|name| same_column("user.sid", name)),
            collector_uid: called("device.collector.uid", &|name| ends_with_name(name, "collector.uid")),
            device_name: called("device.name", &|name| {
                ends_with_name(name, "device.name") || name.eq_ignore_ascii_case("name")
            }),
        }
    }
}
