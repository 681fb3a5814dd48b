// What every runtime does with the package, and says in one JSON text: nothing of the runtime itself is used, so that the
// same bytes must come out of all of them. The clock is the tenant's, which passes only as the scenario waits, and
// randomness is counted.

const now = "2026-09-14T09:00:00Z";

/**
 * @param {{ main: object, simulator: object }} imports what `nexthink-chatbot` and `nexthink-chatbot/simulator` export
 * @param {{ id: string, playbook: string, query: string, tests: string }[]} vectors the playbooks' files, as texts
 * @returns {Promise<string>} JSON, a line for each value, so that the first difference of two tells where it is
 */
export async function scenario(imports, vectors) {
  const parts = { judged, spoken, repaired, failed, scanned, proactive, overlapping };
  const said = {};
  for (const [name, part] of Object.entries(parts)) said[name] = await part(imports, vectors);
  return `${JSON.stringify(said, null, 1)}\n`;
}

/** A tenant and a client of it, the same every time. */
function arrive({ main, simulator }, options = {}, tenantOptions = {}) {
  const tenant = simulator.createSimulator({
    now,
    speed: Number.POSITIVE_INFINITY,
    seed: 1,
    devices: 0,
    ...tenantOptions,
  });
  const host = { ...tenant.host, random: counted() };
  // A scenario in a page has nobody to keep the secret from.
  const client = { ...tenant.client, host, dangerouslyAllowBrowser: true, ...options };
  return { tenant, nexthink: main.createClient(client) };
}

function counted() {
  let state = 1;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      state = (state * 48_271) % 2_147_483_647;
      bytes[at] = state & 255;
    }
    return bytes;
  };
}

/** The playbooks' vectors: their tests, and each row with all reasons, in every language. */
function judged({ main }, vectors) {
  const locales = ["en", "fr", "de", "es", "ja"];
  const { playbooks, nql } = main;
  const files = vectors.map(({ id, playbook, query, tests }) => {
    const text = { query };
    const rows = JSON.parse(tests).tests.map((test) => test.row);
    return {
      id,
      check: playbooks.check(playbook, text),
      test: playbooks.test(playbook, tests, text),
      verdicts: playbooks.verdicts(id, JSON.stringify(rows.filter((row) => !Array.isArray(row.data)))),
      rows: rows.map((row, at) => playbooks.evaluate(id, row, { locale: locales[at % locales.length] })),
      query: nql.parse(query),
      formatted: nql.format(query),
    };
  });
  return { list: playbooks.list(), files, content: playbooks.content({ format: "markdown" }) };
}

/** Whole conversations, as the employee sees them and as platforms do, with their sealed states. */
async function spoken(imports) {
  const conversations = {};
  for (const [locale, text, reply] of [
    ["en", "My Outlook keeps crashing", "yes"],
    ["de", "Outlook stürzt dauernd ab", "nein"],
    ["ja", "Outlook が固まる", "いいえ"],
  ]) {
    const { tenant, nexthink } = arrive(imports, { locale });
    const assistant = nexthink.assistant();
    let turn = await assistant.start({ employee: { username: "amartin" }, text, reference: "CASE-7" });
    const turns = [shown(imports, turn)];
    for (let at = 0; !["solved", "escalated", "ended"].includes(turn.status) && at < 50; at++) {
      if (turn.expects === "nothing") {
        tenant.advance(turn.resumeAfterMs);
        turn = await assistant.resume(turn.state);
      } else {
        turn = await assistant.reply(turn.state, { text: reply });
      }
      turns.push(shown(imports, turn));
    }
    conversations[locale] = { turns, requests: tenant.requests };
  }
  return conversations;
}

function shown({ main }, turn) {
  const formats = ["text", "markdown", "adaptive-card", "block-kit"];
  return { turn, looks: Object.fromEntries(formats.map((format) => [format, main.render(turn, format)])) };
}

/** The six steps, by hand, with the audit. */
async function repaired(imports) {
  const records = [];
  const consentKey = "a key of 32 bytes for the parity ";
  const { tenant, nexthink } = arrive(imports, { consentKey, onAudit: (record) => records.push(record) });
  const employee = { username: "khuber" };
  const devices = await nexthink.identify(employee);
  const diagnosis = await nexthink.diagnose("slow-pc", devices[0]);
  const proposal = nexthink.propose(diagnosis, "startup-load", { employee, reference: "CASE-8" });
  const runs = [];
  let run = await nexthink.remediate(proposal.token);
  for await (run of nexthink.follow(run)) runs.push(run);
  tenant.advance(25 * 3_600_000);
  // The token has ended by now. Where two requests wait for the next one, how long they do is the runtime's affair.
  const user = await nexthink.findUser(employee);
  run = nexthink.solved(await nexthink.verify(run), true);
  return {
    user,
    devices,
    diagnosis,
    proposal,
    runs: [...runs, run],
    escalation: nexthink.escalation([run], { format: "markdown", symptoms: "slow", diagnoses: [diagnosis] }),
    doctor: await nexthink.doctor({ employee }),
    records,
    audit: imports.main.verifyAudit(records, consentKey),
    requests: tenant.requests,
  };
}

/** Whatever goes wrong, as it is told. */
async function failed(imports) {
  const { main, simulator } = imports;
  const { api, createClient, nql, playbooks } = main;
  const place = { instance: "acme", region: "eu" };
  const query = "#get_device_basic_infos";
  const basics = (nexthink) => nexthink.nql.execute(query, { username: "amartin" });
  const under = (fault, call = basics) => {
    const { nexthink } = arrive(imports, {}, { faults: [{ times: 20, ...fault }] });
    return call(nexthink);
  };
  const remediated = (change, fault) => async () => {
    const { tenant, nexthink } = arrive(imports);
    const employee = { username: "amartin" };
    const [device] = await nexthink.identify(employee);
    const diagnosis = await nexthink.diagnose("outlook", device);
    const { token } = nexthink.propose(diagnosis, "offline", { employee });
    if (fault) tenant.inject(fault);
    return nexthink.remediate(change(token));
  };
  const nobody = { aborted: true, addEventListener() {}, removeEventListener() {} };
  const cases = {
    "no options": () => createClient(),
    "an option that is not known": () => createClient({ ...place, instanz: "acme" }),
    "a function in place of data": () => createClient({ ...place, credentials: () => {} }),
    "a host that is none": () => createClient({ ...place, host: { fetch: "no" } }),
    "an unknown query": () => arrive(imports).nexthink.nql.execute("#no_such_query"),
    "an unknown playbook": () => playbooks.evaluate("printer", {}),
    "no row": () => playbooks.evaluate("outlook", "row"),
    "broken NQL": () => nql.parse("devices | wherre name =="),
    "doubtful NQL": () => nql.check("devices during past 500d | list nname"),
    "an operation that there is not": () => api.build("nql.guess", {}, place),
    "an answer that is a page": () => api.parse("nql.execute", { status: 200, headers: {}, body: "<html>" }),
    "an answer of 403": () => api.parse("nql.execute", { status: 403, headers: {}, body: '{"message":"no"}' }),
    "a refused token": () => under({ operation: "token", kind: "status", status: 401 }),
    "an error of the server": () => under({ operation: "nql", kind: "status", status: 503 }),
    "too many requests": () => under({ operation: "nql", kind: "status", status: 429, retryAfter: "3", times: 1 }),
    "far too many requests": () => under({ operation: "nql", kind: "status", status: 429, retryAfter: "900" }),
    "no connection": () => under({ kind: "network" }),
    "a login page": () => under({ operation: "nql", kind: "html" }),
    "half an answer": () => under({ operation: "nql", kind: "half-body" }),
    "an answer that breaks off": () => under({ operation: "nql", kind: "truncated" }),
    "bytes that are no text": () => under({ operation: "nql", kind: "invalid-utf8" }),
    "another type": () => under({ operation: "nql", kind: "wrong-type" }),
    "a token that is revoked": () => under({ operation: "nql", kind: "token-revoked", times: 1 }),
    "a call that was cancelled": () => arrive(imports).nexthink.nql.execute(query, {}, { signal: nobody }),
    "a token with a changed character": remediated((token) =>
      token.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
    ),
    "a lost answer": remediated((token) => token, { operation: "act/execute", kind: "lost-answer" }),
    "a state that was altered": async () => {
      const assistant = arrive(imports).nexthink.assistant();
      const { state } = await assistant.start({ employee: { username: "amartin" }, playbook: "outlook" });
      return assistant.reply({ ...state, seal: `${state.seal}x` }, { text: "yes" });
    },
    "a simulator that there is not": () => simulator.createSimulator({ devices: -1 }),
  };
  const outcomes = {};
  for (const [name, act] of Object.entries(cases)) outcomes[name] = await outcomeOf(main, act);
  return outcomes;
}

async function outcomeOf({ NexthinkError }, act) {
  try {
    return { gave: await act() };
  } catch (error) {
    return { isOurs: NexthinkError.is(error), name: error.name, message: error.message, details: error.toJSON?.() };
  }
}

/** A whole export: fetched row by row, and the same file through a playbook. */
async function scanned(imports) {
  const { tenant, nexthink } = arrive(imports, {}, { devices: 300 });
  const query = "#devices_for_slow_pc";
  tenant.setQuery(query, "devices | list name, operating_system.name, boot.days_since_last_full_boot | sort name asc");
  const lines = [];
  const quoted = (cell) => `"${String(cell).replaceAll('"', '""')}"`;
  const progress = [];
  for await (const row of nexthink.nql.export(query, {}, { onProgress: (told) => progress.push(told) })) {
    if (lines.length === 0) lines.push(Object.keys(row).map(quoted).join());
    lines.push(Object.values(row).map(quoted).join());
  }
  const csv = lines.join("\r\n");
  const found = { lines: lines.length, last: lines.at(-1), steps: progress.length > 0 };
  for (const [name, source] of Object.entries({ text: csv, pieces: cut(csv, 1_000) })) {
    const scan = imports.main.scan(source, "slow-pc", { locale: "fr" });
    const matches = [];
    for await (const { row, matched, recommendations } of scan) matches.push({ row, matched, recommendations });
    found[name] = { matches, summary: scan.summary };
  }
  return found;
}

function* cut(text, length) {
  for (let from = 0; from < text.length; from += length) yield text.slice(from, from + length);
}

/** Before anybody complains: who has which device, who is told of what, and what the tenant says of itself. */
async function proactive(imports) {
  const { createDirectory, Directory, planOutreach } = imports.main;
  const { tenant, nexthink } = arrive(imports);
  const employee = { username: "amartin" };
  const [device] = await nexthink.identify(employee);
  const at = new Date(now);
  const row = (name, username) => ({
    "device.collector.uid": `e0aa796d-e3af-47b5-88d8-${name.padStart(12, "0")}`,
    "device.name": name,
    "user.name": username,
  });
  const base = await createDirectory([row("1", "ACME\\Müller"), row("2", "amartin")], { asOf: new Date(0) });
  const made = await createDirectory([row("3", "amartin")], { base, asOf: at });
  const directory = Directory.fromBytes(made.toBytes());
  const lookups = [{ username: "acme\\MÜLLER" }, employee, { deviceName: "3" }].map((one) => directory.lookup(one));
  const matches = [1, 2, 3].map((number) => ({ row: row(String(number), "x"), matched: ["free-space"] }));
  const plan = planOutreach([...matches, { employee, device: "LAP", matched: ["startup-load"] }], {
    playbook: "slow-pc",
    employeeOf: (match) => match.employee ?? directory.employeesOf({ deviceName: match.row["device.name"] }),
    limits: {
      timeZoneOf: ({ username }) => (username === "amartin" ? "+09:00" : undefined),
      timeZone: "Europe/Zurich",
    },
    now: at,
  });
  const proposal = nexthink.propose({ device, remoteActionId: "disk_cleanup", reason: "please" }, { employee });
  const run = await nexthink.remediate(proposal.token);
  const secret = "a secret of the connector credential";
  const received = (headers) => {
    const body = JSON.stringify({ kind: "remote-action", requestId: run.requestId, externalReference: run.reference });
    return outcomeOf(imports.main, () => nexthink.webhook({ headers, body }, { secret }));
  };
  tenant.advance(3_600_000);
  const good = { authorization: `Bearer ${secret}` };
  const webhooks = [await received(good), await received(good), await received({})];
  return { bytes: Array.from(made.toBytes()), lookups, size: directory.size, asOf: directory.asOf, plan, webhooks };
}

/** Calls that overlap. Which one the tenant's clock takes further is the runtime's affair: times and ages are left out. */
async function overlapping(imports) {
  const { tenant, nexthink } = arrive(imports, {}, { devices: 160 });
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      const { username } = tenant.employees[at];
      const [device] = await nexthink.identify({ username });
      if (at % 3 === 0) return nexthink.nql.execute("#none").catch((error) => ({ username, kind: error.kind }));
      if (!device) return { username, device: null };
      const { findings, recommendations } = await nexthink.diagnose(at % 2 ? "disk" : "outlook", device);
      const verdicts = findings.map(({ rule, verdict, missing }) => ({ rule, verdict, missing }));
      return { username, device: device.name, verdicts, recommendations };
    }),
  );
  const paths = {};
  for (const { path, status } of tenant.requests) paths[`${path} ${status}`] = (paths[`${path} ${status}`] ?? 0) + 1;
  return { answers, requests: Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1)) };
}
