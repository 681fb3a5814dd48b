// `npm run set-version -- 0.2.0`: writes a version wherever one stands. The changelog is yours to write.

import "./node-version.mjs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, runMain } from "./failure.mjs";
import { root } from "./paths.mjs";
import { withVersion } from "./version-places.mjs";

await runMain(() => {
  const [version = ""] = process.argv.slice(2);
  if (!/^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/.test(version)) {
    throw new Failure(`\`${version}\` is no version: npm run set-version -- 0.2.0`);
  }
  for (const { file, text } of withVersion(version)) writeFileSync(join(root, file), text);
  process.stdout.write(`The version is ${version}. Now give CHANGELOG.md its heading, [${version}] and the day.\n`);
});
