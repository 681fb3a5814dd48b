// How webhooks are taken, and what of it can be found wrong before the first one comes and the module that reads them is there.

import { encodeText } from "./encode.ts";
import { invalid } from "./errors.ts";
import type { Run, WebhookKind } from "./generated/types.ts";
import { wholeNumber } from "./whole-number.ts";

/** How webhooks are taken. Options that are not known are refused. */
export interface WebhookOptions {
  /**
   * What the sender proves itself by, of at least 16 bytes: the token (`Bearer`) or the password (`Basic`, with any name) of
   * the tenant's connector credential. One that begins with `whsec_` is never sent: it signs, as Standard Webhooks has it,
   * where a gateway does so. While you change it, a list: any of them will do.
   */
  secret: string | readonly string[];
  /** The name of a header that holds a secret as it is, where a gateway sends one, such as `x-webhook-secret`. */
  header?: string;
  /** How payloads are read. Default: a JSON object whose names are ours, as the ready templates have them, or columns. */
  template?: string | WebhookPayloadTemplate;
  /** How old an event may be until it is `stale`, in milliseconds. Default: an hour. */
  maxAgeMs?: number;
  /** The largest payload that is read, in bytes: a whole number from 1,024. Default: 1,048,576. */
  maxBodyBytes?: number;
  /** Runs that you keep yourself, one of which it may be about. Those of this client are found without. */
  runs?: readonly Run[];
}

/** How payloads are read that have names of their own. */
export interface WebhookPayloadTemplate {
  /** What such webhooks are about. Default: what their `kind` says, or what their fields tell. */
  kind?: WebhookKind;
  /**
   * The payload as the administrator has written it, with its `{{placeholders}}`; `template` may be this text alone. JSON is
   * read by where they stand. In other text values are told by what is written between them: a payload in which that could
   * be cut in more than one way is refused.
   */
  payload?: string;
  /** Where each field stands in a payload of JSON: the name of a property, or a JSON pointer such as `/device/name`. */
  fields?: Readonly<Record<string, string>>;
}

/**
 * Checks all but what only the module can tell: the name of a header, the base64 of a secret that signs, what a template says.
 *
 * @param place what comes before the options' names in an error, such as `webhook.`
 * @throws NexthinkError of kind `invalid`
 */
export function checkWebhookOptions(options: WebhookOptions | null | undefined, place = ""): void {
  const { secret, header, template, maxAgeMs, maxBodyBytes, runs, ...unknown } = options ?? ({} as WebhookOptions);
  const [name] = Object.keys(unknown);
  // A misspelt limit would be none, without a word.
  if (name !== undefined) throw invalid(`\`${place}${name}\` is no option of a webhook`, `give ${known.join(", ")}`);
  const secrets: readonly unknown[] = secret == null ? [] : [secret].flat();
  if (secrets.length === 0) {
    const hint = "give the secret of the tenant's connector credential; while you change it, a list of both";
    throw invalid(`there is no \`${place}secret\`: anybody could send webhooks`, hint);
  }
  if (secrets.some((one) => typeof one !== "string" || encodeText(one).length < shortest)) {
    const hint = "take 32 random bytes as text, or a list of such texts";
    throw invalid(`\`${place}secret\` is no text of at least ${shortest} bytes, and could be guessed`, hint);
  }
  if (header != null && typeof header !== "string") {
    throw invalid(`\`${place}header\` is no text`, "give the name of a header, such as `x-webhook-secret`");
  }
  if (template != null && typeof template !== "string" && (typeof template !== "object" || Array.isArray(template))) {
    const hint = "give the payload as it was written, or `{ kind, fields }`";
    throw invalid(`\`${place}template\` is neither text nor an object`, hint);
  }
  if (maxAgeMs != null) wholeNumber(`${place}maxAgeMs`, maxAgeMs, 0, 0xffffffff);
  if (maxBodyBytes != null) wholeNumber(`${place}maxBodyBytes`, maxBodyBytes, 1024, 0x7fffffff);
  if (runs !== undefined && !Array.isArray(runs)) {
    throw invalid(`\`${place}runs\` is no list`, "pass runs as `remediate` and `progress` give them");
  }
}

const known = ["secret", "header", "template", "maxAgeMs", "maxBodyBytes", "runs"];

/** Fewer bytes can be guessed. */
const shortest = 16;
