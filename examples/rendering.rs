//! Renders turns and reads replies for the tests in JavaScript until the package does: one call in JSON per line.
#![allow(clippy::unwrap_used, clippy::missing_docs_in_private_items, reason = "a tool for tests")]

use std::io::BufRead;

use nexthink_chatbot::conversation::Turn;
use nexthink_chatbot::conversation::rendering::{Format, read_reply, render};
use nexthink_chatbot::json::{Json, Read, Write};

fn main() {
    for line in std::io::stdin().lock().lines() {
        let call = Json::parse(line.unwrap().as_bytes()).unwrap();
        let format = Format::read(call.get("format").unwrap().clone()).unwrap();
        let answer = match call.get("turn") {
            Some(turn) => render(&Turn::read(turn.clone()).unwrap(), format),
            None => read_reply(format, call.get("payload").unwrap()).map_or_else(
                |error| Json::Object(vec![("error".into(), error.write())]),
                |reply| Json::Object(vec![("reply".into(), reply.write())]),
            ),
        };
        println!("{}", answer.to_text());
    }
}
