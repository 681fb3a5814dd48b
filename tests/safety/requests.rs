//! What the employee asks for goes over the same rails as what a rule recommends.

use nexthink_chatbot::api::problem::ErrorKind;
use nexthink_chatbot::nql::{HOUR, SECOND};
use nexthink_chatbot::playbook::Risk;

use crate::world::{World, changed};

#[test]
fn asking_for_it_is_no_way_around_a_cooldown() {
    let world = World::with_cooldown(HOUR);
    let process = world.sharing();
    let device = world.scene.device("jcarter");
    let ask = || process.request(device.clone(), "disk_cleanup", &[]).unwrap().token;
    process.follow(process.remediate(&world.token("jcarter", "slow-pc", "disk-full")).unwrap());
    let error = process.remediate(&ask()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    assert!(error.message.contains("not long ago"), "{error}");
    world.advance(HOUR + SECOND);
    assert!(process.remediate(&ask()).is_ok());
}

#[test]
fn of_two_playbooks_the_more_careful_one_says_what_an_action_risks() {
    let mut world = World::new();
    let usual = world.library.clone();
    let careful = changed(&usual, |playbook| {
        for action in &mut playbook.remote_actions {
            action.risk = Risk::Disruptive;
        }
    });
    assert_ne!(usual, careful);
    for [first, second] in [[&usual, &careful], [&careful, &usual]] {
        // Both have playbooks of the same actions, under other names.
        let second = changed(second, |playbook| playbook.id.insert_str(0, "own-"));
        std::rc::Rc::get_mut(&mut world).unwrap().library = first.with_own(&second);
        let proposal = world.sharing().request(world.scene.device("jcarter"), "disk_cleanup", &[]).unwrap();
        assert_eq!(proposal.risk, Risk::Disruptive);
    }
}
