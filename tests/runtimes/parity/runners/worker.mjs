// The scenario in a Cloudflare Worker.

import * as main from "nexthink-chatbot";
import * as simulator from "nexthink-chatbot/simulator";
import { scenario } from "../scenario.mjs";
import { vectors } from "../vectors.mjs";

export default {
  async fetch() {
    try {
      return new Response(await scenario({ main, simulator }, vectors));
    } catch (error) {
      return new Response(String(error.stack), { status: 500 });
    }
  },
};
