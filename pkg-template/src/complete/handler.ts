// The steps as a service, with the module that renders its turns. A file of its own in the package, as `../handler.ts`.

import { content as conversation } from "wasm:conversation/module";
import { createHandler as bareCreateHandler } from "../handler.ts";
import { bring } from "../modules.ts";
import { completed } from "./completed.ts";

export const createHandler = /* @__PURE__ */ completed(
  () => bareCreateHandler,
  () => bring("conversation", conversation),
);
