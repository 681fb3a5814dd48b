// What a user's test does: a chatbot's repair against the simulated tenant. It gives what there is to be said of it.

import { createClient, NexthinkError, nql, playbooks, render } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

export async function repair() {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now: 0 });
  const nexthink = createClient({ ...tenant.client, dangerouslyAllowBrowser: true });
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("outlook", device);
  const recommendation = diagnosis.recommendations.find(({ kind }) => kind === "remote-action");
  const proposal = nexthink.propose(diagnosis, recommendation, { employee });
  let run = await nexthink.remediate(proposal.token);
  for await (run of nexthink.follow(run));
  const turn = await nexthink.assistant({ locale: "fr" }).start({ employee, playbook: "outlook" });
  const error = await nexthink.identify({ username: "" }).catch((thrown) => thrown);
  return {
    device: device.name,
    rule: recommendation.rule,
    state: run.state,
    requests: tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length,
    card: render(turn, "block-kit").blocks.length > 0,
    query: nql.format("devices past 7d|list name"),
    verdict: playbooks.verdicts("slow-pc", '[{"free_space":4.2}]').length,
    error: [NexthinkError.is(error), error instanceof NexthinkError, error instanceof Error, error.kind],
  };
}

export const expected = {
  device: "AMARTIN-LT",
  rule: "offline",
  state: "succeeded",
  requests: 1,
  card: true,
  query: "devices during past 7d\n| list name\n",
  verdict: 1,
  error: [true, true, true, "invalid"],
};
