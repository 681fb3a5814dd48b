import { api } from "nexthink-chatbot";

export default {
  fetch: () => Response.json(api.build("remoteActions.list", {}, { instance: "acme", region: "eu" }).url),
};
