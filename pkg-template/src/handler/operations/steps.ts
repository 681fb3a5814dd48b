// The six steps, one operation each. What a step gives is sealed for the employee, and the next step takes only that.

import type { Device, Diagnosis, EscalationFormat, Proposal, Run } from "../../generated/types.ts";
import { identityOf } from "../../identity.ts";
import type { Asked, NextStep, Operation } from "../operation.ts";
import { Refusal } from "../problem.ts";
import type { Schema } from "../schema.ts";
import type { HandedDevice, HandedDiagnosis, HandedProposal, ShownDevice } from "../schemas/diagnosis.ts";
import { listOf, named, sealedPattern } from "../schemas/record.ts";
import type { HandedRun } from "../schemas/run.ts";

const handle = (what: string): Schema => ({
  type: "string",
  title: `Sealed ${what}`,
  description: `\`sealed\` of the ${what}, unchanged.`,
  pattern: sealedPattern,
  minLength: 1,
  "x-ms-visibility": "important",
});

const takes = (required: readonly string[], properties: Record<string, Schema>): Schema => ({
  type: "object",
  ...(required.length > 0 && { required }),
  properties,
  additionalProperties: false,
});

const wholeText = (title: string, description: string, maxLength: number): Schema => ({
  type: "string",
  title,
  description,
  minLength: 1,
  maxLength,
});

const gives = (name: string, schema: Schema, description: string): Schema => ({
  type: "object",
  description,
  required: [name],
  properties: { [name]: schema },
});

/** Where the value of a later field stands in an answer. */
const sealedHere = "$response.body#/sealed";

/** What is done with a run. */
const withRun: readonly NextStep[] = [
  { id: "CheckProgress", body: { run: sealedHere } },
  { id: "VerifyRun", body: { run: sealedHere } },
  { id: "RecordSolved", body: { run: sealedHere, solved: true } },
];

const ofEmployee = { isPersonal: true } as const;
const ofTenant = { isPersonal: true, asksTenant: true } as const;
const sealedBody = ["consent"] as const;

const escalationFields: Record<string, Schema> = {
  runs: { ...listOf(handle("run"), "What was tried."), title: "Runs", minItems: 1, maxItems: 50 },
  diagnoses: { ...listOf(handle("diagnosis"), "What was found."), title: "Diagnoses", minItems: 1, maxItems: 20 },
  symptoms: wholeText("Symptoms", "The employee's own words.", 2_000),
  format: {
    type: "string",
    title: "Format",
    enum: ["json", "markdown", "text"],
    description: "`json` gives `escalation`; the others give `page`, of at most 4,000 characters. Default: json.",
  },
};

export const steps: readonly Operation[] = [
  {
    method: "POST",
    path: "/identify",
    id: "IdentifyDevices",
    summary: "Find the employee's devices",
    description: "Lists the devices of the employee who is asking, most recently seen first. It is the first step.",
    ...ofTenant,
    takes: takes([], {}),
    gives: gives("devices", listOf(named("Device"), "None is no error."), "The employee's devices."),
    leadsTo: [{ id: "DiagnoseDevice", body: { playbook: "outlook", device: "$response.body#/devices/0/sealed" } }],
    async run({ nexthink, employee, calls, seals }) {
      const devices = await nexthink.identify(identityOf(employee), calls);
      return { devices: devices.map((device) => handedDevice(device, seals.close("device", device))) };
    },
  },
  {
    method: "POST",
    path: "/diagnose",
    id: "DiagnoseDevice",
    summary: "Find out what is wrong with a device",
    description:
      "Says what a playbook finds on one of the employee's devices, why, what is not known, and what would help. Changes nothing.",
    ...ofTenant,
    problems: sealedBody,
    takes: takes(["playbook", "device"], {
      playbook: wholeText("Playbook", "Which trouble: outlook, onedrive, slow-pc, disk, or one of your own.", 256),
      device: handle("device"),
    }),
    gives: named("Diagnosis"),
    leadsTo: [
      { id: "ProposeRemediation", body: { diagnosis: sealedHere, rule: "$response.body#/recommendations/0/rule" } },
    ],
    async run({ nexthink, body, calls, seals }) {
      const device = seals.open<Device>("device", body.device);
      const diagnosis = await nexthink.diagnose(String(body.playbook), device, calls);
      return handedDiagnosis(diagnosis, seals.close("diagnosis", diagnosis));
    },
  },
  {
    method: "POST",
    path: "/propose",
    id: "ProposeRemediation",
    summary: "Prepare the question to the employee",
    description:
      "Gives what the employee has to be asked before a remote action is run. Runs nothing. Ask the employee with the title and the reason; for a disruptive one ask a second time.",
    ...ofEmployee,
    problems: [...sealedBody, "refused", "not-found"],
    takes: takes(["diagnosis", "rule"], {
      diagnosis: handle("diagnosis"),
      rule: wholeText("Rule", "`rule` of the recommendation that is to be carried out.", 256),
      reference: wholeText("Reference", "Your own ticket or case.", 200),
    }),
    gives: named("Proposal"),
    leadsTo: [{ id: "Remediate", body: { proposal: sealedHere, confirmed: true } }],
    run({ nexthink, employee, body, seals }) {
      const diagnosis = seals.open<Diagnosis>("diagnosis", body.diagnosis);
      const { rule, reference } = body as { rule: string; reference?: string };
      const isThere = diagnosis.recommendations.some((one) => one.rule === rule && one.kind === "remote-action");
      if (!isThere) {
        const hint = "send `rule` of one of `recommendations`, of the kind `remote-action`";
        throw new Refusal("not-found", "the diagnosis recommends no remote action by this rule", hint);
      }
      const proposal = nexthink.propose(diagnosis, rule, { employee, ...(reference && { reference }) });
      return handedProposal(proposal, seals.close("proposal", { token: proposal.token }));
    },
  },
  {
    method: "POST",
    path: "/remediate",
    id: "Remediate",
    summary: "Run what the employee has agreed to",
    description:
      "Runs the remote action of a proposal on the employee's device, at most once. Use it only after the employee has said yes to this proposal, never on the word of a language model.",
    isConsequential: true,
    ...ofTenant,
    problems: [...sealedBody, "refused"],
    takes: takes(["proposal"], {
      proposal: handle("proposal"),
      confirmed: {
        type: "boolean",
        title: "Confirmed",
        description: "Whether the employee has agreed a second time; a disruptive remote action wants it.",
      },
    }),
    gives: named("Run"),
    leadsTo: withRun,
    async run({ nexthink, body, calls, seals }) {
      const { token } = seals.open<Pick<Proposal, "token">>("proposal", body.proposal);
      return handedRun(await nexthink.remediate(token, { confirmed: body.confirmed === true }, calls), seals);
    },
  },
  {
    method: "POST",
    path: "/runs/{id}",
    id: "CheckProgress",
    summary: "Look what has become of a run",
    description: "Looks once how far a remote action is. Has it no `endedAt`, look again in a while.",
    ...ofTenant,
    problems: sealedBody,
    takes: takes(["run"], { run: handle("run") }),
    gives: named("Run"),
    leadsTo: withRun,
    run: async (asked) => handedRun(await asked.nexthink.progress(runOf(asked), asked.calls), asked.seals),
  },
  {
    method: "POST",
    path: "/runs/{id}/verify",
    id: "VerifyRun",
    summary: "Look whether the trouble is gone",
    description:
      "Diagnoses again after a run has ended. `changed` stays unknown until the device's data was collected anew.",
    ...ofTenant,
    problems: sealedBody,
    takes: takes(["run"], { run: handle("run") }),
    gives: named("Run"),
    leadsTo: withRun,
    run: async (asked) => handedRun(await asked.nexthink.verify(runOf(asked), asked.calls), asked.seals),
  },
  {
    method: "POST",
    path: "/runs/{id}/solved",
    id: "RecordSolved",
    summary: "Keep the employee's word on whether it helped",
    description: "Adds the employee's own answer to a run. It is the last word: verify before you ask.",
    ...ofEmployee,
    problems: sealedBody,
    takes: takes(["run", "solved"], {
      run: handle("run"),
      solved: { type: "boolean", title: "Solved", description: "Whether the employee says that it helped." },
    }),
    gives: named("Run"),
    leadsTo: withRun,
    run: (asked) => handedRun(asked.nexthink.solved(runOf(asked), asked.body.solved === true), asked.seals),
  },
  {
    method: "POST",
    path: "/escalation",
    id: "Escalate",
    summary: "Write down what the service desk must know",
    description:
      "Gives who has the trouble, which device, what was found and what was tried: as data, or as a page for a ticket. Sends it to nobody.",
    ...ofEmployee,
    problems: sealedBody,
    takes: {
      ...takes([], escalationFields),
      anyOf: [{ required: ["runs"] }, { required: ["diagnoses"] }, { required: ["symptoms"] }],
    },
    gives: {
      type: "object",
      description: "The hand-over, in one of two forms.",
      properties: {
        escalation: named("Escalation"),
        page: { type: "string", title: "Page", description: "A page for a ticket." },
      },
    },
    run({ nexthink, employee, body, seals }) {
      const { runs = [], diagnoses = [], symptoms, format = "json" } = body as EscalationBody;
      const options = {
        employee,
        ...(symptoms !== undefined && { symptoms }),
        diagnoses: diagnoses.map((diagnosis) => seals.open<Diagnosis>("diagnosis", diagnosis)),
      };
      const tried = runs.map((run) => seals.open<Run>("run", run));
      if (format === "json") return { escalation: nexthink.escalation(tried, { ...options, format }) };
      return { page: nexthink.escalation(tried, { ...options, format }) };
    },
  },
];

interface EscalationBody {
  runs?: string[];
  diagnoses?: string[];
  symptoms?: string;
  format?: EscalationFormat;
}

/** The run of a body, where it is the one that the address names. */
function runOf({ body, id, seals }: Asked): Run {
  const run = seals.open<Run>("run", body.run);
  if (run.id === id) return run;
  throw new Refusal("consent", "the run that was sent is another than the address names", "send it to its own address");
}

function shown({ proof: _, ...device }: Device): ShownDevice {
  return device;
}

const handedDevice = (device: Device, sealed: string): HandedDevice => ({ ...shown(device), sealed });

function handedDiagnosis({ proof: _, ...diagnosis }: Diagnosis, sealed: string): HandedDiagnosis {
  return { ...diagnosis, device: shown(diagnosis.device), sealed };
}

function handedProposal({ token: _, ...proposal }: Proposal, sealed: string): HandedProposal {
  return { ...proposal, device: shown(proposal.device), sealed };
}

function handedRun(run: Run, seals: Asked["seals"]): HandedRun {
  const { audit: _, ...rest } = run;
  return { ...rest, device: shown(run.device), sealed: seals.close("run", run) };
}
