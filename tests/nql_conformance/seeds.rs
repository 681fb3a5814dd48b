//! The five queries of Nexthink's guide for chatbots, as published, on devices written by hand.

use crate::case::documented;

const PAGE: &str = "https://docs.nexthink.com/platform/solutions/chatbots/integrating-chatbots-with-nexthink";

#[test]
fn the_devices_of_an_employee_come_with_the_last_seen_first() {
    documented(PAGE, "with session.events past 7d | where user.name == $username … | sort last_seen desc")
        .tables(
            "devices:
                id | collector.uid | name    | operating_system.platform | operating_system.name | hardware.type | hardware.manufacturer | last_seen
                d1 | uid-1         | older   | Windows                   | Windows 10 Pro        | desktop       | HP                    | 2024-03-12 18:00:00
                d2 | uid-2         | newer   | macOS                     | macOS Sonoma          | laptop        | Apple                 | 2024-03-15 10:00:00
                d3 | uid-3         | others  | Windows                   | Windows 11 Pro        | laptop        | Lenovo                | 2024-03-15 10:05:00
                d4 | uid-4         | former  | Windows                   | Windows 11 Pro        | laptop        | Lenovo                | 2024-03-15 10:06:00
             users:
                id | name
                u1 | jdoe
                u2 | asmith
             session.events:
                start_time          | device | user
                2024-03-12 09:00:00 | d1     | u1
                2024-03-12 10:00:00 | d1     | u2
                2024-03-10 09:00:00 | d2     | u1
                2024-03-11 09:00:00 | d2     | u1
                2024-03-15 09:00:00 | d3     | u2
                2024-03-08 23:59:59 | d4     | u1
                2024-03-15 09:00:00 | d4     | u2",
        )
        .parameter("username", "jdoe")
        .query(include_str!("../nql-samples/s01_get_device_basic_infos.nql"))
        .gives(
            "device.collector.uid | device.name | device.operating_system.platform | device.operating_system.name | device.hardware.type | device.hardware.manufacturer | device.last_seen
             uid-2                | newer       | macOS                            | macOS Sonoma                 | laptop               | Apple                        | 2024-03-15 10:00:00
             uid-1                | older       | Windows                          | Windows 10 Pro               | desktop              | HP                           | 2024-03-12 18:00:00",
        );
}

#[test]
fn the_result_of_a_remote_action_is_found_by_its_request_id() {
    documented(PAGE, "remote_action.executions past 24h | where request_id == $request_id")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2
             remote_action.executions:
                time                | request_id | device | remote_action.name | status      | status_details | outputs
                2024-03-15 10:00:00 | req-1      | d1     | Repair Office 365  | success     | Done           | {}
                2024-03-15 10:01:00 | req-1      | d2     | Repair Office 365  | in_progress | null           | null
                2024-03-15 10:02:00 | req-2      | d1     | Disk cleanup       | success     | Done           | {}
                2024-03-14 10:59:59 | req-1      | d1     | Repair Office 365  | expired     | Too old        | null",
        )
        .parameter("request_id", "req-1")
        .query(include_str!("../nql-samples/s02_get_remote_action_result.nql"))
        .gives(
            "remote_action.execution.request_id | device.name | remote_action.name | remote_action.execution.status | remote_action.execution.status_details | remote_action.execution.outputs
             req-1                              | PC-1        | Repair Office 365  | success                        | Done                                   | {}
             req-1                              | PC-2        | Repair Office 365  | in_progress                    | null                                   | null",
        );
}

const OUTLOOK: &str = "
    devices:
        id | collector.uid | name  | boot.days_since_last_full_boot | remote_action.get_outlook_plugin_crash_details_windows.execution.outputs.CrashedPluginList | remote_action.get_outlook_online_windows.execution.outputs.IsOnline | remote_action.get_outlook_online_windows.execution.status
        d1 | uid-1         | PC-1  | 12                             | [Teams Add-in]                                                                             | No                                                                  | success
        d2 | uid-2         | PC-2  | 3                              | null                                                                                       | null                                                                | null
        d3 | uid-3         | PC-10 | 1                              | []                                                                                         | Yes                                                                 | success
    packages:
        id | name                 | version
        p1 | Microsoft Office     | 15.0.4420.1017
        p2 | microsoft 365        | 15.9.1
        p3 | Microsoft 365        | 16.0.14326
        p4 | Microsoft Office Pro | 15.0.1
        p5 | Zoom                 | 5.17.1
    package.installed_packages:
        device | package
        d1     | p1
        d1     | p2
        d1     | p3
        d1     | p4
        d1     | p5
        d2     | p3
        d2     | p4
        d2     | p5
        d3     | p1";

#[test]
fn outlook_counts_packages_that_are_exactly_office_and_not_version_16() {
    documented(PAGE, "package.name in [\"Microsoft Office\", \"Microsoft 365\"] | where package.version != \"16.*\"")
        .tables(OUTLOOK)
        .parameter("device_name", "pc-1")
        .query(include_str!("../nql-samples/s03_diagnose_outlook_issues.nql"))
        .gives(
            "device.collector.uid | device.name | remote_action.get_outlook_plugin_crash_details_windows.execution.outputs.CrashedPluginList | remote_action.get_outlook_online_windows.execution.outputs.IsOnline | remote_action.get_outlook_online_windows.execution.status | device.boot.days_since_last_full_boot | outdated_office_packages
             uid-1 | PC-1 | [Teams Add-in] | No | success | 12 | 2",
        );
}

#[test]
fn outlook_has_no_count_where_no_package_is_outdated() {
    documented("nql-keywords/nql-include", "Objects without events have no computed value")
        .tables(OUTLOOK)
        .parameter("device_name", "PC-2")
        .query(include_str!("../nql-samples/s03_diagnose_outlook_issues.nql"))
        .gives(
            "device.collector.uid | device.name | remote_action.get_outlook_plugin_crash_details_windows.execution.outputs.CrashedPluginList | remote_action.get_outlook_online_windows.execution.outputs.IsOnline | remote_action.get_outlook_online_windows.execution.status | device.boot.days_since_last_full_boot | outdated_office_packages
             uid-2 | PC-2 | null | null | null | 3 | null",
        );
}

#[test]
fn onedrive_has_the_status_of_the_one_device() {
    documented(PAGE, "list … remote_action.get_onedrive_status.execution.outputs.OneDriveStatus")
        .tables(
            "devices:
                id | collector.uid | name | remote_action.get_onedrive_status.execution.outputs.OneDriveStatus
                d1 | uid-1         | PC-1 | OneDrive is not installed
                d2 | uid-2         | PC-2 | OneDrive is running
                d3 | uid-3         | pc-2 | null",
        )
        .parameter("device_name", "PC-2")
        .query(include_str!("../nql-samples/s04_diagnose_onedrive_issues.nql"))
        .gives(
            "device.collector.uid | device.name | remote_action.get_onedrive_status.execution.outputs.OneDriveStatus
             uid-2                | PC-2        | OneDrive is running
             uid-3                | pc-2        | null",
        );
}

#[test]
fn a_slow_pc_has_its_free_space_in_gigabytes_and_its_outdated_packages() {
    documented(PAGE, "compute free_space = system_drive_free_space.avg() / 1000000000 | include package.installed_packages")
        .tables(
            "devices:
                id | collector.uid | name  | boot.days_since_last_full_boot | remote_action.get_startup_impact_windows.execution.outputs.HighImpactCount | remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoAppliedTimeInSeconds | remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoDCDiscoveryInSeconds
                d1 | uid-1         | PC-1  | 40                             | 3                                                                          | 7.5                                                                                        | 4
                d2 | uid-2         | PC-2  | 2                              | 0                                                                          | 1                                                                                          | 1
                d3 | uid-3         | pc-1  | 1                              | null                                                                       | null                                                                                       | null
                d4 | uid-4         | PC-1  | 90                             | 9                                                                          | 9                                                                                          | 9
             device_performance.events:
                start_time          | device | system_drive_free_space
                2024-03-15 09:00:00 | d1     | 4000000000
                2024-03-15 10:00:00 | d1     | 7000000000
                2024-03-14 10:59:59 | d1     | 900000000000
                2024-03-15 10:00:00 | d2     | 50000000000
                2024-03-12 10:00:00 | d3     | 8000000000
                2024-03-08 10:00:00 | d4     | 1000000000
             packages:
                id | name                          | version
                p1 | Microsoft Office Professional | 15.0.4420.1017
                p2 | Microsoft 365 Apps - en-us    | 16.0.14326
                p3 | Microsoft Office 2010         | 14.0.1
                p4 | Zoom                          | 5.17.1
             package.installed_packages:
                device | package
                d1     | p1
                d1     | p2
                d1     | p3
                d1     | p4
                d2     | p1
                d3     | p2",
        )
        .parameter("device_name", "PC-1")
        .query(include_str!("../nql-samples/s05_diagnose_slow_pc_issues.nql"))
        .gives(
            "device.collector.uid | device.name | free_space | device.boot.days_since_last_full_boot | outdated_office_packages | remote_action.get_startup_impact_windows.execution.outputs.HighImpactCount | remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoAppliedTimeInSeconds | remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoDCDiscoveryInSeconds
             uid-1 | PC-1 | 5.5  | 40 | 2    | 3    | 7.5  | 4
             uid-3 | pc-1 | null | 1  | null | null | null | null",
        );
}
