// A chatbot's Worker as its author would write it: one client for all the requests of the isolate. Each path is
// something that a test asks of it.

import { createClient, NexthinkError, nql, playbooks } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

// As some authors have it, at module level, where a Worker may neither send, wait nor ask for randomness.
const early = createClient({ instance: "acme", region: "eu", credentials: { clientId: "a", clientSecret: "b" } });

let nexthink;
const clientOf = ({ CLIENT }) => {
  nexthink ??= createClient(CLIENT);
  return nexthink;
};

/** Tells the test that this invocation runs. */
const arrive = ({ CLIENT }) => fetch(`${CLIENT.apiUrl}/arrived`);

const query = "#get_device_basic_infos";

/** The tools of one conversation, for all of its requests. */
let tools;
const useTool = (name, input) => tools.find((tool) => tool.name === name).execute(input);

const paths = {
  /** The devices of one employee. */
  async "/devices"(env, { username }) {
    // The call first: whoever has arrived has begun it.
    const [{ rows }] = await Promise.all([clientOf(env).nql.execute(query, { username }), arrive(env)]);
    return rows.map((row) => row["device.name"]);
  },

  /** Several methods at once, on one client. */
  async "/overlapping"(env, { username }) {
    const client = clientOf(env);
    const [devices, answer, missing] = await Promise.all([
      client.identify({ username }),
      client.nql.execute(query, { username }),
      client.nql.execute("#no_such_query").catch((error) => error.kind),
    ]);
    const diagnoses = await Promise.all(["outlook", "onedrive"].map((name) => client.diagnose(name, devices[0])));
    return {
      device: devices[0].name,
      rows: answer.rows.length,
      missing,
      playbooks: diagnoses.map(({ playbook }) => playbook.id),
    };
  },

  /** A call that is aborted while its request is held, and one after it. */
  async "/aborted"(env, { username }) {
    const controller = new AbortController();
    const call = clientOf(env).nql.execute(query, { username }, { signal: controller.signal });
    const outcome = call.then(
      () => "answered",
      (error) => ({ kind: error.kind, isOurs: error instanceof NexthinkError }),
    );
    await fetch(`${env.CLIENT.apiUrl}/when-held`);
    controller.abort();
    return outcome;
  },

  /** The authoring module, and data of the package. */
  async "/authoring"() {
    return { text: nql.format("devices past 7d|list name"), playbooks: playbooks.list().length };
  },

  /** A playbook of one's own, whose compiler is loaded at the first call. */
  async "/own-playbook"() {
    const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
    const text = "devices | where name == $device_name | list collector.uid, name, boot.days_since_last_full_boot";
    const query = { id: "#own", text };
    const advice = { en: "Restart" };
    const rules = [{ id: "up", when: "days_since_last_full_boot > 10", reason: { en: "long up" }, advice }];
    const own = { id: "own", version: "1", title: { en: "Own" }, query, rules };
    tenant.setQuery(query.id, text);
    const client = createClient({ ...tenant.client, playbooks: [own] });
    const [device] = await client.identify({ username: "cdubois" });
    const { findings } = await client.diagnose("own", device);
    const { ok } = await client.doctor();
    return { verdict: findings[0].verdict, evaluated: playbooks.verdicts(own, "{}")[0].up, ok };
  },

  /** A repair in a tenant inside the Worker. */
  async "/repair"() {
    const client = createClient(createSimulator({ speed: Number.POSITIVE_INFINITY }).client);
    const employee = { username: "amartin" };
    const [device] = await client.identify(employee);
    const diagnosis = await client.diagnose("outlook", device);
    const proposal = client.propose(diagnosis, "offline", { employee });
    let run = await client.remediate(proposal.token);
    for await (run of client.follow(run));
    run = await client.verify(run);
    return { state: run.state, solved: client.solved(run, true).solved };
  },

  /** What a model may propose to an employee. */
  async "/proposal"(env, { username }) {
    tools = clientOf(env).tools({ employee: { username }, approve: async () => true });
    await useTool("identify_devices", {});
    await useTool("diagnose_device", { playbook: "outlook" });
    return useTool("propose_remediation", { playbook: "outlook", rule: "offline" });
  },

  async "/remediate"(_, { proposalId }) {
    return useTool("remediate", { proposalId });
  },

  async "/progress"(_, { runId }) {
    return useTool("check_progress", { runId });
  },

  async "/early"() {
    return typeof early.identify;
  },
};

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    try {
      return Response.json(await paths[pathname](env, Object.fromEntries(searchParams)));
    } catch (error) {
      return Response.json({ error: String(error), stack: error.stack, hint: error.hint }, { status: 500 });
    }
  },
};
