// The default entry: everything but the simulated tenant, with the modules. Its types are those of `../index.ts`.

import { content as core } from "wasm:core/module";
import { bring, bringLater } from "../modules.ts";
import { api as bareApi, createClient as bareCreateClient, verifyAudit as bareVerifyAudit } from "../slim.ts";
import { allCompleted, completed } from "./completed.ts";

export { NexthinkError } from "../slim.ts";
export { nql, playbooks, scan } from "./definitions.ts";
export { createHandler } from "./handler.ts";
export { readReply, render } from "./rendering.ts";

const withCore = () => bring("core", core);

/** What a client may come to need, and most never do. */
function withClient(): void {
  withCore();
  bringLater("authoring", () => import("wasm:authoring/module"));
  bringLater("conversation", () => import("wasm:conversation/module"));
}

export const api = /* @__PURE__ */ allCompleted(bareApi, withCore);
export const createClient = /* @__PURE__ */ completed(bareCreateClient, withClient);
export const verifyAudit = /* @__PURE__ */ completed(bareVerifyAudit, withCore);
