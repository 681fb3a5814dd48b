// What a client is created with.

import type { ConsentKey } from "./consent-key.ts";
import type { Credentials } from "./generated/types.ts";
import type { Fetch, Host } from "./host.ts";

/** The options of `createClient`. Options that are not known are refused. */
export interface ClientOptions {
  /** The tenant's name: `acme` in `https://acme.eu.nexthink.cloud`. Letters a–z, digits and hyphens. */
  instance: string;
  /** The tenant's region: `us`, `eu`, `pac` or `meta`. */
  region: string;
  /** API credentials, made in the Nexthink administration. Keep the secret on a server. */
  credentials: Credentials;
  /** The address of the API, where it is not `https://<instance>.api.<region>.nexthink.cloud`. HTTPS, or this machine. */
  apiUrl?: string;
  /** The address of the token endpoint, where it is not the usual one. HTTPS, or this machine. */
  tokenUrl?: string;
  /** How long one request may take, in milliseconds; a whole number from 1. Default: 30,000. */
  timeoutMs?: number;
  /**
   * The tenant's own IDs for the saved queries, with their `#`. Keys: `devicesByUsername`, `devicesByUpn`,
   * `devicesByEmail`, `devicesBySid`, `devicesByDeviceName`, `remoteActionResult`, `remoteActionResultByReference`,
   * `dataCollectionTimes`, and each playbook's ID.
   */
  queryIds?: Record<string, string>;
  /** The tenant's own NQL IDs for the playbooks' remote actions. Keys: the playbooks' names, such as `disk_cleanup`. */
  remoteActionIds?: Record<string, string>;
  /** The NQL IDs of the only remote actions that may be triggered. Default: those that the playbooks recommend. */
  allowedRemoteActions?: string[];
  /** Whether everything that changes something in the tenant is blocked. Default: false. */
  readOnly?: boolean;
  /** The language of texts for the employee, such as `en` or `de-CH`. Default: `en`. */
  locale?: string;
  /**
   * The key that signs proposals, at least 32 bytes, the same in every process; of several the first signs and all
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
  /** How long the whole call may take, in milliseconds; a whole number from 1. Default: no limit of its own. */
  timeoutMs?: number;
}
