//! What remote actions have left: columns of devices, tables of one action, executions.

use crate::case::{documented, settled};

const PUBLISHED: &str = "https://docs.nexthink.com/platform/solutions/chatbots/integrating-chatbots-with-nexthink";

const DEVICES: &str = "
    devices:
        id | name | operating_system.platform | remote_action.get_battery_status.execution.outputs.BatteryHealth | remote_action.get_battery_status.execution.status
        d1 | PC-1 | Windows                   | 0.4                                                              | success
        d2 | PC-2 | Windows                   | null                                                             | null
        d3 | PC-3 | macOS                     | 0.9                                                              | failure
    remote_action.get_battery_status.executions:
        time                | device | status
        2024-03-15 09:30:00 | d1     | success
        2024-03-14 09:30:00 | d1     | failure
        2024-03-15 09:30:00 | d3     | cancelled";

#[test]
fn an_output_of_an_action_is_a_column_of_the_device() {
    documented(PUBLISHED, "list … remote_action.get_onedrive_status.execution.outputs.OneDriveStatus")
        .tables(DEVICES)
        .query("devices | list name, remote_action.get_battery_status.execution.outputs.BatteryHealth")
        .gives(
            "device.name | remote_action.get_battery_status.execution.outputs.BatteryHealth
             PC-1        | 0.4
             PC-2        | null
             PC-3        | 0.9",
        );
}

#[test]
fn an_output_of_an_action_can_be_a_condition() {
    documented("nql-keywords/nql-where", "filter the results using NQL comparison operators and NQL logical operators")
        .tables(DEVICES)
        .query(
            "devices
             | where remote_action.get_battery_status.execution.outputs.BatteryHealth < 0.95
             | where remote_action.get_battery_status.execution.status == success
             | list name",
        )
        .gives(
            "device.name
             PC-1",
        );
}

#[test]
fn the_executions_of_one_action_are_a_table_with_or_without_a_hash() {
    settled(
        "https://docs.nexthink.com/platform/user-guide/campaigns/managing-campaigns/scrutinizing-the-results-of-a-campaign-with-nql",
        "a remote action has a table of its own as a campaign has: remote_action.nql_id.executions",
    )
    .tables(DEVICES)
    .query(
        "devices
         | where operating_system.platform == windows
         | include remote_action.get_battery_status.executions past 60min
         | compute has_run_ra = device.countif(status in [success,failure])
         | where has_run_ra == 0
         | list name",
    )
    .query(
        "devices
         | where operating_system.platform == windows
         | include remote_action.#get_battery_status.executions during past 60min
         | compute has_run_ra = device.countif(status in [success, failure])
         | where has_run_ra == 0
         | list name",
    )
    .gives(
        "device.name
         PC-2",
    );
}

#[test]
fn executions_are_summed_as_savings() {
    documented(
        "https://docs.nexthink.com/user-guide/live-dashboards/live-dashboards-nql-examples",
        "where purpose == remediation | summarize amt_saved = (number_of_executions.sum()) * (20)",
    )
    .tables(
        "remote_action.executions:
            time                | status  | purpose         | number_of_executions
            2024-03-15 09:00:00 | success | remediation     | 1
            2024-03-15 09:10:00 | success | remediation     | 4
            2024-03-15 09:20:00 | failure | remediation     | 8
            2024-03-15 09:30:00 | success | data_collection | 16
            2024-02-14 23:59:59 | success | remediation     | 32",
    )
    .query(
        "remote_action.executions during past 30d
         | where status == success
         | where purpose == remediation
         | summarize amt_saved = (number_of_executions.sum()) * (20)
         | list amt_saved.as(format = currency,code = usd)",
    )
    .gives(
        "amt_saved
         100",
    );
}
