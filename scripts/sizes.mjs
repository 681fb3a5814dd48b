// `npm run sizes`: what the package weighs; `npm run sizes -- core`: what in that module does, by Rust function.

import { functionSizes } from "./build/function-sizes.mjs";
import { sizeTable } from "./build/sizes.mjs";
import { build } from "./build.mjs";
import { runMain } from "./failure.mjs";

await runMain(async () => {
  const modules = process.argv.slice(2);
  await build();
  if (modules.length === 0) process.stdout.write(sizeTable());
  for (const module of modules) process.stdout.write(await functionSizes(module));
});
