// The package as it is built in pkg/, and a client of it for the benchmarks' tenant.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "../../scripts/failure.mjs";
import { pkg } from "../../scripts/paths.mjs";

/** As Node resolves an `import`. */
const entry = join(pkg, "index.node.mjs");

/** @throws Failure where nothing has been built */
export function requirePackage() {
  if (!existsSync(entry)) throw new Failure("pkg/ is not built: npm run build");
}

/** What the package exports. */
export const packageUnderTest = () => import(pathToFileURL(entry).href);

/** A client whose hosts are the tenant; `host` replaces functions of the runtime. */
export async function clientOf(url, host = {}) {
  const { createClient } = await packageUnderTest();
  return createClient({
    instance: "acme",
    region: "eu",
    credentials: { clientId: "benchmark", clientSecret: "not a secret" },
    apiUrl: url,
    tokenUrl: `${url}/token`,
    host,
  });
}
