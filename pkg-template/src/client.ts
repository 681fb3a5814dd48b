// The client of one tenant. It only carries values to the core and back: no rule is here.

import type { ClientCore } from "wasm:core/glue";
import { type Assistant, type AssistantOptions, assistantOf } from "./assistant.ts";
import { askAuthoring } from "./authoring-call.ts";
import type { Call } from "./call.ts";
import { type Campaigns, campaignsOf } from "./campaigns.ts";
import { clientCoreOf } from "./client-core.ts";
import { type ClientDoor, clientDoor } from "./client-door.ts";
import { conduct } from "./conduct.ts";
import { call, heldBy, wait } from "./core.ts";
import { type DoctorSetting, examine } from "./doctor.ts";
import { encode, encodePassing, encodeText } from "./encode.ts";
import { type Enrichments, enrichmentsOf } from "./enrichment.ts";
import { invalid } from "./errors.ts";
import type { DoctorReport } from "./generated/tenant.ts";
import type {
  Device,
  Diagnosis,
  Employee,
  Escalation,
  EscalationOptions,
  IdentifiedBy,
  Playbook,
  Proposal,
  ProposeOptions,
  Recommendation,
  RemoteActionRequest,
  Run,
  UncoveredAnswer,
  UncoveredRequest,
  User,
} from "./generated/types.ts";
import { load } from "./modules.ts";
import { type Nql, nqlOf } from "./nql.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { type RemoteActions, remoteActionsOf } from "./remote-actions.ts";
import { type Spark, sparkOf } from "./spark.ts";
import { type Tool, type ToolsOptions, toolsOf } from "./tools.ts";
import type { ReceivedWebhook } from "./webhook.ts";
import type { WebhookOptions } from "./webhook-options.ts";
import type { WebhookRequest } from "./webhook-request.ts";
import { type Workflows, workflowsOf } from "./workflows.ts";

/**
 * A client of one tenant. Nothing is sent until a method is called.
 *
 * @throws NexthinkError of kind `invalid` for an option that is missing, unknown or breaks its rule, and for a
 * `clientSecret` in a browser
 * @example
 * ```ts
 * const nexthink = createClient({ instance: "acme", region: "eu", credentials: { clientId, clientSecret } });
 * ```
 */
export function createClient(options: ClientOptions): NexthinkClient {
  return new NexthinkClient(options);
}

/** By what devices are looked up: exactly one identifier. */
export type Identity = { [Kind in IdentifiedBy]: { [Name in Kind]: string } }[IdentifiedBy];

/** By what a person is looked up: exactly one identifier. */
export type PersonalIdentity = Exclude<Identity, { deviceName: string }>;

/** What is told the answer of a call, or its error. */
type Answered = (answer: never) => void;

/** What `createClient` gives. */
export class NexthinkClient {
  readonly #core: () => ClientCore;
  /** What the doctor has to know of this client: no secret. */
  readonly #setting: DoctorSetting & { playbooks: readonly Playbook[] };
  readonly #now: () => number;
  /** The user's own playbooks, as a language model may choose them. */
  readonly #choosable: readonly Playbook[];
  /** The same, until the core has them. */
  #own: readonly Playbook[] | undefined;
  readonly #call: Call = (name, input, options) => {
    const take = (resolve: Answered, reject: Answered) =>
      this.#core().call(name, encodePassing(input), ...conduct(options), resolve, reject);
    return wait(take, this.#ready);
  };
  readonly #ready = () => {
    // A new one has none of the user's own playbooks.
    this.#core();
    return this.#own && this.#install();
  };

  /** Saved queries. */
  readonly nql: Nql = nqlOf(this.#call, (input, options) =>
    call(() => heldBy(() => this.#core().export(encode(input), ...conduct(options)))),
  );
  /** Remote actions, raw. */
  readonly remoteActions: RemoteActions = remoteActionsOf(this.#call);
  /** Workflows, raw. */
  readonly workflows: Workflows = workflowsOf(this.#call);
  /** Campaigns, raw. */
  readonly campaigns: Campaigns = campaignsOf(this.#call);
  /** Enrichment, raw. */
  readonly enrichment: Enrichments = enrichmentsOf(this.#call);
  /** Spark, raw. */
  readonly spark: Spark = sparkOf(this.#call);

  /** @internal */
  constructor(options: ClientOptions) {
    const { consentKey, store, playbooks, ...data } = options ?? {};
    const { core, runtime } = clientCoreOf(options ?? {}, () => {
      this.#own = playbooks?.length ? playbooks : undefined;
    });
    this.#core = core;
    this.#now = () => runtime().now();
    this.#choosable = playbooks ?? [];
    const door: ClientDoor = {
      seal: (what, value) => call(() => core().seal(encode({ what, value }))),
      open: (what, value, employee) => call(() => core().open(encode({ what, value, employee }))),
    };
    // No member of the class: a name that is computed would keep bundlers from leaving the class out.
    Object.defineProperty(this, clientDoor, { value: door });
    const { instance, region, queryIds, remoteActionIds, locale } = data;
    this.#setting = {
      playbooks: playbooks ?? [],
      settings: {
        instance,
        region,
        queryIds,
        remoteActionIds,
        locale,
        ownAddresses: Boolean(data.apiUrl || data.tokenUrl),
        hasStore: Boolean(store),
        hasConsentKey: consentKey != null,
        hasClientSecret: Boolean(data.credentials?.clientSecret),
      },
    };
  }

  /**
   * Step 2: an employee's devices, most recently seen first; none is no error. Each comes with a proof of by what it
   * was found; a device found by its name proves no ownership. A `directory` of the client's is asked first: what comes
   * from there has `source: "directory"`, and `identifiedAt` is of when that is.
   *
   * @example
   * ```ts
   * const [device] = await nexthink.identify({ username: "amartin" });
   * ```
   */
  identify(identity: Identity, options?: CallOptions): Promise<Device[]> {
    return this.#call("identify", identity, options);
  }

  /**
   * Who an employee is to the tenant: the identifiers that other calls want, such as a campaign's `sid`.
   *
   * @returns null where the tenant knows nobody of this identifier
   */
  findUser(identity: PersonalIdentity, options?: CallOptions): Promise<User | null> {
    return this.#call("findUser", identity, options);
  }

  /**
   * Step 3: what a playbook says of a device: what is wrong, why, what is not known, and what would help.
   *
   * @param playbook one of `playbooks.list()`, such as `"outlook"`
   * @param device one of `identify`
   * @throws NexthinkError of kind `not-found` for an unknown playbook or a device without data
   */
  diagnose(playbook: string, device: Device, options?: CallOptions): Promise<Diagnosis> {
    return this.#call("diagnose", { playbook, device }, options);
  }

  /**
   * Step 4, the question: what the employee is asked to agree to, signed. Sends nothing. Whoever holds the token can
   * trigger exactly this, once, until it expires.
   *
   * @param recommendation one of `diagnosis.recommendations`, or its `rule`
   * @param options for whom, as your chatbot has authenticated them, and for which ticket
   * @throws NexthinkError of kind `invalid` for advice, `refused` where a guard rail forbids it, `consent` for a device
   * that `identify` did not return for this employee, and for a diagnosis or device that was altered or is a week old
   */
  propose(diagnosis: Diagnosis, recommendation: Recommendation | string, options: ProposeOptions): Proposal;
  /** The same for a remote action that the employee asked for. */
  propose(request: RemoteActionRequest, options: ProposeOptions): Proposal;
  propose(
    subject: Diagnosis | RemoteActionRequest,
    second: Recommendation | string | ProposeOptions,
    third?: ProposeOptions,
  ): Proposal {
    const rule = typeof second === "string" ? second : (second as Recommendation | undefined)?.rule;
    const input =
      rule === undefined && third === undefined
        ? { subject: { request: subject }, options: second }
        : { subject: { diagnosis: subject, rule }, options: third };
    return call(() => this.#core().propose(encode(input)));
  }

  /**
   * Step 4, the deed: triggers what the employee agreed to. Called again with the same token it sends nothing and
   * gives the same run. A lost answer makes the run `unknown`; it is not sent again.
   *
   * @param token the proposal's
   * @param consent `confirmed` must be true for a `disruptive` proposal: the employee was asked a second time
   * @throws NexthinkError of kind `consent` for a token that was altered or has expired; `refused` by a guard rail, by
   * the second person, or while another remote action is under way on the device
   */
  remediate(token: string, consent?: { confirmed?: boolean }, options?: CallOptions): Promise<Run> {
    return this.#call("remediate", { token, confirmed: consent?.confirmed }, options);
  }

  /** Step 5: one look at what has become of a run. The run may come from a store, another process, another day. */
  progress(run: Run, options?: CallOptions): Promise<Run> {
    return this.#call("progress", run, options);
  }

  /**
   * Step 5: the run as it is, and then each change until it has `endedAt`. Looks again soon for what is quick and
   * seldom for what is slow. An error ends it; go on with the last run that it gave.
   *
   * @param options they hold for each change, not for the whole
   * @example
   * ```ts
   * for await (const { state } of nexthink.follow(run)) console.log(state);
   * ```
   */
  async *follow(run: Run, options?: CallOptions): AsyncIterable<Run> {
    yield run;
    for (let latest = run; !latest?.endedAt; ) {
      latest = await this.#call<Run>("follow", latest, options);
      yield latest;
    }
  }

  /**
   * Step 6: diagnoses again. `changed` is true or false only on facts that are younger than the run's end; until then
   * it is `"unknown"`, and `verification.awaits` says which data collections have to run first.
   */
  verify(run: Run, options?: CallOptions): Promise<Run> {
    return this.#call("verify", run, options);
  }

  /**
   * Step 6: the run with the employee's word on whether it helped. It is the last word: the audit of a run that has ended
   * ends with it, so verify before you ask. Sends nothing to the tenant; a `store` learns of it in the background.
   */
  solved(run: Run, yes: boolean): Run {
    // The employee's word is the last one: an answer that was never given must not become a no.
    if (typeof yes !== "boolean")
      throw invalid("`yes` is neither true nor false", "leave the run as it is where nobody has answered");
    return call(() => this.#core().solved(encode({ run, yes })));
  }

  /**
   * What the service desk must know of an employee's trouble: who, which device, what was found, what was tried and how
   * it ended, under which references. As data, or as a page that fits a ticket: at most 4,000 characters, in English;
   * what others have written in it is no markup. It holds personal data. Sends nothing.
   *
   * @param runs what was tried, also nothing
   * @param options the format; the employee's own words as `symptoms`; the `diagnoses` that were made
   */
  escalation(runs: readonly Run[], options: EscalationOptions & { format: "json" }): Escalation;
  escalation(runs: readonly Run[], options: EscalationOptions & { format: "markdown" | "text" }): string;
  escalation(runs: readonly Run[], options: EscalationOptions): Escalation | string;
  escalation(runs: readonly Run[], options: EscalationOptions): Escalation | string {
    return call((core) => core.escalation(encode({ runs, options })));
  }

  /**
   * The steps as tools for a language model, for one conversation of one employee: keep them as long as it lasts. The
   * employee is never a tool's input, a token never an answer; `remediate` asks `approve`, outside the model, every time.
   * What a model sees of devices is in a field `dataFromDevice`. `nexthink-chatbot/language-models` fits them to kits.
   *
   * The IDs that a model is given stand for what is kept in this instance, in bounded numbers; in another process they
   * mean nothing: its answer is `not-found`, and the model diagnoses and proposes again.
   *
   * @throws NexthinkError of kind `invalid` for an employee without an identifier and an `approve` that nobody answers
   * @example
   * ```ts
   * const tools = nexthink.tools({ employee, approve: (proposal) => askOnScreen(proposal) });
   * const answer = await tools.find(({ name }) => name === call.name).execute(call.input);
   * ```
   */
  tools(options: ToolsOptions): Tool[] {
    const { locale } = this.#setting.settings ?? {};
    return toolsOf(this, { playbooks: this.#choosable, locale, now: this.#now }, options);
  }

  /**
   * A request to what this package does not cover, with the client's token, budget and conduct: on the API host only.
   * `GET` is sent again where that helps; everything else is sent once, and blocked by `readOnly`.
   *
   * @throws NexthinkError for any answer but 2xx
   * @example
   * ```ts
   * const { body } = await nexthink.request({ method: "GET", path: "/api/v1/act/remote-action" });
   * ```
   */
  request(request: UncoveredRequest, options?: CallOptions): Promise<UncoveredAnswer> {
    return this.#call("request", request, options);
  }

  /**
   * Whether the tenant has what the playbooks need: addresses, clock, credentials, permissions, saved queries, remote
   * actions, collected data. Triggers nothing. `ok` where nothing is wrong and nothing stayed unasked.
   *
   * @param examination `employee`: one with a device, by the identifiers that your chatbot has; without one, what
   * concerns employees and devices is listed in `notChecked`
   * @throws NexthinkError of kind `invalid` for a playbook of your own that does not compile; what is wrong in the tenant
   * is a finding, not an error
   * @example
   * ```ts
   * const { checks } = await nexthink.doctor({ employee: { username: "amartin" } });
   * for (const { status, title, detail, fix } of checks) if (status !== "ok") console.log(`${title}: ${detail} ${fix}`);
   * ```
   */
  doctor(examination?: { employee?: Employee }, options?: CallOptions): Promise<DoctorReport> {
    return examine(this.#call, this.#now, { ...this.#setting, ...examination }, options);
  }

  /**
   * The conversation with an employee, in turns: what to say, what can be chosen, and a state for the next turn. Its
   * modules are loaded at the first one.
   *
   * @example
   * ```ts
   * const assistant = nexthink.assistant({ locale: "de" });
   * let turn = await assistant.start({ employee, text: "Outlook stürzt ab" }, { budgetMs: 2_500 });
   * turn = await assistant.reply(turn.state, { text: "ja" }, { budgetMs: 2_500 });
   * ```
   */
  assistant(options?: AssistantOptions): Assistant {
    const { playbooks: own, settings } = this.#setting;
    const core = this.#core;
    const answer = (use: (input: Uint8Array) => unknown) => (input: unknown) => call(() => use(encode(input)));
    return assistantOf(
      {
        call: this.#call,
        atOnce: {
          propose: answer((input) => core().propose(input)),
          solved: answer((input) => core().solved(input)),
          escalation: (input) => call((glue) => glue.escalation(encode(input))),
        },
        seal: (input) => call(() => core().seal(encode(input))),
        open: (input) => call(() => core().open(encode(input))),
        clock: this.#now,
        locale: settings.locale,
        own,
      },
      options,
    );
  }

  /**
   * Takes a webhook of the tenant: who sent it, what it says, and, of a remote action, its run as the tenant tells of it now.
   * It is noted in the `store` as the last thing: one whose run could not be asked for may come again. What it claims is not
   * believed, and neither its order nor its age matters. Its module is loaded at the first one.
   *
   * @param request a `Request` of the web, Node's, or `{ method, headers, body }`
   * @param calls its `timeoutMs` counts from when the body was read: how long that may take is up to your server
   * @throws NexthinkError of kind `authentication` with the `code` `webhook-credential` for a sender without the secret;
   * `invalid` with `webhook-size` or `webhook-payload` for a payload that is too large or cannot be read, and without a code
   * for options that break a rule; what the tenant or the store fails with
   * @example
   * ```ts
   * const { kind, run, duplicate } = await nexthink.webhook(request, { secret: process.env.WEBHOOK_SECRET });
   * if (kind === "remote-action" && run && !duplicate) await goOn(run);
   * ```
   */
  async webhook(request: WebhookRequest, options: WebhookOptions, calls?: CallOptions): Promise<ReceivedWebhook> {
    const [{ receiveWebhook }] = await Promise.all([import("./webhook.ts"), load("proactive")]);
    return receiveWebhook(this.#call, this.#now, request, options, calls);
  }

  /**
   * Gives the core the user's own playbooks, compiled. Their compiler is loaded only now, and only for those who have
   * some. No promise is kept: one of another request must not be waited for in workerd.
   */
  async #install(): Promise<void> {
    const [module] = await Promise.all([import("./authoring.ts"), load("authoring")]);
    const own = this.#own;
    // Another call may have been faster.
    if (own === undefined) return;
    const compiled: string = askAuthoring(module, "compilePlaybooks", { playbooks: own });
    this.#core().install(encodeText(compiled));
    this.#own = undefined;
  }
}
