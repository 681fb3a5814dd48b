//! Who an employee is to the tenant.

use nexthink_chatbot::flow::{Identity, User, find_user};
use nexthink_chatbot::json::{Json, Read};
use nexthink_simulator::{Options, SimulatedTenant};

use crate::tenant::Scene;

fn find(scene: &Scene, kind: &str, value: &str) -> Result<Option<User>, String> {
    let identity = Json::Object(vec![(kind.into(), value.into())]);
    let identity = Identity::read(identity).unwrap();
    scene.wait(find_user(&scene.client, &identity)).map_err(|error| error.kind.word().to_owned())
}

#[test]
fn an_employee_is_found_by_each_of_their_identifiers() {
    let scene = Scene::new();
    let employee = scene.tenant.borrow().employees()[0].clone();
    let expected = User {
        uid: find(&scene, "username", &employee.username).unwrap().unwrap().uid,
        sid: Some(employee.sid.clone()),
        upn: Some(employee.upn.clone()),
        email: Some(employee.email.clone()),
        name: Some(employee.name.clone()),
    };
    assert!(!expected.uid.is_empty());
    for (kind, value) in
        [("username", &employee.username), ("upn", &employee.upn), ("email", &employee.email), ("sid", &employee.sid)]
    {
        assert_eq!(find(&scene, kind, value), Ok(Some(expected.clone())), "{kind}");
        assert_eq!(find(&scene, kind, &value.to_uppercase()), Ok(Some(expected.clone())), "{kind}");
    }
}

#[test]
fn an_identifier_counts_as_what_it_is_given_as() {
    let scene = Scene::new();
    let employee = scene.tenant.borrow().employees()[0].clone();
    assert_eq!(find(&scene, "username", &employee.sid), Ok(None));
    assert_eq!(find(&scene, "sid", &employee.username), Ok(None));
    assert_eq!(find(&scene, "username", "nobody"), Ok(None));
    for (kind, value) in [("username", "*"), ("username", ""), ("deviceName", "AMARTIN-LT")] {
        assert_eq!(find(&scene, kind, value), Err("invalid".into()), "{kind}");
    }
}

#[test]
fn a_tenant_without_the_query_is_told_how_to_get_it() {
    let scene = Scene::of(SimulatedTenant::new(Options::default()).without_query("#get_user_by_username"), "");
    let error = scene.wait(find_user(&scene.client, &Identity::username("amartin"))).unwrap_err();
    assert_eq!(error.kind.word(), "not-found");
    assert!(error.hint.contains("queryIds.userByUsername"), "{error}");
}
