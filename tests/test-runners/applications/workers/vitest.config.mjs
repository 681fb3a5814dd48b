import { fileURLToPath } from "node:url";
import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The folder with the node_modules that hold the package, as in a user's project: elsewhere the pool finds no wasm file.
  root: fileURLToPath(new URL("..", import.meta.url)),
  plugins: [cloudflareTest({ wrangler: { configPath: fileURLToPath(new URL("wrangler.json", import.meta.url)) } })],
  test: { include: ["workers/*.spec.mjs"] },
});
