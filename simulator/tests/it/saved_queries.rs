//! Saved queries as an administrator changes them, and what becomes of those that no tenant would have saved.

use serde_json::json;

use crate::caller::{HOUR, caller};

#[test]
fn a_query_can_be_saved_changed_and_deleted_at_any_time() {
    let mut caller = caller();
    caller.tenant.set_query("#ours", "users | where name == $who | list upn").unwrap();
    assert_eq!(caller.rows("#ours", "who", "nberg"), [json!({ "user.upn": "nberg@acme.example" })]);
    caller.tenant.set_query("#ours", "users | where name == $name | list name").unwrap();
    assert_eq!(caller.rows("#ours", "name", "nberg"), [json!({ "user.name": "nberg" })]);
    caller.tenant.delete_query("#ours").unwrap();
    assert_eq!(caller.post("/api/v2/nql/execute", &json!({ "queryId": "#ours" })).0, 404);
    let mistake = caller.tenant.delete_query("#ours").unwrap_err().to_string();
    assert_eq!(mistake, "there is no saved query `#ours`");
}

#[test]
fn what_is_no_nql_or_no_id_is_refused_and_changes_nothing() {
    let mut caller = caller();
    for (id, text, reason) in [
        ("#get_device_basic_infos", "devices | fetch name", "fetch"),
        ("#get_device_basic_infos", "", "`#get_device_basic_infos`"),
        ("ours", "devices | list name", "`ours`"),
        ("#Ours", "devices | list name", "`#Ours`"),
        ("#x", "devices | list name", "2 to 255"),
    ] {
        let mistake = caller.tenant.set_query(id, text).unwrap_err().to_string();
        assert!(mistake.contains(reason), "{mistake}");
    }
    assert_eq!(caller.rows("#get_device_basic_infos", "username", "amartin").len(), 1);
}

#[test]
fn what_nexthink_would_have_refused_to_save_is_answered_with_the_first_reason() {
    let mut caller = caller();
    // The first of them the engine itself would execute.
    for (text, reason) in [
        ("devices | summarize n = count() | list n, n | where n == $n | list $m", "`$m`"),
        ("devices | compute crashes = count()", "`compute` needs a `with` or `include` before it at byte 10"),
        (
            "devices | with execution.crashes past 1d | compute n = count() | with session.events past 1d \
             | compute n = count() | list name, n",
            "`n` is computed twice",
        ),
    ] {
        caller.tenant.set_query("#test", text).unwrap();
        let (status, error) = caller.post("/api/v2/nql/execute", &json!({ "queryId": "#test" }));
        let message = error["message"].as_str().unwrap();
        assert_eq!((status, &error["code"]), (400, &json!(103)), "{text}");
        assert!(message.starts_with("The query is refused: ") && message.contains(reason), "{message}");

        let (_, accepted) = caller.post("/api/v1/nql/export", &json!({ "queryId": "#test" }));
        caller.advance(HOUR);
        let (_, ended) = caller.get(&format!("/api/v1/nql/status/{}", accepted["exportId"].as_str().unwrap()));
        assert_eq!((&ended["status"], &ended["errorDescription"]), (&json!("ERROR"), &json!(message)), "{text}");
    }
}
