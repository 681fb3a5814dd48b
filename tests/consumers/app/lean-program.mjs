// The application as a program: for a page, which reads `told`, and for Node, which prints it.

import { run } from "./lean.mjs";

globalThis.told = run().then(JSON.stringify, (error) => `failed: ${error.stack}`);
globalThis.told.then((text) => console.log(text));
