// NQL, playbooks, scans and directories with the modules that they need at once. A file of its own in the package, as `../definitions.ts`.

import { content as authoring } from "wasm:authoring/module";
import { content as fleet } from "wasm:fleet/module";
import {
  Directory as BareDirectory,
  createDirectory as bareCreateDirectory,
  nql as bareNql,
  playbooks as barePlaybooks,
  scan as bareScan,
} from "../definitions.ts";
import { bring } from "../modules.ts";
import { allCompleted, completed, completedClass } from "./completed.ts";

/** Asked for by what is read, not by what is called: only playbooks and NQL of one's own need it. */
const withAuthoring = () => bring("authoring", () => authoring());

/** Playbooks of one's own are compiled by the other module. */
function withFleet(): void {
  withAuthoring();
  bring("fleet", fleet);
}

export const nql = /* @__PURE__ */ allCompleted(() => bareNql, ["parse", "check", "format"], withAuthoring);
export const playbooks = /* @__PURE__ */ allCompleted(
  () => barePlaybooks,
  ["list", "content", "check", "test", "evaluate", "verdicts"],
  withFleet,
);
export const scan = /* @__PURE__ */ completed(() => bareScan, withFleet);
export const createDirectory = /* @__PURE__ */ completed(() => bareCreateDirectory, withFleet);
export const Directory = /* @__PURE__ */ completedClass(() => BareDirectory, withFleet);
