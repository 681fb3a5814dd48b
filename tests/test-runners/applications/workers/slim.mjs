import core from "nexthink-chatbot/core.wasm";
import { api, init } from "nexthink-chatbot/slim";

init(core);

export default {
  fetch: () => Response.json(api.build("remoteActions.list", {}, { instance: "acme", region: "eu" }).url),
};
