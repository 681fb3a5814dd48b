// What a simulated tenant takes and gives.

import type { OutputValues, SimulatedRemoteAction } from "./remote-action-types.ts";
import type { SimulatedWebhook, WebhookDelivery } from "./webhook-types.ts";

/** How a tenant is made. */
export interface SimulatorOptions {
  /** How many devices there are; at least those of the scenarios. Default: 200. */
  devices?: number;
  /** The same seed and the same `now` give the same tenant, on every runtime. A whole number from 0. Default: 1. */
  seed?: number;
  /** The tenant's time at the start: milliseconds since 1970-01-01 UTC, or what `Date` reads. Default: now. */
  now?: number | string | Date;
  /**
   * How much faster than ours the tenant's time passes. `Infinity`: real time does not count and waiting takes none, so
   * that tests and scripted conversations never wait. Default: 1.
   */
  speed?: number;
  /**
   * How many rows an export has at most. One with more is cut there, and its status is answered with 206. Default:
   * 1,000,000.
   */
  exportMaximumRows?: number;
  /**
   * Whether `execute` answers 206 where it leaves rows out, which it does after 1,000. Tenants are known to answer 200
   * and say nothing; clients have to take both. Default: false.
   */
  executePartialContent?: boolean;
  /** How many NQL requests the tenant takes; the others are answered with 429. Default: as many as come. */
  nqlLimits?: NqlLimits;
  /** What goes wrong with the first requests, or with a share of all. */
  faults?: Fault[];
}

/** The limits of the NQL API: `execute`, `export` and `status` together. */
export interface NqlLimits {
  /** Requests within any second of the tenant's time, from 1. Default: as many as come. */
  perSecond?: number;
  /**
   * Requests within a day of UTC; with 0 the day's are used up. `retry-after` is then the date of midnight. Default: as
   * many as come.
   */
  perDay?: number;
  /** How `retry-after` is written where a second's requests are used up. Default: `seconds`. */
  retryAfter?: "seconds" | "date";
}

/**
 * A failure on demand. What makes no sense is refused: a field that means nothing with the kind, `times` together with
 * `probability`, a clock that jumps back.
 */
export interface Fault {
  /** A part of the path, such as `act/execute`. Default: any request. Not with `export-without-url`. */
  operation?: string;
  /**
   * - `status`: the request is refused with a status and does nothing;
   * - `network`: the connection breaks before the request arrives;
   * - `lost-answer`: the request does its work, and the connection breaks before the answer arrives;
   * - `html`: a login page or a proxy answers in the tenant's place;
   * - `latency`: the request does its work, slowly;
   * - `truncated`: the request does its work, and the connection breaks in the middle of the answer's body, so that
   *   reading it rejects;
   * - `half-body`: the request does its work, and half of the answer's body arrives as if it were all;
   * - `wrong-type`: the request does its work, and the answer has another `content-type`;
   * - `invalid-utf8`: the request does its work, and the answer's body holds a byte that UTF-8 never has;
   * - `token-revoked`: every token given out so far ends, then the request is answered;
   * - `clock-jump`: the tenant's clock jumps ahead, then the request is answered: tokens may have ended;
   * - `export-without-url`: the status of a completed export comes without the address of its file.
   */
  kind:
    | "status"
    | "network"
    | "lost-answer"
    | "html"
    | "latency"
    | "truncated"
    | "half-body"
    | "wrong-type"
    | "invalid-utf8"
    | "token-revoked"
    | "clock-jump"
    | "export-without-url";
  /** For `status` and `html`: 200 to 599. Default: 503 for `status`, 200 for `html`. */
  status?: number;
  /** For `status`: nothing, or an error in the shape of the API that was called. Default: `none`. */
  body?: "none" | "error";
  /** How long the answer, or the failure, takes. `latency` needs it. Default: 60. */
  latencyMs?: number;
  /** For `status`: the value of `retry-after`, in seconds or as a date, as it stands. Default: none. */
  retryAfter?: string;
  /** For `status`: how long the client is to wait; the tenant then writes `retry-after` itself, by its own clock. */
  retryAfterMs?: number;
  /** In which form `retryAfterMs` is written. Default: `seconds`. */
  retryAfterForm?: "seconds" | "date";
  /** For `wrong-type`, such as `application/json; charset=utf-16`. Default: `text/plain`. */
  contentType?: string;
  /** For `clock-jump`, which needs it: how far, from 0 to ten years. */
  jumpMs?: number;
  /** How many requests it befalls. Default: 1, where there is no `probability`. */
  times?: number;
  /**
   * How likely it befalls each request, above 0 and up to 1, until `clearFaults`. The same seed and the same requests
   * give the same failures.
   */
  probability?: number;
}

/** One employee, under every name by which a chatbot may know them. */
export interface SimulatedEmployee {
  /** The name of the account. */
  username: string;
  /** The user principal name. */
  upn: string;
  /** The e-mail address. */
  email: string;
  /** The security identifier. */
  sid: string;
  /** The name that people use. */
  name: string;
  /** The names of the devices; the one in use is the first. */
  devices: string[];
  /** What is wrong with which device, in one sentence. */
  scenario: string;
  /** The rules that find it, as `<playbook>/<rule>`. */
  rules: string[];
  /** Whether they are one of the scenarios, made by hand; the others are generated. */
  isScenario: boolean;
}

/** What is true on a device. `null`: never collected, so the tenant does not know it. */
export interface DeviceFacts {
  /** Whether it is connected. What is sent to an offline device waits. */
  online: boolean;
  /** Bytes free on the system drive. */
  freeSpace: number | null;
  /** Days since it was last restarted. */
  daysSinceLastFullBoot: number | null;
  /** Whether Outlook is online. */
  isOnline: "Yes" | "No" | null;
  /** Outlook's plugins that crash. */
  crashedPluginList: string[] | null;
  /** What the script says of OneDrive. */
  oneDriveStatus: string | null;
  /** The applications that slow down the start. */
  highImpactApplications: string[] | null;
  /** Seconds that group policies take to apply. */
  userGpoAppliedTimeInSeconds: number | null;
  /** Seconds that the domain controller takes to be found. */
  userGpoDCDiscoveryInSeconds: number | null;
  /** What is left of the battery's capacity, as a ratio from 0 to 1; `null` also where there is no battery. */
  batteryHealth: number | null;
  /** What is installed. */
  packages: { name: string; version: string; publisher?: string }[];
  /**
   * What data-collection actions report, by their NQL IDs, whatever their scripts would read. `null`: the action has
   * never reported anything. Set, it replaces what the actions that it names reported, and leaves the others as they
   * are; an output that is not named is null. A remediation that `sets` an output changes it.
   */
  outputs: Record<string, OutputValues | null>;
  /** The NQL IDs of the data-collection actions that fail on this device. */
  failingCollections: string[];
  /** The NQL IDs of the data-collection actions that have never run on this device. */
  missingCollections: string[];
  /** The error with which every remediation script ends on this device; `null`: they succeed. */
  remediationFailure: string | null;
}

/** A device: what it is, and what is true on it now, whether or not it has been collected. */
export interface SimulatedDevice extends DeviceFacts {
  /** Its name. */
  name: string;
  /** What remote actions are sent to. */
  collectorUid: string;
  /** The username of the employee who uses it. */
  employee: string;
  /** `Windows` or `macOS`. */
  platform: string;
  /** The operating system's full name. */
  operatingSystem: string;
  /** `laptop` or `desktop`. */
  type: string;
  /** Who made it. */
  manufacturer: string;
  /** When the tenant last heard of it, in UTC. */
  lastSeen: string;
}

/** One request that reached the tenant. It holds no secret and no parameter. */
export interface RecordedRequest {
  /** `GET`, `POST`. */
  method: string;
  /** The path, without what follows a `?`. */
  path: string;
  /** The status that was answered; `null` where the connection broke. */
  status: number | null;
  /** When it came, by the tenant's clock, in UTC. */
  at: string;
  /** The saved query that it named. */
  queryId?: string;
  /** The remote action that it named. */
  remoteActionId?: string;
  /** What was let go wrong with it. */
  fault?: Fault["kind"];
}

/** What API credentials may do: one box for each API in the vendor's administration. */
export type Permission = "nql" | "remote-actions" | "workflows" | "campaigns" | "enrichment" | "spark";

/**
 * What an employee does with a campaign: answers all of its questions, by their IDs and each with one of its options;
 * says no for good; or puts it off.
 */
export type CampaignAnswer = { answered: Record<string, string> } | "declined" | "postponed";

/** A conversation that was handed off to Spark. */
export interface Handoff {
  /** The username of the employee. */
  employee: string;
  /** When it came, by the tenant's clock, in UTC. */
  at: string;
  /** The time zone that was sent with it. */
  timezone?: string;
  /** The message, part by part. */
  parts: ({ type: "TEXT"; text: string } | { type: "FILE"; mimeType: string; fileContent: string })[];
  /** What else was sent with it. */
  metadata: Record<string, string>;
}

/** The tenant's `fetch`. Give it to `createClient`, or to anything that takes a `fetch`. */
export type SimulatedFetch = (input: FetchInput, init?: FetchInit) => Promise<Response>;

/** A URL, or a request. */
export type FetchInput = string | URL | RequestLike;

/** What is read of a `Request`. */
export interface RequestLike {
  readonly url: string;
  readonly method?: string;
  readonly headers?: HeadersLike;
  readonly signal?: AbortSignal | null;
  arrayBuffer?(): Promise<ArrayBuffer>;
}

/** What is read of the second argument of `fetch`. */
export interface FetchInit {
  method?: string;
  headers?: HeadersLike;
  body?: unknown;
  signal?: AbortSignal | null;
}

/** `Headers`, a list of pairs, or an object. */
export type HeadersLike = Iterable<readonly string[]> | Record<string, string | readonly string[]>;

/** A Nexthink tenant in memory. */
export interface SimulatedTenant {
  /** Sends a request to the tenant. */
  readonly fetch: SimulatedFetch;
  /** For `createClient({ host })`: the tenant's network, its clock and its waiting. */
  readonly host: {
    fetch: SimulatedFetch;
    now: () => number;
    sleep: (milliseconds: number) => Promise<void>;
  };
  /** The options of a client of this tenant, to which others may be added: `createClient(tenant.client)`. */
  readonly client: Pick<SimulatedTenant, "instance" | "region" | "credentials" | "host">;
  /** The name in the tenant's addresses. */
  readonly instance: string;
  /** The region in the tenant's addresses. */
  readonly region: string;
  /** API credentials that it accepts. They are public. */
  readonly credentials: { clientId: string; clientSecret: string };
  /** The employees, with what is wrong: first a scenario for every rule of every playbook. */
  readonly employees: readonly SimulatedEmployee[];
  /** The requests so far, the oldest first. */
  readonly requests: RecordedRequest[];
  /** A device by its name; nothing where there is none. */
  device(name: string): SimulatedDevice | undefined;
  /**
   * Changes what is true on a device, as if it had been so for long: data that was collected says it at once. What is
   * not named stays as it is. `online` holds from now on.
   */
  set(deviceName: string, facts: Partial<DeviceFacts>): void;
  /**
   * Saves a query, or another text for one, as an administrator does. A text that is NQL and that Nexthink would refuse
   * for another reason is taken, and answered with an error when it is executed.
   *
   * @param id `#` and 2 to 255 lower-case letters, digits and underscores
   * @throws Error where the ID is none, or the text is no NQL
   */
  setQuery(id: string, text: string): void;
  /** Deletes a saved query. @throws Error where there is none */
  deleteQuery(id: string): void;
  /**
   * Installs a remote action, or writes the one of its ID anew, as an administrator does. What was triggered before runs
   * as it was.
   *
   * @example
   * ```ts
   * tenant.setRemoteAction({ ...tenant.remoteAction("disk_cleanup"), apiTrigger: false });
   * ```
   * @throws Error where a tenant could not have such an action, or `sets` names a data collection or an output that
   * there is not
   */
  setRemoteAction(definition: SimulatedRemoteAction): void;
  /** A remote action by its NQL ID, as `setRemoteAction` takes it. @throws Error where there is none */
  remoteAction(id: string): SimulatedRemoteAction;
  /**
   * Deletes a remote action. With it goes what it collected; what waits for its device ends as `cancelled`, and what was
   * triggered stays among the executions.
   *
   * @throws Error where there is none
   */
  deleteRemoteAction(id: string): void;
  /** From now on the credentials lack a permission: its API answers 403. */
  deny(permission: Permission): void;
  /** From now on the credentials have a permission, as they have all at first. */
  grant(permission: Permission): void;
  /**
   * An administrator stops a remote action's request: what waits for its device ends as `cancelled`.
   *
   * @returns how many executions that are
   * @throws Error where there is no such request
   */
  cancel(requestId: string): number;
  /**
   * The employee does something with a campaign that is on their screen, which it is seconds after it was sent if one
   * of their devices is online.
   *
   * @throws Error where it is not on the screen, or an answer is none of the campaign's
   */
  answerCampaign(requestId: string, answer: CampaignAnswer): void;
  /** What was handed off to Spark, the oldest first. */
  readonly handoffs: Handoff[];
  /**
   * Adds a webhook: of what happens from now on it makes deliveries.
   *
   * @throws Error where its query is none that a webhook can have, a placeholder is no listed column, or the address is
   * none
   */
  addWebhook(webhook: SimulatedWebhook): void;
  /**
   * Takes the deliveries that are due by now, in the order of time; each is given once, and nothing is sent. They come 3
   * to 180 seconds of the tenant's time after their events, and a few of a hundred come twice.
   */
  deliveries(): WebhookDelivery[];
  /** Lets time pass, and with it everything that falls due. */
  advance(milliseconds: number): void;
  /** Lets something go wrong with the next requests, or with a share of them. */
  inject(fault: Fault): void;
  /** Lets nothing go wrong any more. */
  clearFaults(): void;
  /** The tenant's time, in milliseconds since 1970-01-01 UTC. */
  now(): number;
}
