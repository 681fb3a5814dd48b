//! Which tables there are: their names, what their rows are called, and what an answer shows of them by itself.

use nexthink_chatbot::nql::DAY;

use crate::campaigns::{self, Campaign};
use crate::collection::RETENTION;
use crate::remote_actions::Catalogue;
use crate::workflows::{self, Workflow};

/// The tables that queries can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Devices,
    Users,
    Packages,
    Applications,
    Binaries,
    InstalledPackages,
    Sessions,
    Logins,
    Performance,
    Boots,
    SystemCrashes,
    HardResets,
    Crashes,
    /// `execution.events`: what ran.
    Usage,
    Executions,
    /// `remote_action.<nql id>.executions`: those of one action, by its position in the catalogue.
    ExecutionsOf(usize),
    WorkflowExecutions,
    /// `workflow.<nql id>.executions`.
    WorkflowExecutionsOf(usize),
    /// `campaign.responses`, the expected ones and the given ones.
    Responses,
    /// `campaign.<nql id>.responses`, which know the answers.
    ResponsesOf(usize),
}

/// What a query needs to know of a table before it sees a row.
struct Description {
    table: Table,
    names: &'static [&'static str],
    /// What a row is called in the names of its own fields.
    row: &'static str,
    default_columns: &'static [&'static str],
    /// How long a row is kept, in milliseconds; none for objects.
    kept: Option<i64>,
}

/// High-resolution events are kept for a shorter time than the others.
const HIGH_RESOLUTION: Option<i64> = Some(14 * DAY);

const fn object(table: Table, names: &'static [&'static str], row: &'static str) -> Description {
    Description { table, names, row, default_columns: &[], kept: None }
}

const fn event(table: Table, names: &'static [&'static str], row: &'static str) -> Description {
    Description { kept: Some(RETENTION), ..object(table, names, row) }
}

const TABLES: [Description; 17] = [
    Description {
        default_columns: &["device.name", "device.operating_system.name", "device.last_seen"],
        ..object(Table::Devices, &["devices", "device.devices"], "device")
    },
    Description { default_columns: &["user.name"], ..object(Table::Users, &["users", "user.users"], "user") },
    Description {
        default_columns: &["package.name", "package.version", "package.publisher"],
        ..object(Table::Packages, &["packages", "package.packages"], "package")
    },
    Description {
        default_columns: &["application.name"],
        ..object(Table::Applications, &["applications", "application.applications"], "application")
    },
    Description {
        default_columns: &["binary.name", "binary.version", "binary.platform"],
        ..object(Table::Binaries, &["binaries", "binary.binaries"], "binary")
    },
    Description {
        default_columns: &["package.name", "package.version", "device.name"],
        ..object(Table::InstalledPackages, &["package.installed_packages"], "package.installed_package")
    },
    Description {
        default_columns: &["session.event.start_time", "device.name", "user.name"],
        ..event(Table::Sessions, &["session.events"], "session.event")
    },
    Description {
        default_columns: &["session.login.time", "device.name", "user.name"],
        ..event(Table::Logins, &["session.logins"], "session.login")
    },
    Description {
        default_columns: &["device_performance.event.start_time", "device.name"],
        ..event(Table::Performance, &["device_performance.events"], "device_performance.event")
    },
    Description {
        default_columns: &["device_performance.boot.time", "device_performance.boot.type", "device.name"],
        ..event(Table::Boots, &["device_performance.boots"], "device_performance.boot")
    },
    Description {
        default_columns: &[
            "device_performance.system_crash.time",
            "device_performance.system_crash.label",
            "device.name",
        ],
        ..event(Table::SystemCrashes, &["device_performance.system_crashes"], "device_performance.system_crash")
    },
    Description {
        default_columns: &["device_performance.hard_reset.time", "device.name"],
        ..event(Table::HardResets, &["device_performance.hard_resets"], "device_performance.hard_reset")
    },
    Description {
        default_columns: &["execution.crash.time", "binary.name", "device.name"],
        ..event(Table::Crashes, &["execution.crashes"], "execution.crash")
    },
    Description {
        default_columns: &["execution.event.start_time", "binary.name", "device.name"],
        kept: HIGH_RESOLUTION,
        ..event(Table::Usage, &["execution.events"], "execution.event")
    },
    Description {
        default_columns: &["remote_action.execution.time", "remote_action.name", "device.name"],
        ..event(Table::Executions, &["remote_action.executions"], "remote_action.execution")
    },
    Description {
        default_columns: &["workflow.execution.time", "workflow.name", "workflow.execution.status"],
        ..event(Table::WorkflowExecutions, &["workflow.executions"], "workflow.execution")
    },
    Description {
        default_columns: &["campaign.response.time", "campaign.name", "campaign.response.state"],
        ..event(Table::Responses, &["campaign.responses"], "campaign.response")
    },
];

impl Table {
    /// The table of this name or shortcut; names ignore case.
    pub fn of(actions: &Catalogue, name: &str) -> Option<Self> {
        let is_called = |one: &&Description| one.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        TABLES.iter().find(is_called).map(|one| one.table).or_else(|| Self::of_one(actions, &name.to_ascii_lowercase()))
    }

    /// The table of one action, workflow or campaign, whose NQL ID has a `#` or not.
    fn of_one(actions: &Catalogue, name: &str) -> Option<Self> {
        let (namespace, rest) = name.split_once('.')?;
        let (id, rows) = rest.rsplit_once('.')?;
        match (namespace, rows) {
            ("remote_action", "executions") => actions.find(id).map(Self::ExecutionsOf),
            ("workflow", "executions") => workflows::find(id).map(Self::WorkflowExecutionsOf),
            // Before it is published a campaign has no table.
            ("campaign", "responses") => campaigns::find(id)
                .filter(|campaign| Campaign::at(*campaign).is_some_and(|campaign| campaign.published))
                .map(Self::ResponsesOf),
            _ => None,
        }
    }

    /// The NQL ID, without `#`, of the one action, workflow or campaign that the table is of.
    pub fn one_id(self, actions: &Catalogue) -> Option<&str> {
        match self {
            Self::ExecutionsOf(action) => actions.at(action).map(|action| action.id.as_str()),
            Self::WorkflowExecutionsOf(workflow) => Workflow::at(workflow).map(|workflow| workflow.id),
            Self::ResponsesOf(campaign) => Campaign::at(campaign).map(|campaign| campaign.id),
            _ => None,
        }
    }

    /// What one row is called: `device_performance.boot`. A row of one action's executions is called as all are.
    pub fn row_name(self) -> &'static str {
        self.description().map_or("", |one| one.row)
    }

    /// What an answer has where the query lists nothing.
    pub fn default_columns(self) -> &'static [&'static str] {
        self.description().map_or(&[], |one| one.default_columns)
    }

    /// How long its rows are kept, in milliseconds; none for objects, which are kept as long as they are there.
    pub fn kept_for(self) -> Option<i64> {
        self.description()?.kept
    }

    fn description(self) -> Option<&'static Description> {
        let table = match self {
            Self::ExecutionsOf(_) => Self::Executions,
            Self::WorkflowExecutionsOf(_) => Self::WorkflowExecutions,
            Self::ResponsesOf(_) => Self::Responses,
            table => table,
        };
        TABLES.iter().find(|one| one.table == table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_the_columns_that_it_shows_by_itself_and_events_have_a_time() {
        let actions = Catalogue::default();
        for one in &TABLES {
            for column in one.default_columns {
                assert!(one.table.field(&actions, column).is_some(), "{:?}: {column}", one.table);
            }
            assert!(!one.default_columns.is_empty());
            assert_eq!(one.table.time(&actions).is_some(), one.kept.is_some(), "{:?}", one.table);
            assert!(one.names.iter().all(|name| Table::of(&actions, &name.to_uppercase()) == Some(one.table)));
        }
    }

    #[test]
    fn objects_can_be_told_apart_where_rows_have_them() {
        let actions = Catalogue::default();
        for (table, objects) in [
            (Table::Devices, &["device"][..]),
            (Table::Users, &["user"]),
            (Table::Packages, &["package"]),
            (Table::InstalledPackages, &["package", "device"]),
            (Table::Sessions, &["device", "user"]),
            (Table::Boots, &["device"]),
            (Table::Crashes, &["binary", "application", "device", "user"]),
            (Table::Executions, &["remote_action", "device"]),
            (Table::WorkflowExecutionsOf(0), &["workflow", "device", "user"]),
            (Table::Responses, &["campaign", "user"]),
        ] {
            for object in [
                "device",
                "user",
                "package",
                "application",
                "binary",
                "remote_action",
                "workflow",
                "campaign",
                "printer",
            ] {
                assert_eq!(
                    table.identity(&actions, object).is_some(),
                    objects.contains(&object),
                    "{table:?}: {object}"
                );
            }
        }
    }

    #[test]
    fn a_field_is_found_by_every_way_in_which_queries_write_it_and_by_no_other() {
        let actions = Catalogue::default();
        for (table, name, found) in [
            (Table::Boots, "device_performance.boot.type", true),
            (Table::Boots, "Device_Performance.Boot.TYPE", true),
            (Table::Performance, "device_performance.event.event.free_memory", true),
            (Table::Performance, "device_performance.event.hardware.type", true),
            (Table::Performance, "device_performance.event.free_memory.avg", true),
            (Table::Performance, "device_performance.event.event.free_memory.max", true),
            (Table::Performance, "device_performance.event.hardware.type.avg", false),
            (Table::Performance, "device_performance.event.context.location.country", true),
            (Table::Sessions, "session.event.ad.department", true),
            (Table::Sessions, "session.event.name", false),
            (Table::Boots, "device_performance.boot.user.name", false),
            (Table::Devices, "device.collector", false),
            (Table::Devices, "", false),
            (Table::Users, "device.name", false),
            (Table::ExecutionsOf(0), "remote_action.#get_outlook_online_windows.execution.status", true),
            (Table::ExecutionsOf(0), "remote_action.get_outlook_online_windows.execution.outputs.isonline", true),
            (Table::ExecutionsOf(0), "remote_action.get_outlook_online_windows.execution.outputs.colour", false),
            (Table::ExecutionsOf(0), "remote_action.get_onedrive_status.execution.outputs.OneDriveStatus", true),
            (Table::ExecutionsOf(0), "remote_action.get_nothing.execution.status", false),
            (Table::ExecutionsOf(0), "remote_action.get_outlook_online_windows.execution.hardware.type", true),
            (Table::ExecutionsOf(0), "remote_action.execution.outputs.IsOnline", true),
            (Table::Executions, "remote_action.execution.outputs.IsOnline", false),
            (Table::WorkflowExecutions, "workflow.execution.outcome_details", true),
            (Table::WorkflowExecutions, "workflow.execution.ad.department", true),
            (Table::WorkflowExecutionsOf(1), "workflow.#send_password_reset_link.execution.status", true),
            (Table::WorkflowExecutionsOf(1), "workflow.announce_outage.execution.status", false),
            (Table::Responses, "campaign.response.state", true),
            (Table::Responses, "campaign.response.answers.solved", false),
            (Table::ResponsesOf(0), "campaign.response.answers.Solved", true),
            (Table::ResponsesOf(0), "campaign.confirm_fix.response.answers.solved", true),
            (Table::ResponsesOf(0), "campaign.response.parameters.issue", true),
            (Table::ResponsesOf(0), "campaign.response.answers.rating", false),
            (Table::Responses, "device.name", false),
            (Table::Devices, "device.#cost_center", true),
            (Table::Devices, "device.#", false),
            (Table::Devices, "device.cost_center", false),
            (Table::Devices, "device.virtualization.region", true),
            (Table::Devices, "device.virtualization.colour", false),
            (Table::Devices, "device.organization.#site", true),
            (Table::Users, "user.organization.#site", true),
            (Table::Users, "user.ad.city", true),
            (Table::Boots, "device.#cost_center", true),
            (Table::Boots, "user.#badge", false),
            (Table::Packages, "package.#required_version", true),
        ] {
            assert_eq!(table.field(&actions, name).is_some(), found, "{name}");
        }
    }
}
