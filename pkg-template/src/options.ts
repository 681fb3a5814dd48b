// What a client is created with.

import type { ConsentKey } from "./consent-key.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import type { ApprovalRequest, AuditRecord, ClientEvent, Credentials, Playbook } from "./generated/types.ts";
import type { Fetch, Host } from "./host.ts";
import type { Store } from "./store.ts";

/** The options of `createClient`. Options that are not known are refused. */
export interface ClientOptions {
  /** The tenant's name: `acme` in `https://acme.eu.nexthink.cloud`. Letters a–z, digits and hyphens. */
  instance: string;
  /** The tenant's region: `us`, `eu`, `pac` or `meta`. */
  region: string;
  /** API credentials, made in the Nexthink administration. Keep the secret on a server. Or: `tokenProvider`. */
  credentials?: Credentials;
  /**
   * Gives access tokens in place of `credentials`: for hosts where the secret is kept elsewhere. Asked once however
   * many calls wait, again a minute before a token ends, and after the tenant has refused one.
   */
  tokenProvider?: () => PromiseLike<ProvidedToken>;
  /** The address of the API, where it is not `https://<instance>.api.<region>.nexthink.cloud`. HTTPS, or this machine. */
  apiUrl?: string;
  /** The address of the token endpoint, where it is not the usual one. HTTPS, or this machine. */
  tokenUrl?: string;
  /** How long one attempt may take, in milliseconds; a whole number from 1. Default: 30,000. */
  timeoutMs?: number;
  /**
   * How long a whole call may take, with its attempts and the pauses between them, in milliseconds; a whole number
   * from 1. Default: 120,000. `follow` and `nql.export` wait for the tenant's work and take a time of their own only.
   */
  totalTimeoutMs?: number;
  /**
   * How often a request that changes nothing is sent again after 408, 429, 5xx or a network failure: 0 to 10.
   * Default: 2. What changes something is never sent again.
   */
  maxRetries?: number;
  /** The largest answer that is read, in bytes; a larger one is refused. Default: 16,777,216. Exports have no limit. */
  maxResponseBytes?: number;
  /** How many requests this client sends. After a 429 all its calls wait as the tenant has told, up to a minute. */
  limits?: ClientLimits;
  /**
   * Where several processes share what all of them must know: what has become of each proposal, which device is in use,
   * and, with `shareToken`, the access token. `remediate` needs one with `atomic: true`. Default: the memory of this
   * process, which its clients without a store share as far as they use the same `fetch`, and which ends with it.
   */
  store?: Store;
  /**
   * Which employee has which devices, as `createDirectory` makes it of an export: `identify` asks it first, and the tenant
   * where it has nothing, is too old or fails. Whoever supplies it is trusted as the store is: what it says is an
   * employee's device can be proposed for.
   */
  directory?: DeviceDirectory;
  /**
   * How old the directory's data may be, in milliseconds: a whole number from 1 to seven days. Of data whose time is not
   * known nothing is believed. Default: 86,400,000, a day.
   */
  directoryMaxAgeMs?: number;
  /** Whether processes share the access token through `store`, which then holds a secret. Default: false. */
  shareToken?: boolean;
  /** The W3C trace that requests to the tenant belong to; a call's own comes before it. */
  traceparent?: string;
  /**
   * Is told what happens: requests, answers, pauses, tokens, exports. Events hold no address, parameter or body. What
   * it throws is ignored.
   */
  onEvent?: (event: ClientEvent) => unknown;
  /**
   * Keeps the audit: is given one record per decision and action, in order, to be appended to a log of yours. Records
   * hold personal data. What it throws is ignored, and a record that it loses breaks the chain that `verifyAudit` looks
   * at.
   */
  onAudit?: (record: AuditRecord) => unknown;
  /**
   * Your own playbooks, before the built-in ones; one with the ID of a built-in one takes its place. They are compiled at
   * the first call that waits, which rejects with `invalid` where that fails: check them with `playbooks.check` or
   * `npx nexthink-chatbot check` when you write them.
   */
  playbooks?: readonly Playbook[];
  /**
   * The tenant's own IDs for the saved queries, with their `#`. Keys: `devicesByUsername`, `devicesByUpn`,
   * `devicesByEmail`, `devicesBySid`, `devicesByDeviceName`, `userByUsername`, `userByUpn`, `userByEmail`, `userBySid`,
   * `remoteActionResult`, `remoteActionResultByReference`, `dataCollectionTimes`, and each playbook's ID.
   */
  queryIds?: Record<string, string>;
  /** The tenant's own NQL IDs for the playbooks' remote actions. Keys: the playbooks' names, such as `disk_cleanup`. */
  remoteActionIds?: Record<string, string>;
  /** The NQL IDs of the only remote actions that may be triggered. Default: those that the playbooks declare. */
  allowedRemoteActions?: string[];
  /** Whether everything that changes something in the tenant is blocked. Default: false. */
  readOnly?: boolean;
  /**
   * Asks a second person before anything is triggered; only `true` triggers it. The employee has agreed already. Give
   * `remediate` a `timeoutMs` that leaves them time to answer.
   */
  approve?: (proposal: ApprovalRequest) => PromiseLike<boolean>;
  /** The language of texts for the employee, such as `en` or `de-CH`. Default: `en`. */
  locale?: string;
  /**
   * The key that signs proposals, proofs and the audit, at least 32 bytes, the same in every process; of several the first signs and all
   * verify. Default: derived from the client secret.
   */
  consentKey?: ConsentKey | readonly ConsentKey[];
  /** What the runtime lacks or a test replaces. */
  host?: Host;
  /** Short for `host.fetch`. */
  fetch?: Fetch;
  /** Allows a `clientSecret` in a browser, where everyone who opens the page can read it. Default: false. */
  dangerouslyAllowBrowser?: boolean;
}

/** The last argument of every call that waits. */
export interface CallOptions {
  /** Cancels the call: it rejects with kind `aborted`. */
  signal?: AbortSignal;
  /** How long the whole call may take, in milliseconds; a whole number from 1. Default: the client's `totalTimeoutMs`. */
  timeoutMs?: number;
  /** The W3C trace that the call's requests to the tenant belong to. */
  traceparent?: string;
}

/** The budget of a client. */
export interface ClientLimits {
  /** How many requests begin in a second, evenly spaced: up to 1000, and less than one where need be. Default: any. */
  perSecond?: number;
  /** How many requests are under way at once: 1 to 1,000. Default: 16. */
  concurrent?: number;
}

/** What a `tokenProvider` resolves with. */
export interface ProvidedToken {
  /** The bearer token. */
  accessToken: string;
  /** For how many seconds from now it holds. Without it, the provider is asked before every request. */
  expiresInSeconds?: number;
}
