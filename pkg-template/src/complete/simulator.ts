// `nexthink-chatbot/simulator` with its module. Its types are those of `../simulator.ts`.

import { content as simulator } from "wasm:simulator/module";
import { bring } from "../modules.ts";
import { createSimulator as bareCreateSimulator } from "../simulator.ts";
import { completed } from "./completed.ts";

export const createSimulator = /* @__PURE__ */ completed(
  () => bareCreateSimulator,
  () => bring("simulator", simulator),
);
