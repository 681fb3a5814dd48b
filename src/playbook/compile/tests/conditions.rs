//! What becomes of a condition: what can never be compared is refused, brackets and constants are settled.

use super::{PLAYBOOK, mistakes};
use crate::playbook::Playbook;
use crate::playbook::packed::Packed;

#[test]
fn what_can_never_be_compared_is_refused() {
    for (condition, message) in [
        ("Plugins == \"Zoom\"", "`Plugins` is a list and is compared with what is none"),
        ("Plugins in [\"Zoom\"]", "`Plugins` is a list, and no element of another"),
        ("Plugins > 3", "`Plugins` is a list, which has no order"),
        ("Plugins contains [\"Zoom\"]", "`contains` asks for one value"),
        ("Version != [\"-\"]", "`Version` is compared with a list and is not said to be one"),
        ("Version contains 5", "`Version` is not said to be a list, and a text contains only text"),
        ("crashes == \"many\"", "`crashes` is a count and is compared with a text"),
        ("crashes in [1, \"many\"]", "`crashes` is a count and is compared with a text"),
        ("crashes == null", "`crashes` is a count, and never null"),
        ("crashes == true", "`crashes` is a count and is compared with what is none"),
        ("crashes > v16.2", "`crashes` is a count and is compared with a version"),
        ("crashes contains 1", "`crashes` is a count and contains nothing"),
        ("boot.days > \"long\"", "a text that is neither a number nor a version has no order"),
        ("boot.days > null", "nothing is less or greater than null"),
        ("boot.days > true", "`true` or `false` has no order"),
        ("boot.days > [1]", "a list has no order"),
        ("boot.days in []", "nothing is one of no values"),
        ("boot.days > 2026-01-01", "a date cannot be compared with what a row holds"),
        ("boot.days + \"x\" > 1", "this calculates with what is no number"),
        ("boot.days + (Plugins * 2) > 1", "`Plugins` is no number and cannot be calculated with"),
        ("boot.days == 1 / 0", "this calculation has no result"),
        ("boot.days + (2 / (1 - 1)) > 1", "this calculation has no result"),
        ("crashes + 1 == \"two\"", "a number is compared with a text"),
        (
            "remote_action.get_x.execution.status == 5",
            "`remote_action.get_x.execution.status` is a word and is compared with a number",
        ),
        ("remote_action.get_x.execution.status > success", "the query has no column `success`"),
        (
            "remote_action.get_x.execution.status > 5",
            "`remote_action.get_x.execution.status` is a word, which has no order",
        ),
    ] {
        let found = mistakes("boot.days > 3", &condition.replace('"', "\\\""));
        assert_eq!(found.iter().map(|found| &*found.message).collect::<Vec<_>>(), [message], "{condition}");
        assert!(found[0].span.is_some(), "{condition}");
    }
    for condition in [
        "Version > \"16.0.1\" and Version > v16 and Version == \"16.*\" and boot.days > \"3\"",
        "Plugins != [\"-\"] and Plugins contains \"Zoom\" and Plugins == null and Version == null",
        "crashes == \"3\" and crashes in [1, \"2\"] and boot.days * 2 + crashes > 3GB",
        "remote_action.get_x.execution.status in [success, failure] and Version == true",
    ] {
        assert_eq!(mistakes("boot.days > 3", &condition.replace('"', "\\\"")), [], "{condition}");
    }
}

#[test]
fn conditions_become_flat_and_constants_are_computed() {
    let condition = |text: &str| {
        let playbook = Playbook::compile(&PLAYBOOK.replace("boot.days > 3", &text.replace('"', "\\\"")), None).unwrap();
        let condition = &playbook.rules[0].when.as_ref().unwrap().condition;
        let mut text = String::new();
        condition.pack(&mut text);
        text
    };
    // As it is packed: an operator behind its length, a column behind `@`, a number behind `#`, and the place in the text.
    for (text, expected) in [
        ("boot.days > 2 + 2 * 3", "1;>@2;#8;0;21;"),
        ("(boot.days > 1 and (crashes > 2 and crashes < 9))", "3;and3;1;>@2;#1;1;14;1;>@4;#2;20;31;1;<@4;#9;36;47;"),
        ("boot.days > 1 or (crashes > 2 or crashes < 0)", "2;or3;1;>@2;#1;0;13;1;>@4;#2;18;29;1;<@4;#0;33;44;"),
        ("1 == 1 and boot.days > 1", "1;>@2;#1;11;24;"),
        ("1 == 2 or boot.days > 1", "1;>@2;#1;10;23;"),
        ("1 == 2 and boot.days > 1", "3;and2;2;or0;1;>@2;#1;11;24;"),
        ("2 in [1, 2]", "3;and0;"),
        ("Plugins != [\"-\"]", "2;!=@5;[0;0;16;"),
    ] {
        assert_eq!(condition(text), expected, "{text}");
    }
}
