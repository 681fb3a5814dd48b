//! Clients of the usual tenant that sign with other keys, or as clients of another tenant.

use std::rc::Rc;

use nexthink_chatbot::client::{Client, Options, Settings, Shared};
use nexthink_chatbot::json::{Json, Read};
use nexthink_simulator::{SimulatedHost, SimulatedTenant};

use crate::tenant::Scene;

/// A client with this secret and region, which derives its key from them.
pub fn with_secret(secret: &str, region: &str) -> Scene {
    scene(secret, region, &[])
}

/// A client of the tenant itself that signs with the first of these keys.
pub fn with_keys(keys: &[&str]) -> Scene {
    scene(SimulatedTenant::CREDENTIALS.client_secret, "eu", keys)
}

fn scene(secret: &str, region: &str, keys: &[&str]) -> Scene {
    let mut scene = Scene::new();
    let id = SimulatedTenant::CREDENTIALS.client_id;
    let credentials = format!(r#"{{"clientId":"{id}","clientSecret":"{secret}"}}"#);
    let options = format!(r#"{{"instance":"acme","region":"{region}","credentials":{credentials}}}"#);
    let options = Options::read(Json::parse(options.as_bytes()).unwrap()).unwrap();
    let keys = keys.iter().map(|key| key.as_bytes().to_vec()).collect();
    let settings = Settings::new(options, keys, scene.library.declared_remote_actions()).unwrap();
    scene.client = Client::new(Rc::new(Shared::new(settings)), SimulatedHost::new(&scene.tenant));
    scene
}
