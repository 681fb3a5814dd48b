import { repair } from "../repair.mjs";

export default { fetch: async () => Response.json(await repair()) };
