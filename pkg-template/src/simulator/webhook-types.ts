// Webhooks of a simulated tenant: how one is configured, and what it sends.

/**
 * A webhook. `{{column}}` in `resource` and `payload` stands for a column that the query lists, by the name that it was
 * listed by or the full one.
 */
export interface SimulatedWebhook {
  /** What it is called; no two have the same name. A tenant has at most 50. */
  name: string;
  /**
   * NQL: one of the tables `campaign.responses`, `device_performance.boots`, `.hard_resets`, `.system_crashes`,
   * `execution.crashes`, `remote_action.executions`, `session.events`, `session.logins` and `workflow.executions`
   * without a time, then `where` as often as needed and a `list`. What takes time is seen once, when it has ended.
   */
  query: string;
  /** Default: `POST`. */
  method?: "POST" | "PUT" | "PATCH";
  /** Where to: the address that belongs to the credential, with `http://` or `https://`. */
  url: string;
  /** What follows the address; its values are percent-encoded. Default: nothing. */
  resource?: string;
  /**
   * The body. Where it is JSON it stays so whatever a value is: inside quotation marks a value is escaped, outside it
   * is written as JSON. Any other text takes values as they are.
   */
  payload: string;
  /** What is sent as `authorization`. Default: nothing. */
  credential?:
    | { type: "none" }
    | { type: "basic"; username: string; password: string }
    | { type: "bearer"; token: string };
}

/** One request of a webhook. */
export interface WebhookDelivery {
  /** The webhook's name. */
  webhook: string;
  /** When it was due, by the tenant's clock, in UTC. */
  at: string;
  method: "POST" | "PUT" | "PATCH";
  /** The address with the resource. */
  url: string;
  /** The header fields, with the credential's. */
  headers: [name: string, value: string][];
  /** The payload. */
  body: string;
}
