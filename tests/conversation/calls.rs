//! The calls that a conversation asks for, made over the real flows: what the facade does with the client's core.

use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::client::Client;
use nexthink_chatbot::flow::{
    self, CollectionTimes, Device, EscalationOptions, Given, Identity, ProposeOptions, Run, Subject,
};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_chatbot::playbook::Library;
use nexthink_simulator::SimulatedHost;

/// Makes one call.
pub async fn call(
    client: &Client<SimulatedHost>,
    library: &Library,
    operation: &str,
    input: Json,
) -> Result<Json, NexthinkError> {
    // As it goes between two modules.
    let input = Json::parse(input.to_text().as_bytes()).unwrap();
    let field = |name: &str| input.get(name).cloned().unwrap_or_default();
    let text = |name: &str| field(name).as_text().map(str::to_owned);
    let given = || Given {
        locale: text("locale"),
        collection_times: Some(CollectionTimes::read(field("collectionTimes")).unwrap()),
    };
    Ok(match operation {
        "identify" => flow::identify(client, &read::<Identity>(&input)?).await?.write(),
        "collectionTimes" => {
            let device = read::<Device>(&field("device"))?;
            let times = flow::collection_times(client, library, &text("playbook").unwrap(), &device).await?;
            Json::Object(vec![("collectionTimes".into(), times.write())])
        }
        "diagnose" => {
            let device = read::<Device>(&field("device"))?;
            flow::diagnose_given(client, library, &text("playbook").unwrap(), &device, given()).await?.write()
        }
        "propose" => {
            let subject = read::<Subject>(&field("subject"))?;
            flow::propose(client, library, subject, read::<ProposeOptions>(&field("options"))?)?.write()
        }
        "remediate" => {
            let confirmed = field("confirmed") == Json::Boolean(true);
            flow::remediate(client, &text("token").unwrap_or_default(), confirmed).await?.write()
        }
        "progress" => flow::progress(client, read::<Run>(&input)?).await?.write(),
        "verify" => flow::verify_given(client, library, read::<Run>(&field("run"))?, given()).await?.write(),
        "solved" => {
            flow::solved(client, read::<Run>(&field("run"))?, field("yes") == Json::Boolean(true)).await.write()
        }
        "recall" => flow::recall(client, read::<Vec<Run>>(&field("runs"))?).await.write(),
        "escalation" => {
            let options = read::<EscalationOptions>(&field("options"))?;
            flow::escalate(read::<Vec<Run>>(&field("runs"))?, options)?.write()
        }
        other => panic!("no such call: {other}"),
    })
}

fn read<T: Read>(input: &Json) -> Result<T, NexthinkError> {
    T::read(input.clone()).map_err(|mismatch| NexthinkError::invalid(mismatch.to_string()))
}
