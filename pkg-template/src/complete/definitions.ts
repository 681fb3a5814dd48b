// NQL, playbooks and scans with the modules that they need at once. A file of its own in the package, as `../definitions.ts`.

import { content as authoring } from "wasm:authoring/module";
import { content as fleet } from "wasm:fleet/module";
import { nql as bareNql, playbooks as barePlaybooks, scan as bareScan } from "../definitions.ts";
import { bring } from "../modules.ts";
import { allCompleted, completed } from "./completed.ts";

const withAuthoring = () => bring("authoring", authoring);

/** Playbooks of one's own are compiled by the other module. */
function withFleet(): void {
  withAuthoring();
  bring("fleet", fleet);
}

export const nql = /* @__PURE__ */ allCompleted(bareNql, withAuthoring);
export const playbooks = /* @__PURE__ */ allCompleted(barePlaybooks, withFleet);
export const scan = /* @__PURE__ */ completed(bareScan, withFleet);
