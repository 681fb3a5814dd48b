// What an application does that sends its requests by itself: nothing but the core.

import { api, NexthinkError } from "nexthink-chatbot";

export async function run() {
  const { method, url } = api.build("nql.execute", { queryId: "#devices" }, { instance: "acme", region: "eu" });
  try {
    api.parse("nql.execute", { status: 403, headers: {}, body: "{}" });
  } catch (error) {
    return { method, url, kind: NexthinkError.is(error) && error.kind };
  }
}
