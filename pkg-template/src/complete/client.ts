// The client with its modules: the core, and what most clients never need, loaded when they do. A file of its own in the
// package: what it can load, some bundlers keep for everyone who has the file.

import { content as core } from "wasm:core/module";
import { createClient as bareCreateClient } from "../client.ts";
import { bring, bringLater } from "../modules.ts";
import { completed } from "./completed.ts";

export const createClient = /* @__PURE__ */ completed(
  () => bareCreateClient,
  () => {
    bring("core", core);
    bringLater("authoring", () => import("wasm:authoring/module"));
    bringLater("conversation", () => import("wasm:conversation/module"));
    bringLater("proactive", () => import("wasm:proactive/module"));
  },
);
