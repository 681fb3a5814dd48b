// `nexthink-chatbot/low-code` with the module that knows which characters platforms would read as marks. Its types are those
// of `../low-code.ts`.

import { content as conversation } from "wasm:conversation/module";
import {
  botpressAction as bareBotpressAction,
  converse as bareConverse,
  toBotpress as bareToBotpress,
  toDialogflowCx as bareToDialogflowCx,
  toRasa as bareToRasa,
} from "../low-code.ts";
import { bring } from "../modules.ts";
import { completed } from "./completed.ts";

export { fromBotpress, fromDialogflowCx, fromRasa } from "../low-code.ts";

const withConversation = () => bring("conversation", conversation);

export const botpressAction = /* @__PURE__ */ completed(() => bareBotpressAction, withConversation);
export const converse = /* @__PURE__ */ completed(() => bareConverse, withConversation);
export const toBotpress = /* @__PURE__ */ completed(() => bareToBotpress, withConversation);
export const toDialogflowCx = /* @__PURE__ */ completed(() => bareToDialogflowCx, withConversation);
export const toRasa = /* @__PURE__ */ completed(() => bareToRasa, withConversation);
