//! How a query names tables and fields, and what the answer calls them.

use crate::case::documented;

#[test]
fn a_shortcut_and_the_full_name_are_the_same_table() {
    documented("nql-syntax-overview", "Type the table name only, without a namespace first")
        .tables(
            "binaries:
                id | name       | size
                b1 | chrome.exe | 100
                b2 | zoom.exe   | 200",
        )
        .query("binaries | list name, size")
        .query("binary.binaries | list name, size")
        .gives(
            "binary.name | binary.size
             chrome.exe  | 100
             zoom.exe    | 200",
        );
}

#[test]
fn the_name_of_a_table_ignores_case() {
    documented("nql-syntax-overview/nql-time-selection", "web.Page_views during past 1h")
        .tables(
            "web.page_views:
                time                | number_of_page_views
                2024-03-15 09:59:59 | 7
                2024-03-15 10:00:00 | 2
                2024-03-15 10:05:00 | 3",
        )
        .query("web.Page_views during past 1h | summarize total_navigations = number_of_page_views.sum()")
        .gives(
            "total_navigations
             5",
        );
}

#[test]
fn a_field_may_be_written_bare_or_with_its_object() {
    documented("nql-syntax-overview", "binary.name in one example, name, version, platform in the next")
        .tables(
            "binaries:
                id | name        | version
                b1 | dllhost.exe | 10.0.1
                b2 | other.exe   | 10.0.1",
        )
        .query("binaries | where binary.name == \"dllhost.exe\" | list name, version")
        .query("binaries | where name == \"dllhost.exe\" | list binary.name, binary.version")
        .gives(
            "binary.name | binary.version
             dllhost.exe | 10.0.1",
        );
}

#[test]
fn a_field_of_an_event_may_be_bare_with_its_object_or_with_its_namespace() {
    documented(
        "https://docs.nexthink.com/user-guide/dex-score/dex-score-nql-examples",
        "value.avg() and score.value.avg() and dex.score.value.avg()",
    )
    .tables(
        "users:
            id | name
            u1 | alice
         dex.scores:
            time                | user | value
            2024-03-15 04:00:00 | u1   | 60
            2024-03-15 04:00:00 | u1   | 80",
    )
    .query(
        "users
         | with dex.scores during past 24h
         | compute a = value.avg(), b = score.value.avg(), c = dex.score.value.avg()
         | list name, a, b, c",
    )
    .gives(
        "user.name | a  | b  | c
         alice     | 70 | 70 | 70",
    );
}

#[test]
fn the_answer_calls_fields_by_their_full_names() {
    documented(
        "https://docs.nexthink.com/platform/integrations/chatbots/chatbot-use-cases",
        "device.collector.uid, device.operating_system.platform, device.last_seen",
    )
    .tables(
        "devices:
            id | collector.uid | operating_system.platform | last_seen
            d1 | e0aa796d      | Windows                   | 2023-07-17 17:53:49",
    )
    .query("devices | list collector.uid, operating_system.platform, last_seen")
    .gives(
        "device.collector.uid | device.operating_system.platform | device.last_seen
         e0aa796d             | Windows                          | 2023-07-17 17:53:49",
    );
}

#[test]
fn fields_of_linked_objects_can_be_listed_from_events() {
    documented(
        "https://docs.nexthink.com/user-guide/remote-actions/remote-actions-nql-examples",
        "list remote_action.name, device.name, trigger_method, time, status",
    )
    .tables(
        "devices:
            id | name
            d1 | PC-1
            d2 | PC-2
         remote_action.executions:
            time                | device | remote_action.name | trigger_method | status
            2024-03-15 09:00:00 | d2     | Disk cleanup       | manual         | success
            2024-03-15 10:01:00 | d1     | Disk cleanup       | api            | failure
            2024-03-15 10:02:00 | d1     | Set Outlook online | api            | success",
    )
    .query(
        "remote_action.executions during past 60min
         |where remote_action.name == \"Disk cleanup\"
         |list remote_action.name, device.name, trigger_method, time, status
         |sort time desc",
    )
    .gives(
        "remote_action.name | device.name | remote_action.execution.trigger_method | remote_action.execution.time | remote_action.execution.status
         Disk cleanup       | PC-1        | api                                    | 2024-03-15 10:01:00          | failure",
    );
}

#[test]
fn a_property_of_the_device_can_be_bare_in_a_table_of_its_events() {
    documented("nql-functions/nql-as", "device_performance.events … | where hardware.type == laptop")
        .tables(
            "devices:
                id | operating_system.platform | hardware.type
                d1 | macOS                     | laptop
                d2 | macOS                     | desktop
                d3 | Windows                   | laptop
                d4 | macOS                     | laptop
             device_performance.events:
                start_time          | device
                2024-03-15 08:00:00 | d1
                2024-03-15 08:05:00 | d1
                2024-03-15 08:00:00 | d2
                2024-03-15 08:00:00 | d3
                2024-03-15 08:00:00 | d4",
        )
        .query(
            "device_performance.events during past 1d
             | where device.operating_system.platform = macos
             | where hardware.type == laptop
             | summarize estimated_energy = ((8 * 0.070) * device.count())
             | list estimated_energy.as( format = energy )",
        )
        .gives(
            "estimated_energy
             1.12",
        );
}

#[test]
fn a_custom_field_is_compared_like_any_other() {
    documented("nql-keywords/nql-where", "package.version == package.#required_version")
        .tables(
            "packages:
                id | name  | version | #required_version
                p1 | Zoom  | 5.17.11 | 5.17.11
                p2 | Slack | 4.35.1  | 4.36.0
                p3 | Teams | 24.1.2  | null",
        )
        .query("packages | where package.version == package.#required_version | list name")
        .gives(
            "package.name
             Zoom",
        );
}
