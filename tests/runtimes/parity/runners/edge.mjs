// The scenario in an edge function.

import * as main from "nexthink-chatbot";
import * as simulator from "nexthink-chatbot/simulator";
import { scenario } from "../scenario.mjs";
import { vectors } from "../vectors.mjs";

async function answer() {
  try {
    return new Response(await scenario({ main, simulator }, vectors));
  } catch (error) {
    return new Response(String(error.stack), { status: 500 });
  }
}

addEventListener("fetch", (event) => event.respondWith(answer()));
