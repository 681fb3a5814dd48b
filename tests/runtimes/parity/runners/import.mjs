// The scenario where the package is imported by its name: Node, Deno, Bun.

import * as main from "nexthink-chatbot";
import * as simulator from "nexthink-chatbot/simulator";
import { scenario } from "../scenario.mjs";
import { vectors } from "../vectors.mjs";

console.log(await scenario({ main, simulator }, vectors));
