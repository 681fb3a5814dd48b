// What an application does with nearly all of the package: a conversation in a simulated tenant, NQL, a playbook, a card.

import { api, createClient, nql, playbooks, render } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

/** The same facts wherever it runs. */
export async function run() {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now: 0 });
  const { instance, region } = tenant;
  const nexthink = createClient({ ...tenant.client, dangerouslyAllowBrowser: true });
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const { findings, recommendations } = await nexthink.diagnose("outlook", device);
  const assistant = nexthink.assistant({ locale: "de" });
  const said = [];
  let turn = await assistant.start({ employee, playbook: "outlook" });
  const listen = async () => {
    for (;;) {
      said.push(...turn.messages.map(({ text }) => text));
      if (turn.expects !== "nothing") return;
      tenant.advance(turn.resumeAfterMs ?? 0);
      turn = await assistant.resume(turn.state);
    }
  };
  await listen();
  const card = render(turn, "adaptive-card");
  turn = await assistant.reply(turn.state, { text: "ja" });
  await listen();
  return {
    device: device.name,
    findings: findings.map(({ rule, verdict }) => [rule, verdict]),
    recommended: recommendations.map(({ rule }) => rule),
    said,
    card: card.type,
    status: turn.status,
    query: nql.format("devices past 7d|list name"),
    verdicts: playbooks.verdicts("slow-pc", JSON.stringify([{ free_space: 4.2 }])),
    request: api.build("remoteActions.list", {}, { instance, region }).url,
  };
}
