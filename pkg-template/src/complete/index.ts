// The default entry: everything but the simulated tenant, with the modules. Its types are those of `../index.ts`.

import { content as core } from "wasm:core/module";
import { bring } from "../modules.ts";
import { toNodeListener as bareToNodeListener } from "../node-listener.ts";
import { api as bareApi, verifyAudit as bareVerifyAudit } from "../slim.ts";
import { allCompleted, completed } from "./completed.ts";

export { NexthinkError } from "../errors.ts";
export { createClient } from "./client.ts";
export { createDirectory, Directory, nql, playbooks, scan } from "./definitions.ts";
export { createHandler } from "./handler.ts";
export { planOutreach } from "./outreach.ts";
export { checkWording, readReply, render } from "./rendering.ts";

const withCore = () => bring("core", core);

export const api = /* @__PURE__ */ allCompleted(() => bareApi, ["build", "parse"], withCore);
export const verifyAudit = /* @__PURE__ */ completed(() => bareVerifyAudit, withCore);
export const toNodeListener = /* @__PURE__ */ completed(() => bareToNodeListener);
