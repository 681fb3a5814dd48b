// Whether the audit that `onAudit` was given is all there. Needs no client: auditors have none.

import { type ConsentKey, consentKeysOf } from "./consent-key.ts";
import { call } from "./core.ts";
import { encode } from "./encode.ts";
import type { AuditRecord, AuditVerdict } from "./generated/types.ts";

/**
 * Looks at records of the audit, in the order in which `onAudit` was given them; those of several proposals may be mixed.
 * What was changed, removed, swapped or added is found; records that were cut off at a chain's end leave it open, which is
 * not `complete`. Of a chain that is gone as a whole nothing can be said.
 *
 * @param key the client's `consentKey`, of several all that were in use; or its client secret, where it had no
 * `consentKey`. Whoever has it could also write records.
 * @throws NexthinkError of kind `invalid` without a key
 * @example
 * ```ts
 * const { ok, complete, firstBroken } = verifyAudit(records, process.env.CONSENT_KEY);
 * ```
 */
export function verifyAudit(records: readonly AuditRecord[], key: ConsentKey | readonly ConsentKey[]): AuditVerdict {
  return call((core) => core.verifyAudit(encode({ records }), consentKeysOf(key)));
}
