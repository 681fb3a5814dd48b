// Slack, as far as an app sees it: people who write and press buttons, by signed requests, and the Web API at a local address,
// which keeps what the app has posted.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { text as bodyOf } from "node:stream/consumers";

const team = "T0ACME";
const token = "xoxb-of-the-test";
const signingSecret = "the signing secret of the test";

/** People of the workspace, and one of another company who shares a channel. */
const people = {
  U0ALICE: { team_id: team, profile: { email: "alice.martin@acme.example" } },
  U0JAMES: { team_id: team, profile: { email: "james.carter@acme.example" } },
  U0OTHER: { team_id: "T0OTHER", is_stranger: true, profile: { email: "alice.martin@acme.example" } },
};

/** @param {import("node:test").TestContext} context at whose end it is gone */
export async function localSlack(context) {
  const changes = new EventEmitter().setMaxListeners(0);
  /** The app's messages, each as it now is, in the order in which they were posted. */
  const messages = [];
  const calls = [];

  const methods = {
    "auth.test": () => ({ team_id: team, user_id: "U0BOT", bot_id: "B0BOT" }),
    "users.info": ({ user }) => ({ user: { id: user, ...people[user] } }),
    "chat.postMessage": (message) => {
      const ts = `1700000000.${String(messages.length).padStart(6, "0")}`;
      messages.push({ ...message, ts });
      return { ts, channel: message.channel };
    },
    "chat.update": (update) => {
      const message = messages.find(({ ts, channel }) => ts === update.ts && channel === update.channel);
      assert.ok(message, "there is no such message");
      Object.assign(message, update);
      return { ts: update.ts };
    },
  };

  const server = createServer(async (request, response) => {
    const method = request.url.replace("/api/", "");
    const given = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const read = (value) => (/^[[{]/.test(value) ? JSON.parse(value) : value);
    const input = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, read(value)]));
    const isOurs = request.headers.authorization === `Bearer ${token}`;
    const answer =
      isOurs && methods[method] ? { ok: true, ...methods[method](input) } : { ok: false, error: "not_authed" };
    calls.push({ method, input });
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    changes.emit("change");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });

  /** Where the app takes requests. */
  let address;

  async function send(body, { type, headers = {}, secret = signingSecret }) {
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    const { status } = await fetch(address, {
      method: "POST",
      headers: {
        "content-type": type,
        "x-slack-request-timestamp": `${timestamp}`,
        "x-slack-signature": `v0=${signature}`,
        ...headers,
      },
      body,
    });
    return status;
  }

  let events = 0;
  return {
    messages,
    calls,
    /** What Bolt's `App` is given. */
    options: { token, signingSecret, clientOptions: { slackApiUrl: `http://127.0.0.1:${server.address().port}/api/` } },
    connect(port) {
      address = `http://127.0.0.1:${port}/slack/events`;
    },
    channelOf: (user) => `D${user.slice(1)}`,
    /** What somebody has been told, in order. */
    toldTo: (user) => messages.filter(({ channel }) => channel === `D${user.slice(1)}`),
    /** An event, as Slack sends it. Its ID can be given, for one that Slack sends again. */
    write(user, text, { id = `Ev${++events}`, channel = {}, ...how } = {}) {
      const event = {
        type: "message",
        channel: `D${user.slice(1)}`,
        channel_type: "im",
        user,
        text,
        ts: "1700000000.1",
        ...channel,
      };
      const body = { type: "event_callback", token: "-", team_id: team, event_id: id, event };
      return send(JSON.stringify(body), { type: "application/json", ...how });
    },
    /** The press of a button of a message, by its label. */
    press(user, message, label) {
      const action = message.blocks
        .flatMap(({ elements = [] }) => elements)
        .find(({ type, text }) => type === "button" && text.text === label);
      assert.ok(action, `there is no button ${label}`);
      const payload = {
        type: "block_actions",
        team: { id: team },
        user: { id: user },
        channel: { id: message.channel },
        message: { ts: message.ts, text: message.text, blocks: message.blocks },
        actions: [{ ...action, type: "button", block_id: "b", action_ts: "1700000001.1" }],
      };
      return send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), {
        type: "application/x-www-form-urlencoded",
      });
    },
    /** Waits for what the app does. */
    async until(condition) {
      while (!condition()) await new Promise((resolve) => changes.once("change", resolve));
    },
  };
}
