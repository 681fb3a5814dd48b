//! What is held: why, and until when; and limits that are none.

use super::*;

#[test]
fn what_concerns_no_single_employee_is_held_and_not_lost() {
    let mut nobody = found("-", "1", "x");
    let none = found("a", "2", "");
    let several: GivenMatch = read(r#"{"employees":[{"upn":"a"},{"upn":"b"}],"playbook":"slow-pc","rules":["x"]}"#);
    let same: GivenMatch = read(r#"{"employees":[{"upn":"c"},{"upn":"C"}],"playbook":"slow-pc","rules":["x"]}"#);
    nobody.device = None;
    let plan = Case::of(vec![nobody, none, several, same]).plan();
    let held: Vec<_> = plan.held.iter().map(|held| (held.reason.word(), held.matches.as_slice())).collect();
    assert_eq!(held, [("no-match", &[1][..]), ("no-employee", &[0]), ("several-employees", &[2])]);
    assert!(plan.held.iter().all(|held| held.employee.is_none() && held.until.is_none()));
    assert_eq!(plan.names(), ["C"]);
    assert_eq!(plan.next_at, None);
}

#[test]
fn of_several_employees_of_whom_one_cannot_be_read_nobody_is_told() {
    let of = |employees: &str| -> GivenMatch {
        read(&format!(r#"{{"employees":[{employees}],"playbook":"slow-pc","rules":["x"]}}"#))
    };
    for employees in [r#"{"upn":"a"},{"upn":"-"}"#, r#"{},{"upn":"a"}"#, r#"{"upn":"a"},{"upn":"A"},{"sid":" "}"#] {
        assert_eq!(Case::of(vec![of(employees)]).plan().reasons(), ["several-employees"], "{employees}");
    }
    assert_eq!(Case::of(vec![of(r#"{"upn":"-"},{"sid":""}"#)]).plan().reasons(), ["no-employee"]);
}

#[test]
fn the_cap_of_an_employee_is_one_message_in_seven_days_unless_told_otherwise() {
    let case = || Case::of(vec![found("a", "d", "new")]);
    let once = vec![told("A", "x", "2026-11-16T09:00:00Z")];
    let plan = case().sent(once.clone()).plan();
    assert_eq!(plan.reasons(), ["employee-limit 2026-11-23T09:00:00Z"]);
    assert_eq!(plan.next_at, Some(at("2026-11-23T09:00:00Z")));
    assert_eq!(case().sent(once).now("2026-11-23T09:00:00Z").plan().names(), ["a"]);
    let limits = r#"{"quietHours":false,"quietDays":[],"perEmployee":{"count":2,"days":3}}"#;
    let twice = || vec![told("a", "x", "2026-11-16T09:00:00Z"), told("a", "y", "2026-11-17T09:00:00Z")];
    let plan = case().limits(limits).sent(twice()).plan();
    assert_eq!(plan.reasons(), ["employee-limit 2026-11-19T09:00:00Z"]);
    let plan = case().limits(limits).sent(twice()).now("2026-11-19T09:00:00Z").plan();
    assert_eq!(plan.names(), ["a"]);
}

#[test]
fn the_hour_is_any_sixty_minutes_and_everybody_gets_a_turn() {
    let limits = r#"{"quietHours":false,"quietDays":[],"perHour":2}"#;
    let matches = || (0..6).map(|number| found(&format!("e{number}"), "d", "x")).collect::<Vec<_>>();
    let sent = vec![told("z", "x", "2026-11-18T11:20:00Z")];
    let plan = Case::of(matches()).limits(limits).sent(sent).plan();
    assert_eq!(plan.send.len(), 1);
    assert_eq!(
        plan.reasons(),
        [
            "hourly-limit 2026-11-18T12:20:00Z",
            "hourly-limit 2026-11-18T13:00:00Z",
            "hourly-limit 2026-11-18T13:20:00Z",
            "hourly-limit 2026-11-18T14:00:00Z",
            "hourly-limit 2026-11-18T14:20:00Z"
        ]
    );
    // More were sent than may be now, and one by a clock that is ahead.
    let sent = ["2026-11-18T11:10:00Z", "2026-11-18T11:20:00Z", "2026-11-18T12:30:00Z"];
    let sent = sent.iter().map(|time| told(time, "x", time)).collect();
    let plan = Case::of(vec![found("a", "d", "x")]).limits(limits).sent(sent).plan();
    assert_eq!(plan.reasons(), ["hourly-limit 2026-11-18T12:20:00Z"]);
}

#[test]
fn who_opted_out_is_told_nothing_whichever_identifier_they_gave() {
    let plan = |wish: &str| {
        let one = r#"{"employees":[{"upn":"Vera@acme.com","username":"vera"}],"playbook":"p","rules":["x"]}"#;
        let case = Case::of(vec![read(one), found("b", "d", "x")]);
        let mut outreach = case.outreach();
        outreach.add_opted_out(read(wish)).unwrap();
        whole(&mut outreach, case.settings())
    };
    for wish in ["\"VERA\"", "\" vera@ACME.com \"", r#"{"username":"vera"}"#, r#"{"upn":"VERA@acme.com"}"#] {
        let plan = plan(wish);
        assert_eq!((plan.names(), plan.reasons()), (vec!["b"], vec!["opted-out".to_owned()]), "{wish}");
        assert_eq!(plan.held[0].employee.as_ref().unwrap().username.as_deref(), Some("vera"));
    }
    // Another Vera: the stronger identifier decides.
    assert_eq!(plan(r#"{"upn":"vera@other.com","username":"vera"}"#).send.len(), 2);
    let mut outreach = Outreach::default();
    for nobody in ["\" \"", "\"-\"", "{}", r#"{"upn":"-"}"#] {
        let error = outreach.add_opted_out(read(nobody)).unwrap_err();
        assert_eq!(error.message, "one of `limits.optedOut` names nobody");
    }
}

#[test]
fn an_opt_out_holds_by_each_identifier_that_tells_who_it_is() {
    let is_held = |wish: &str, employee: &str| {
        let one = read(&format!(r#"{{"employees":[{employee}],"playbook":"p","rules":["x"]}}"#));
        let case = Case::of(vec![one]);
        let mut outreach = case.outreach();
        outreach.add_opted_out(read(wish)).unwrap();
        whole(&mut outreach, case.settings()).reasons() == ["opted-out"]
    };
    let employee = r#"{"sid":"S-new","upn":"a@x","email":"A.B@x","username":"admin"}"#;
    for wish in [
        r#"{"sid":"S-old","upn":"A@X"}"#,
        r#"{"sid":"s-NEW","upn":"b@x"}"#,
        r#"{"upn":"b@x","email":"a.b@x"}"#,
        r#"{"email":"a@x"}"#,
        r#"{"username":"Admin"}"#,
        r#""a@x""#,
    ] {
        assert!(is_held(wish, employee), "{wish}");
    }
    // Names of accounts repeat from machine to machine: they count where there is nothing else.
    let other = r#"{"sid":"S-old","username":"admin"}"#;
    assert!(!is_held(other, employee));
    assert!(is_held(other, r#"{"username":"ADMIN"}"#));
}

#[test]
fn limits_that_are_none_are_refused_by_name() {
    for (limits, message) in [
        (r#"{"perHour":0}"#, "`limits.perHour` is less than 1"),
        (r#"{"perEmployee":{"count":0,"days":1}}"#, "`limits.perEmployee.count` is less than 1"),
        (r#"{"perEmployee":{"count":1,"days":0}}"#, "`limits.perEmployee.days` is not from 1 to 366"),
        (r#"{"repeatAfterDays":367}"#, "`limits.repeatAfterDays` is not from 0 to 366"),
        (r#"{"quietHours":{"from":"08:00","to":"08:00"}}"#, "`limits.quietHours` ends when it begins"),
        (
            r#"{"quietDays":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]}"#,
            "`limits.quietDays` leaves no day of the week",
        ),
        ("{}", "`limits.timeZone` is missing: quiet hours and days go by the employee's clock"),
        ("null", "`limits.timeZone` is missing: quiet hours and days go by the employee's clock"),
        (r#"{"timeZone":"Mars/Base"}"#, "`limits.timeZone` is no time zone that this JavaScript runtime knows"),
        (r#"{"timeZone":"+25:00","quietHours":false,"quietDays":[]}"#, "`limits.timeZone` is no time zone that"),
    ] {
        let error = Case::of(vec![]).limits(limits).error();
        assert!(error.starts_with(message), "{limits}: {error}");
    }
    let mut settings = Case::of(vec![]).settings();
    settings.zones = read(r#"[{"name":"+05:30"}]"#);
    settings.lacks_names = true;
    assert!(Outreach::default().plan(settings).is_ok());
    let mut settings = Case::of(vec![]).settings();
    settings.zones = read(r#"[{"name":"Europe/Zurich"}]"#);
    settings.lacks_names = true;
    let error = Outreach::default().plan(settings).err().unwrap();
    assert!(error.message.contains("no `Intl`") && error.hint.contains("+09:00"), "{error}");
    for (limits, message) in [
        (r#"{"perhour":1}"#, "`perhour` is not known here"),
        (r#"{"quietHours":true}"#, "`quietHours` is not an object with `from` and `to`, or false"),
        (r#"{"quietHours":{"from":"8:00","to":"24:00"}}"#, "`quietHours.from` is not a time of day"),
        (r#"{"quietDays":["saturn"]}"#, "`quietDays[0]` is not `monday`"),
    ] {
        let error = OutreachLimits::read(Json::parse(limits.as_bytes()).unwrap()).unwrap_err().to_string();
        assert!(error.starts_with(message), "{limits}: {error}");
    }
}
