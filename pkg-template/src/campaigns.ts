// Campaigns: questions and notices on an employee's screen.

import type { Call } from "./call.ts";
import type { CampaignTrigger, TriggeredCampaign } from "./generated/types.ts";
import type { CallOptions } from "./options.ts";

/** The campaigns API. */
export interface Campaigns {
  /**
   * Sends a campaign to employees, once, within `readOnly`. The answer says for each employee whether it was sent.
   *
   * @throws NexthinkError whose `sideEffect` says whether it may have been sent
   */
  trigger(input: CampaignTrigger, options?: CallOptions): Promise<TriggeredCampaign>;
}

export function campaignsOf(call: Call): Campaigns {
  return { trigger: (input, options) => call("campaigns.trigger", input, options) };
}
