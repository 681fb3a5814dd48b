//! What holds for every template and every payload.

use proptest::prelude::*;

use super::pattern::Pattern;
use super::template::Template;
use crate::json::Json;

/// A template of text, and the payload that an exporter makes of it.
fn rendered() -> impl Strategy<Value = (String, String, Vec<(String, String)>)> {
    let value = prop_oneof!["[a-c ,;]{0,4}", any::<String>()];
    let part = (prop_oneof!["[,; ab]{1,3}", "[^{}]{1,8}"], value);
    ("[^{}]{0,8}", prop::collection::vec(part, 1..5), "[^{}]{0,8}").prop_map(|(first, parts, last)| {
        let (mut template, mut payload, mut values) = (first.clone(), first, Vec::new());
        for (index, (literal, value)) in parts.iter().enumerate() {
            template.push_str(&format!("{{{{v{index}}}}}"));
            payload.push_str(value);
            values.push((format!("v{index}"), value.clone()));
            let literal = if index + 1 == parts.len() { &last } else { literal };
            template.push_str(literal);
            payload.push_str(literal);
        }
        (template, payload, values)
    })
}

proptest! {
    #[test]
    fn what_a_template_has_made_is_read_back_or_refused((template, payload, values) in rendered()) {
        let pattern = Pattern::read(&template).unwrap();
        if let Ok(found) = pattern.values(&payload) {
            let found: Vec<_> = found.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            prop_assert_eq!(found, values);
        }
    }

    #[test]
    fn values_without_the_text_between_are_always_read_back(values in prop::collection::vec("[^|]*", 3)) {
        let pattern = Pattern::read("{{a}}|{{b}}|{{c}}").unwrap();
        let payload = values.join("|");
        let found: Vec<&str> = pattern.values(&payload).unwrap().into_iter().map(|(_, value)| value).collect();
        prop_assert_eq!(found, values);
    }

    #[test]
    fn of_json_any_value_is_read_back(value in any::<String>(), before in "[a-z ]{0,5}", number in any::<i32>()) {
        let template = Template::new(Some(Json::from(format!(r#"{{"t":"{before}{{{{x}}}}.","n":{{{{n}}}}}}"#).as_str()))).ok().unwrap();
        let text = Json::from(format!("{before}{value}.").as_str()).to_text();
        let (_, fields) = template.read(&format!(r#"{{"t":{text},"n":{number}}}"#)).unwrap();
        prop_assert_eq!(fields, vec![("x".into(), value.as_str().into()), ("n".into(), Json::Number(number.into()))]);
    }

    #[test]
    fn no_text_is_a_template_or_a_payload_that_does_harm(template in any::<String>(), payload in any::<String>(), mixed in "[{}\"a:,x\\[\\] ]{0,24}") {
        for template in [template, mixed.clone()] {
            if let Ok(template) = Template::new(Some(Json::from(template.as_str()))) {
                let _ = (template.read(&payload), template.read(&mixed));
            }
        }
    }
}
