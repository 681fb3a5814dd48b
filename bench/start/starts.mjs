// The ways from nothing to a first decision on a device: the rules that match. Nothing is imported before its turn.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pkg, root } from "../../scripts/paths.mjs";

const device = { name: "AMARTIN-LT", collectorUid: "e0aa796d-e3af-47b5-88d8-228cf5550001" };
const row = { "device.collector.uid": device.collectorUid, "device.name": device.name, free_space: 4.2 };

const matching = (findings) => findings.filter(({ verdict }) => verdict === "match").map(({ rule }) => rule);
const imported = (file) => import(pathToFileURL(file).href);

/** Its own import and its first rule, the same that matches below. */
async function rulesEngine() {
  const from = createRequire(join(root, "bench", "playbook", "package.json"));
  const { Engine } = from("json-rules-engine");
  const conditions = { all: [{ fact: "free_space", operator: "lessThanInclusive", value: 6 }] };
  const engine = new Engine([{ name: "disk-full", conditions, event: { type: "disk-full" } }]);
  const { events } = await engine.run({ free_space: 4.2 });
  return events.map(({ type }) => type);
}

/** A tenant that is there at once: what is measured is the start of the client and not HTTP. */
async function tenant(url) {
  const answer = url.includes("token") ? { access_token: "t", expires_in: 900, token_type: "Bearer" } : answerOf();
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  const headers = new Map([["content-type", "application/json"]]);
  return { status: 200, headers: { get: (name) => headers.get(name) ?? null }, arrayBuffer: async () => bytes.buffer };
}

const answerOf = () => ({
  queryId: "#diagnose_slow_pc_issues",
  executedQuery: "",
  rows: 1,
  executionDateTime: "2026-11-20T10:05:01",
  data: [row],
});

async function diagnosis({ createClient }) {
  const credentials = { clientId: "id", clientSecret: "secret" };
  const nexthink = createClient({ instance: "acme", region: "eu", credentials, fetch: tenant });
  const { findings } = await nexthink.diagnose("slow-pc", { ...device, platform: "Windows" });
  return matching(findings);
}

const evaluation = ({ playbooks }) => matching(playbooks.evaluate("slow-pc", row).findings);

const require = createRequire(import.meta.url);
// As Node resolves the two.
const [module, common] = [join(pkg, "index.node.mjs"), join(pkg, "index.cjs")];

export const starts = {
  "json-rules-engine": rulesEngine,
  "a diagnosis by a client": async () => diagnosis(await imported(module)),
  "a diagnosis by a client, CommonJS": async () => diagnosis(require(common)),
  "`playbooks.evaluate`": async () => evaluation(await imported(module)),
  "`playbooks.evaluate`, CommonJS": async () => evaluation(require(common)),
};

export const baseline = "json-rules-engine";
