// What a client has in the core: made of its options when it is created, and again wherever the core was started anew.

import type { ClientCore } from "wasm:core/glue";
import { refuseInBrowser } from "./browser.ts";
import { consentKeysOf } from "./consent-key.ts";
import { call, perInstance } from "./core.ts";
import { encode } from "./encode.ts";
import { checked } from "./host.ts";
import { memoryOf } from "./memory.ts";
import type { ClientOptions } from "./options.ts";
import { Runtime } from "./runtime.ts";

/**
 * @param onMade is told each time: a new one has none of the user's own playbooks
 * @throws NexthinkError of kind `invalid` for an option that is missing, unknown or breaks its rule
 */
export function clientCoreOf(
  options: ClientOptions,
  onMade: () => void,
): { core: () => ClientCore; runtime: () => Runtime } {
  const { host, fetch, tokenProvider, approve, store, directory, onEvent, onAudit, ...rest } = options;
  const { consentKey, dangerouslyAllowBrowser, playbooks, ...data } = rest;
  if (data.credentials?.clientSecret && dangerouslyAllowBrowser !== true) refuseInBrowser();
  return call(() => {
    const settings = encode({
      ...data,
      tokenProvider: Boolean(tokenProvider),
      approve: approve !== undefined,
      store: Boolean(store),
      storeAtomic: store?.atomic === true,
      directory: Boolean(directory),
    });
    const ours = { ...host, ...(fetch && { fetch }) };
    const given = checked({ host: ours, tokenProvider, approve, store, directory, onEvent, onAudit });
    const own = encode({ playbooks: playbooks ?? [] });
    const keys = consentKeysOf(consentKey);
    const runtime = perInstance((_, instance) => new Runtime(given, instance));
    const core = perInstance((glue, instance) => {
      const lostAt = instance.isFirst ? undefined : runtime().now();
      const memory = memoryOf(ours.fetch, instance, () => new glue.MemoryCore(lostAt));
      onMade();
      return new glue.ClientCore(settings, keys, runtime(), own, memory);
    });
    // What is wrong with the options is told now.
    core();
    return { core, runtime };
  });
}
