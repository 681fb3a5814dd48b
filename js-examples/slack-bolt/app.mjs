// The assistant in Slack: an employee writes to the app in a direct message, and presses its buttons.

import bolt from "@slack/bolt";
import { readReply, render } from "nexthink-chatbot";
import { Talks } from "../talks/talks.mjs";
import { employeeBy } from "./employee.mjs";

/**
 * @param {object} options
 * @param options.nexthink the client
 * @param options.sleep waits so many milliseconds
 * @param options.handOver hands over to the service desk
 * @param options.employeeOf who somebody in Slack is to the tenant
 * @param options.slack what Bolt's `App` takes: `token`, `signingSecret`, …
 */
export function appFor({ nexthink, sleep, handOver, employeeOf = employeeBy, slack }) {
  const app = new bolt.App(slack);
  const say = ({ client, channel }, turn) => client.chat.postMessage({ channel, ...render(turn, "block-kit") });
  const talks = new Talks({ assistant: nexthink.assistant(), say, handOver, sleep });
  const isFirst = once();

  /** Goes on with what somebody has said or chosen, if it is known who that is. */
  async function hear({ client, context }, channel, user, reply) {
    const employee = await employeeOf(client, context, user);
    if (employee) return talks.hear(channel, { employee, place: { client, channel } }, reply);
    return client.chat.postMessage({
      channel,
      text: "I only know people of this company, by the e-mail of their account.",
    });
  }

  // Bolt has answered Slack by now, within its three seconds: what is said here comes as messages of its own.
  app.message(async ({ message, body, ...rest }) => {
    // What others can read is no place for this; what is edited or deleted is nothing new.
    if (message.channel_type !== "im" || message.subtype || !message.text) return;
    // Slack sends an event again, with `x-slack-retry-num`, when the answer was late or lost.
    if (isFirst(body.event_id)) await hear(rest, message.channel, message.user, readReply("block-kit", body));
  });

  app.action(/./, async ({ ack, body, action, ...rest }) => {
    await ack();
    const { channel, message, user } = body;
    // A message's buttons are pressed once, however often.
    if (!isFirst(`${channel.id}/${message.ts}`)) return;
    await rest.client.chat.update({
      channel: channel.id,
      ts: message.ts,
      text: message.text,
      blocks: chosen(message, action),
    });
    await hear(rest, channel.id, user.id, readReply("block-kit", body));
  });

  return app;
}

/** A message without its buttons, and with what was chosen. */
function chosen({ blocks }, { text }) {
  const rest = blocks.filter(({ type }) => type !== "actions");
  return [...rest, { type: "context", elements: [{ type: "plain_text", text: `✓ ${text.text}`, emoji: false }] }];
}

/** Whether something comes for the first time, of the latest ten thousand. */
function once() {
  const seen = new Set();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    if (seen.size > 10_000) seen.delete(seen.values().next().value);
    return true;
  };
}
