//! What the tenant declares of a remote action, as far as a trigger can be checked against it. What the tenant leaves
//! out or gives as null cannot be checked, and passes.

use crate::api::answer::{elements, flag, one, text, texts};
use crate::api::http::Response;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, Map};

use super::get::OPERATION;

/// A remote action as it may be triggered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    api_enabled: Option<bool>,
    /// None where the tenant does not say which there are.
    inputs: Option<Vec<DeclaredInput>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct DeclaredInput {
    names: [Option<String>; 2],
    /// The only values that are taken; none where others are, too.
    options: Vec<String>,
}

/// Reads the answer to `remoteActions.get`.
///
/// # Errors
/// As `get::parse`.
pub fn parse(response: &Response) -> Result<Declared, NexthinkError> {
    one(OPERATION, response, Declared::of_answer)
}

impl Declared {
    fn of_answer(json: &Json) -> Self {
        let nothing = Json::Null;
        let inputs = json.get("scriptInfo").and_then(|script| script.get("inputs"));
        Self {
            api_enabled: flag(json.get("targeting").unwrap_or(&nothing), "apiEnabled"),
            inputs: matches!(inputs, Some(Json::List(_))).then(|| elements(inputs, DeclaredInput::of_answer)),
        }
    }

    /// Refuses what the tenant would refuse, or what its administrator has not foreseen.
    ///
    /// # Errors
    /// `refused`, with the parameter's name and never its value.
    pub fn check(&self, params: &Map<String>) -> Result<(), NexthinkError> {
        let refused = |message: String, hint: String| Err(NexthinkError::new(ErrorKind::Refused, message).hint(hint));
        if self.api_enabled == Some(false) {
            return refused(
                "the remote action cannot be triggered by the API".into(),
                "turn on its API trigger in the Nexthink administration".into(),
            );
        }
        let Some(inputs) = &self.inputs else { return Ok(()) };
        // An input without a name may be any.
        if inputs.iter().any(|input| input.names.iter().all(Option::is_none)) {
            return Ok(());
        }
        for (name, value) in params.iter() {
            let Some(input) = inputs.iter().find(|input| input.is_called(name)) else {
                return refused(format!("the remote action has no input `{name}`"), named("its inputs are", inputs));
            };
            if !input.options.is_empty() && !input.options.iter().any(|option| option == value) {
                let hint = "pass one of the options that its configuration in the tenant lists, to the letter";
                return refused(format!("the remote action does not take this value for `{name}`"), hint.into());
            }
        }
        Ok(())
    }
}

impl DeclaredInput {
    fn of_answer(input: &Json) -> Self {
        let only_options = flag(input, "allowCustomValue") == Some(false);
        Self {
            names: [text(input, "name"), text(input, "id")],
            options: if only_options { texts(input, "options") } else { Vec::new() },
        }
    }

    fn is_called(&self, name: &str) -> bool {
        self.names.iter().flatten().any(|known| known == name)
    }
}

fn named(introduction: &str, inputs: &[DeclaredInput]) -> String {
    if inputs.is_empty() {
        return "it takes none".into();
    }
    let mut text = String::from(introduction);
    for input in inputs {
        text.push(' ');
        text.push_str(input.names.iter().flatten().next().map_or("", String::as_str));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(definition: &str, params: &[(&str, &str)]) -> Result<(), String> {
        let declared = Declared::of_answer(&Json::parse(definition.as_bytes()).unwrap());
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        declared.check(&params).map_err(|error| {
            assert_eq!(error.kind, ErrorKind::Refused);
            error.to_string()
        })
    }

    const SERVICE: &str = r#"{"id":"a","targeting":{"apiEnabled":true},"scriptInfo":{"inputs":[
        {"id":"1","name":"Service","options":["Spooler","Audio"],"allowCustomValue":false},
        {"id":"2","name":"Delay","options":["0","60"],"allowCustomValue":true},
        {"id":"Reason","name":null,"options":null,"allowCustomValue":null}]}}"#;

    #[test]
    fn what_is_declared_passes() {
        for params in [
            &[][..],
            &[("Service", "Audio")],
            &[("Delay", "7"), ("Service", "Spooler")],
            &[("2", "7"), ("Reason", "any")],
        ] {
            assert_eq!(check(SERVICE, params), Ok(()), "{params:?}");
        }
    }

    #[test]
    fn what_is_not_declared_is_refused_by_its_name_and_never_by_its_value() {
        let cases = [
            ("Sevrice", "x", "has no input `Sevrice` (its inputs are Service Delay Reason)"),
            ("service", "x", "has no input `service`"),
            ("Service", "secret", "does not take this value for `Service`"),
            ("Service", "audio", "does not take this value for `Service`"),
        ];
        for (name, value, said) in cases {
            let message = check(SERVICE, &[(name, value)]).unwrap_err();
            assert!(message.contains(said) && !message.contains("secret"), "{message}");
        }
        let none = r#"{"id":"a","scriptInfo":{"inputs":[]}}"#;
        assert_eq!(check(none, &[]), Ok(()));
        assert!(check(none, &[("Service", "x")]).unwrap_err().contains("it takes none"));
    }

    #[test]
    fn what_cannot_be_triggered_is_refused_before_it_is_tried() {
        let message = check(r#"{"id":"a","targeting":{"apiEnabled":false}}"#, &[]).unwrap_err();
        assert!(message.contains("API trigger"), "{message}");
    }

    #[test]
    fn what_the_tenant_leaves_out_cannot_be_checked_and_passes() {
        for definition in [
            r#"{"id":"a"}"#,
            r#"{"id":"a","targeting":null,"scriptInfo":null}"#,
            r#"{"id":"a","targeting":{"apiEnabled":null},"scriptInfo":{"inputs":null}}"#,
            r#"{"id":"a","scriptInfo":{"inputs":[{"name":null,"id":null}]}}"#,
            r#"{"id":"a","scriptInfo":{"inputs":[{"name":"x","allowCustomValue":false}]}}"#,
            r#"{"id":"a","scriptInfo":{"inputs":[{"name":"x","options":["1"]}]}}"#,
        ] {
            assert_eq!(check(definition, &[("x", "y")]), Ok(()), "{definition}");
        }
    }
}
