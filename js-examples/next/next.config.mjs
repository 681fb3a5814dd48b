// Turbopack reads nothing outside of this folder: here it may, for `../stores` and `../service-desk`. Where you have copied those, this file can go.

import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export default { turbopack: { root }, outputFileTracingRoot: root };
