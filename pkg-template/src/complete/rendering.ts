// Turns in the formats of platforms, and the check of a host's own words, with the module. A file of its own in the package,
// as `../rendering.ts`.

import { content as conversation } from "wasm:conversation/module";
import { checkWording as bareCheckWording } from "../check-wording.ts";
import { bring } from "../modules.ts";
import { readReply as bareReadReply, render as bareRender } from "../rendering.ts";
import { completed } from "./completed.ts";

const withConversation = () => bring("conversation", conversation);

export const checkWording = /* @__PURE__ */ completed(() => bareCheckWording, withConversation);
export const readReply = /* @__PURE__ */ completed(() => bareReadReply, withConversation);
export const render = /* @__PURE__ */ completed(() => bareRender, withConversation);
