// `npm run docs`: the pages in docs/, the examples' and the reference of the published types as a site, in target/site. Fails
// where a link leads nowhere.

import "./node-version.mjs";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { inSite, order } from "./docs/pages.mjs";
import { Failure, runMain } from "./failure.mjs";
import { pkg, root, target } from "./paths.mjs";
import { begin } from "./progress.mjs";
import { nodeModules } from "./setup/node-modules.mjs";

const place = join(root, "tests", "docs");
const site = join(target, "site");

await runMain(async () => {
  await build();
  const packages = nodeModules(place);
  if (!packages.isReady()) await packages.make(begin("TypeDoc: installing"));
  await makeSite();
  process.stdout.write(`The site is in ${site}: open index.html\n`);
});

async function makeSite() {
  const typedoc = await import(pathToFileURL(join(place, "node_modules", "typedoc", "dist", "index.js")).href);
  const groups = groupsOfFiles();
  const app = await typedoc.Application.bootstrapWithPlugins({
    name: "nexthink-chatbot",
    entryPoints: ["index", "simulator", "language-models", "low-code", "slim"].map((name) =>
      join(pkg, "types", `${name}.d.mts`),
    ),
    tsconfig: join(place, "tsconfig.site.json"),
    readme: join(root, "README.md"),
    projectDocuments: Object.keys(groups),
    includeVersion: true,
    includeHierarchySummary: false,
    disableSources: true,
    hideGenerator: true,
    ignoredHighlightLanguages: ["nql"],
    excludeInternal: true,
    // What is not exported has no page: `Exclude<…>` and the like say it where they are used.
    validation: { invalidLink: true, invalidPath: true, notExported: false, notDocumented: false },
    treatWarningsAsErrors: true,
    treatValidationWarningsAsErrors: true,
    navigation: { includeGroups: true },
    groupOrder: ["Guide", "Examples", "Project", "Modules", "*"],
    sort: ["source-order"],
  });
  inSite(app, groups, typedoc);
  const project = await app.convert();
  if (!project) throw new Failure("TypeDoc cannot read the package's types (see above)");
  app.validate(project);
  rmSync(site, { recursive: true, force: true });
  await app.generateDocs(project, site);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Failure("the site has faults (see above)");
}

function groupsOfFiles() {
  const pages = order(readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md")));
  // What several of them copy along has no page of its own.
  const examples = readdirSync(join(root, "js-examples"))
    .map((name) => join(root, "js-examples", name, "README.md"))
    .filter((file) => existsSync(file));
  const groups = {
    Guide: pages.map((file) => join(root, "docs", file)),
    Examples: examples.sort(),
    Project: ["CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].map((file) => join(root, file)),
  };
  return Object.fromEntries(Object.entries(groups).flatMap(([group, files]) => files.map((file) => [file, group])));
}
