//! A consent holds for exactly what was agreed to, by whom, where and until when.

use nexthink_chatbot::base64::{decode_url, encode_url};
use nexthink_chatbot::json::Json;
use nexthink_chatbot::nql::{MINUTE, SECOND};
use nexthink_simulator::SimulatedTenant;

use crate::alterations::alterations;
use crate::keys::with_secret;
use crate::tenant::Scene;

fn token(scene: &Scene) -> String {
    scene.propose(&scene.diagnosis("amartin", "outlook"), "offline").unwrap().token
}

fn is_refused(scene: &Scene, token: &str, what: &str) {
    let error = scene.remediate(token).unwrap_err();
    assert_eq!((error.kind.word(), error.side_effect.word()), ("consent", "none"), "{what}: {error}");
    assert!(error.hint.len() > 10, "{what}: {error}");
}

#[test]
fn a_token_with_any_field_altered_triggers_nothing() {
    let scene = Scene::new();
    let token = token(&scene);
    let (text, code) = token.split_once('.').unwrap();
    let content = Json::parse(&decode_url(text).unwrap()).unwrap();
    let altered = alterations(&content);
    assert!(altered.len() > 60, "{}", altered.len());
    for (path, other) in altered {
        is_refused(&scene, &format!("{}.{code}", encode_url(other.to_text().as_bytes())), &path);
    }
    assert_eq!(scene.triggers(), 0);
    assert!(scene.remediate(&token).is_ok());
}

#[test]
fn a_token_with_a_bit_of_any_byte_flipped_or_cut_short_triggers_nothing() {
    let scene = Scene::new();
    let token = token(&scene);
    let (text, code) = token.split_once('.').unwrap();
    let (text, code) = (decode_url(text).unwrap(), decode_url(code).unwrap());
    let sealed = |text: &[u8], code: &[u8]| format!("{}.{}", encode_url(text), encode_url(code));
    assert_eq!(sealed(&text, &code), token);
    let flipped = |bytes: &[u8], position: usize| {
        let mut bytes = bytes.to_vec();
        bytes[position / 8] ^= 1 << (position % 8);
        bytes
    };
    for byte in 0..text.len() {
        // Each of the eight in turn.
        is_refused(&scene, &sealed(&flipped(&text, 8 * byte + byte % 8), &code), "a bit of the text");
    }
    for bit in 0..8 * code.len() {
        is_refused(&scene, &sealed(&text, &flipped(&code, bit)), "a bit of the code");
    }
    for length in 0..token.len() {
        is_refused(&scene, token.split_at(length).0, "cut short");
    }
    for length in 0..code.len() {
        is_refused(&scene, &sealed(&text, &code[..length]), "a shorter code");
    }
    for more in ["A", ".", "=", " ", ".AAAA"] {
        is_refused(&scene, &format!("{token}{more}"), "longer");
    }
    assert_eq!(scene.triggers(), 0);
}

#[test]
fn a_token_signed_with_another_key_or_for_another_tenant_triggers_nothing() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("amartin", "outlook");
    for (secret, region) in [("another", "eu"), (SimulatedTenant::CREDENTIALS.client_secret, "us")] {
        let theirs = with_secret(secret, region);
        let error = theirs.propose(&diagnosis, "offline").unwrap_err();
        assert_eq!(error.kind.word(), "consent", "a diagnosis by another key: {error}");
        let signed = crate::origins::forged(&theirs, &scene.device("amartin"));
        is_refused(&scene, &signed, region);
    }
    assert_eq!(scene.triggers(), 0);
}

#[test]
fn a_token_holds_for_ten_minutes() {
    let scene = Scene::new();
    let token = token(&scene);
    scene.tenant.borrow_mut().advance(10 * MINUTE + SECOND);
    is_refused(&scene, &token, "expired");
    assert_eq!(scene.triggers(), 0);
}

#[test]
fn a_token_that_is_replayed_gives_the_same_run_and_triggers_nothing() {
    let scene = Scene::new();
    let token = token(&scene);
    let run = scene.remediate(&token).unwrap();
    for minutes in [1, 20, 600] {
        scene.tenant.borrow_mut().advance(minutes * MINUTE);
        let again = scene.remediate(&token).unwrap();
        assert_eq!(
            (again.id, again.reference, again.started_at),
            (run.id.clone(), run.reference.clone(), run.started_at)
        );
    }
    assert_eq!(scene.triggers(), 1);
}
