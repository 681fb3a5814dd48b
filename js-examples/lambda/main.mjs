// A conversation with the handler in a terminal, by the events that API Gateway would send: `npm start`.

import { setTimeout as sleep } from "node:timers/promises";
import { handler } from "./index.mjs";

/** What the JWT authorizer makes of Alice Martin's token. */
const requestContext = { authorizer: { jwt: { claims: { upn: "amartin@acme.example" } } } };

async function send(message) {
  const event = { version: "2.0", routeKey: "POST /chat", requestContext, body: JSON.stringify(message) };
  const { body } = await handler(event);
  const turn = JSON.parse(body);
  for (const { text, items } of turn.messages) console.log([text, ...items].join("\n  - "));
  return turn;
}

const text = "My Outlook keeps crashing";
console.log(`> ${text}`);
let turn = await send({ text });
while (turn.status !== "solved") {
  if (turn.resumeAfterMs === undefined) {
    console.log("> Yes");
    turn = await send({ state: turn.state, text: "Yes" });
  } else {
    // The page waits, not the function: that is not running, and costs nothing, meanwhile.
    await sleep(turn.resumeAfterMs);
    turn = await send({ state: turn.state });
  }
}
