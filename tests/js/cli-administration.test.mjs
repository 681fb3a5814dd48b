// The commands for administrators: `check`, `content` and `doctor`, what they say and how they end.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { program, serve } from "./served-tenant.mjs";

const example = fileURLToPath(new URL("../../js-examples/own-playbook/playbooks", import.meta.url));

/** The environment without what a developer may have set for a tenant. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("NEXTHINK_")));

function run(args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    env: { ...environment, ...env },
  });
  return { status, stdout, stderr };
}

/** The same while another process has to answer. */
const runBeside = (args, env) =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: { ...environment, ...env } }, (error, stdout, stderr) => {
      resolve({ status: error?.code ?? 0, stdout, stderr });
    });
  });

function copyOfExample(context) {
  const folder = mkdtempSync(join(tmpdir(), "playbooks-"));
  context.after(() => rmSync(folder, { recursive: true }));
  cpSync(example, folder, { recursive: true });
  const change = (name, from, to) => {
    const text = readFileSync(join(folder, name), "utf8");
    assert.ok(text.includes(from), from);
    writeFileSync(join(folder, name), text.replace(from, to));
  };
  return { folder, change };
}

test("check says that a sound playbook is sound, and how much its tests reach", () => {
  const { status, stdout, stderr } = run(["check", example]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^ok {6}.*teams\.json\n {2}5 of 5 tests passed; they reach 9 of 9 branches \(100 %\)\n/);
  assert.match(stdout, /\n1 playbook, 0 errors, 0 warnings, 5 tests, 0 failed\n$/);
});

test("check names a mistake with file, line and column, and what was meant", (context) => {
  const { folder, change } = copyOfExample(context);
  change("teams.json", "StartupSeconds > 30", "StartupSecond > 30");
  const { status, stdout } = run(["check", folder]);
  assert.equal(status, 1);
  assert.match(stdout, /^FAILED {2}.*teams\.json\n {2}error .*teams\.json:25:16 at \/rules\/0\/when\n/);
  assert.match(stdout, /StartupSecond/);
  assert.match(stdout, /did you mean/i);
  assert.match(stdout, /1 playbook, 1 error, /);
});

test("check names a mistake in the query's own file by that file", (context) => {
  const { folder, change } = copyOfExample(context);
  change("teams.nql", "| where name == $device_name", "| whre name == $device_name");
  const { status, stdout } = run(["check", folder]);
  assert.equal(status, 1);
  assert.match(stdout, / {2}error .*teams\.nql:2:3 /);
});

test("check shows a test that fails with the reason, and branches that none reaches", (context) => {
  const { folder, change } = copyOfExample(context);
  change("teams.test.json", '"StartupSeconds": 6,', '"StartupSeconds": 60,');
  const { status, stdout } = run(["check", folder]);
  assert.equal(status, 1);
  assert.match(stdout, /4 of 5 tests passed/);
  assert.match(
    stdout,
    /failed: a quick start is none of its business\n {4}`slow-start` must be no-match, and is match/,
  );
  assert.match(stdout, /not reached: slow-start, when StartupSeconds > 30: no-match/);
});

test("check shows what came out instead of the recommendations and parameters that a test wants", (context) => {
  const { folder } = copyOfExample(context);
  const file = join(folder, "teams.test.json");
  const wanted = JSON.parse(readFileSync(file, "utf8"));
  Object.assign(wanted.tests[0], {
    recommendations: ["long-uptime"],
    params: { "slow-start": { KeepSettings: "no" } },
  });
  writeFileSync(file, JSON.stringify(wanted));
  const { stdout } = run(["check", folder]);
  assert.match(stdout, /wanted \["long-uptime"\], found \["slow-start"\]/);
  assert.match(stdout, /wanted \{"KeepSettings":"no"\}, found \{"KeepSettings":"true"\}/);
});

test("check passes over nothing without a word, and fails where there is nothing to check", (context) => {
  const { folder } = copyOfExample(context);
  writeFileSync(join(folder, "package.json"), "{}");
  writeFileSync(join(folder, "lost.test.json"), '{"tests":[]}');
  const { status, stdout } = run(["check", folder]);
  assert.equal(status, 0);
  assert.match(stdout, /package\.json is no playbook/);
  assert.match(stdout, /lost\.test\.json has no playbook beside\s+it/);
  rmSync(join(folder, "teams.json"));
  const nothing = run(["check", folder]);
  assert.deepEqual([nothing.status, nothing.stdout], [2, ""]);
  assert.match(nothing.stderr, /there is no playbook in/);
  assert.equal(run(["check", join(folder, "gone")]).status, 2);
  assert.match(run(["check"]).stderr, /^error: which folder\?/);
});

test("check tells all that is wrong with words of one's own, and where", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "wording-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "otto.json");
  const checked = (wording, ...options) => {
    writeFileSync(file, JSON.stringify(wording));
    return run(["check", "--wording", file, ...options]);
  };
  const sound = checked({ messages: { greeting: "Hi, this is Otto." } });
  assert.deepEqual([sound.status, sound.stderr], [0, ""]);
  assert.match(sound.stdout, /^ok {6}.*otto\.json\n\n0 errors, 0 warnings\n$/);

  const wrong = { messages: { greeting: "Hi {name}!", sent: "{titel}" } };
  const { status, stdout } = checked(wrong);
  assert.equal(status, 1);
  assert.match(stdout, /^FAILED {2}.*otto\.json\n {2}error at \/messages\/greeting\n {4}.*`name`/);
  assert.match(stdout, /error at \/messages\/sent\n.*\n {4}did you mean `title`\?/);
  assert.match(stdout, /\n2 errors, 0 warnings\n$/);
  const { ok, problems } = JSON.parse(checked(wrong, "--json", "--locale", "de").stdout);
  assert.deepEqual([ok, problems.map(({ pointer }) => pointer)], [false, ["/messages/greeting", "/messages/sent"]]);

  const own = checked({ locale: "pl", plural: {}, messages: { greeting: "Cześć!" } });
  assert.equal(own.status, 0);
  assert.match(own.stdout, /warning at \/messages\/ask-symptom\n/);
  assert.match(own.stdout, /0 errors, \d+ warnings\n$/);
  assert.match(run(["check", "--wording", join(folder, "gone.json")]).stderr, /^error: .*gone\.json cannot be read/);
  assert.equal(run(["check", "--wording", file, folder]).status, 2);
});

test("check reads files as editors of Windows leave them, and so do content and doctor", (context) => {
  const { folder } = copyOfExample(context);
  for (const name of ["teams.json", "teams.nql", "teams.test.json"]) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), `\ufeff${text.replaceAll("\n", "\r\n")}`);
  }
  assert.match(run(["check", folder]).stdout, /^ok .*\n {2}5 of 5 tests passed/);
  const config = join(folder, "client.config");
  writeFileSync(config, '\ufeff{"locale":"de"}');
  const { status, stderr } = run(["content", "--playbooks", folder, "--config", config]);
  assert.deepEqual([status, stderr], [0, ""]);
});

test("check looks into the playbooks of a package, and not into packages further down", (context) => {
  const { folder } = copyOfExample(context);
  const inside = join(folder, "node_modules", "some-package", "playbooks");
  cpSync(example, inside, { recursive: true });
  assert.match(run(["check", folder]).stdout, /\n1 playbook, /);
  assert.match(run(["check", inside]).stdout, /\n1 playbook, /);
});

test("check names two playbooks of one name, and a query that belongs to none", (context) => {
  const { folder } = copyOfExample(context);
  for (const ending of ["json", "nql"]) cpSync(join(folder, `teams.${ending}`), join(folder, `copy.${ending}`));
  writeFileSync(join(folder, "lost.nql"), "devices");
  const { status, stdout } = run(["check", folder]);
  assert.equal(status, 1);
  assert.match(stdout, /error .*teams\.json at \/id\n {4}\S*copy\.json is a playbook of the same\s+name/);
  assert.match(stdout, /lost\.nql has no playbook beside\s+it/);
});

test("content is written in the language of the options", (context) => {
  const { folder, change } = copyOfExample(context);
  change("teams.json", '"title": { "en": ', '"title": { "de": "Teams startet langsam", "en": ');
  const config = join(folder, "client.config");
  writeFileSync(config, '{"locale":"de"}');
  assert.match(run(["content", "--playbooks", folder, "--config", config]).stdout, /Teams startet langsam/);
});

test("check tells other programs the same as JSON", () => {
  const { ok, playbooks } = JSON.parse(run(["check", example, "--json"]).stdout);
  assert.equal(ok, true);
  assert.deepEqual(playbooks[0].tests.report.coverage, { total: 9, reached: 9, missed: [] });
});

test("content prints every query, action and webhook, also of one's own playbooks and under the tenant's own IDs", (context) => {
  const { folder } = copyOfExample(context);
  const config = join(folder, "client.config");
  writeFileSync(config, JSON.stringify({ queryIds: { outlook: "#my_outlook" } }));
  const { status, stdout } = run(["content", "--playbooks", folder, "--config", config]);
  assert.equal(status, 0);
  for (const text of ["### `#my_outlook`", "### `#diagnose_teams_startup`", "Clear Teams cache", "NQL API queries"]) {
    assert.ok(stdout.includes(text), text);
  }
  const data = JSON.parse(run(["content", "--json"]).stdout);
  assert.ok(data.queries.some(({ id, text }) => id === "#diagnose_slow_pc_issues" && text.startsWith("devices")));
  assert.ok(data.webhooks.length >= 2 && data.dataExporters.length >= 2);
});

test("a file of options that holds a secret or what is no option is refused", (context) => {
  const { folder } = copyOfExample(context);
  const config = join(folder, "client.config");
  for (const [text, message] of [
    ['{"credentials":{}}', /holds credentials: set NEXTHINK_CLIENT_ID/],
    ['{"queryIdes":{}}', /holds `queryIdes`; it may hold/],
    ["[]", /is not a JSON object/],
    ["{", /is no JSON/],
  ]) {
    writeFileSync(config, text);
    const { status, stderr } = run(["content", "--config", config]);
    assert.equal(status, 2, text);
    assert.match(stderr, message);
  }
});

test("the doctor wants to know which tenant", () => {
  const { status, stderr } = run(["doctor"], { NEXTHINK_INSTANCE: "acme", NEXTHINK_REGION: "eu" });
  assert.equal(status, 2);
  assert.match(stderr, /^error: set NEXTHINK_CLIENT_ID, NEXTHINK_CLIENT_SECRET /);
});

test("the doctor ends with 0, 1 or 2, and says what to do", async (context) => {
  const { variables } = await serve(context);
  const well = await runBeside(["doctor", "--username", "amartin"], variables);
  assert.deepEqual([well.status, well.stderr], [0, ""]);
  assert.match(well.stdout, /^Tenant acme, region eu\n/);
  assert.match(well.stdout, /\n0 errors, 0 warnings, \d+ ok\n$/);
  // Nobody of that name: a warning, or an error that the identifier finds nobody.
  const missing = await runBeside(["doctor", "--playbooks", example], variables);
  assert.equal(missing.status, 2);
  assert.match(missing.stdout, /error {4}Saved query `#diagnose_teams_startup`/);
  assert.match(missing.stdout, /--username, --upn,\s+--email or --sid/);
  const refused = await runBeside(["doctor", "--json"], { ...variables, NEXTHINK_CLIENT_SECRET: "wrong" });
  assert.equal(refused.status, 2);
  const report = JSON.parse(refused.stdout);
  assert.equal(report.ok, false);
  assert.ok(!refused.stdout.includes('wrong"'));
});

test("the doctor warns with 1", async (context) => {
  const { variables } = await serve(context);
  const { status, stdout } = await runBeside(["doctor", "--username", "uvogel"], variables);
  assert.deepEqual([status, /\n0 errors, [1-9]\d* warnings?, /.test(stdout)], [1, true], stdout);
});
