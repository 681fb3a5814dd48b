// Teams, as far as a bot sees it: people who write and press buttons of cards, and the connector at a local address, which
// keeps what the bot has sent.

import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { text as bodyOf } from "node:stream/consumers";

export const directory = "7a0b1f7e-0000-4000-8000-000000000001";

/** Members, by the IDs under which Teams knows them. */
const members = {
  "29:alice": { aadObjectId: "a11ce000-0000-4000-8000-000000000001", userPrincipalName: "amartin@acme.example" },
  "29:james": { aadObjectId: "1a3e5000-0000-4000-8000-000000000001", userPrincipalName: "jcarter@acme.example" },
};

/** @param {import("node:test").TestContext} context at whose end it is gone */
export async function localTeams(context) {
  const changes = new EventEmitter().setMaxListeners(0);
  /** What the bot has sent, in order. */
  const sent = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url);
    const answer = (body, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      changes.emit("change");
    };
    const [, member] = /^\/v3\/conversations\/[^/]+\/members\/([^/?]+)/.exec(path) ?? [];
    if (member) return answer({ id: member, ...members[member] }, members[member] ? 200 : 404);
    const [, conversation] = /^\/v3\/conversations\/([^/]+)\/activities/.exec(path) ?? [];
    if (!conversation) return answer({}, 404);
    const id = `sent-${sent.length}`;
    sent.push({ ...JSON.parse(await bodyOf(request)), id, conversation });
    return answer({ id });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const serviceUrl = `http://127.0.0.1:${server.address().port}/`;

  let address;
  let activities = 0;
  /** What somebody does, as the connector tells the bot. Gives the status. */
  async function tell(user, activity, headers = {}) {
    const { aadObjectId } = members[user] ?? {};
    const { status } = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({
        type: "message",
        id: `activity-${++activities}`,
        channelId: "msteams",
        serviceUrl,
        from: { id: user, aadObjectId },
        recipient: { id: "28:bot" },
        conversation: { id: `chat of ${user}`, conversationType: "personal", tenantId: directory },
        channelData: { tenant: { id: directory } },
        ...activity,
      }),
    });
    return status;
  }

  const cardOf = ({ attachments = [] }) => attachments[0]?.content;
  const toldTo = (user) => sent.filter(({ conversation }) => conversation === `chat of ${user}`);
  return {
    sent,
    toldTo,
    connect(port) {
      address = `http://127.0.0.1:${port}/api/messages`;
    },
    tell,
    write: (user, text, activity = {}) => tell(user, { text, ...activity }),
    /** The press of a button, by its title: Teams sends what the action has in it. */
    press(user, activity, title) {
      const action = actionsIn(cardOf(activity)).find((one) => one.title === title);
      assert.ok(action, `there is no button ${title}`);
      return tell(user, { value: action.data, replyToId: activity.id });
    },
    /** Waits until somebody has been told something, and gives what was sent. */
    async heard(user, text) {
      const isLast = () => JSON.stringify(toldTo(user).at(-1) ?? "").includes(text);
      while (!isLast()) await new Promise((resolve) => changes.once("change", resolve));
      return toldTo(user).at(-1);
    },
    textsTo: (user) => toldTo(user).map((activity) => cardOf(activity)?.fallbackText ?? activity.text),
  };
}

/** All actions of a card, wherever they stand. */
function actionsIn(value) {
  if (typeof value !== "object" || value === null) return [];
  const own = value.type === "Action.Submit" ? [value] : [];
  return [...own, ...Object.values(value).flatMap(actionsIn)];
}
