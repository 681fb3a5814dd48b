// Enrichment: fields of devices, employees, binaries and packages that the tenant gets from elsewhere.

import type { Call } from "./call.ts";
import type { EnrichmentRequest, EnrichmentResult } from "./generated/types.ts";
import type { CallOptions } from "./options.ts";

/** The enrichment API. */
export interface Enrichments {
  /**
   * Writes fields, once, within `readOnly`. Where some objects could not be written, the result names them.
   *
   * @throws NexthinkError where nothing was written, or nobody knows: see its `sideEffect`
   */
  write(input: EnrichmentRequest, options?: CallOptions): Promise<EnrichmentResult>;
}

export function enrichmentsOf(call: Call): Enrichments {
  return { write: (input, options) => call("enrichment.write", input, options) };
}
