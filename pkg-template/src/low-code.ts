// Conversations on platforms that call a webhook or an action: what they send as a reply, and a turn as what they show.
// Pure functions: no platform's kit is needed, and none is loaded. The text is the conversation module's.

export {
  type BotpressInput,
  type BotpressOutput,
  botpressAction,
  fromBotpress,
  type SchemaKit,
  toBotpress,
} from "./low-code/botpress.ts";
export { type Conversing, converse } from "./low-code/converse.ts";
export {
  type DialogflowCxRequest,
  type DialogflowCxResponse,
  fromDialogflowCx,
  toDialogflowCx,
} from "./low-code/dialogflow-cx.ts";
export { fromRasa, type RasaOptions, type RasaRequest, type RasaResponse, toRasa } from "./low-code/rasa.ts";
export type { Incoming, Reply, SpokenMessage, SpokenTurn } from "./low-code/turn.ts";
