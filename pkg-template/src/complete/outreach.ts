// The plan of messages with the module that makes it. A file of its own in the package, as `../outreach.ts`.

import { content as proactive } from "wasm:proactive/module";
import { bring } from "../modules.ts";
import { planOutreach as barePlanOutreach } from "../outreach.ts";
import { completed } from "./completed.ts";

export const planOutreach = /* @__PURE__ */ completed(
  () => barePlanOutreach,
  () => bring("proactive", proactive),
);
