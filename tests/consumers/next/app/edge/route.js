import { run } from "../../../app/whole.mjs";

export const runtime = "edge";

export const dynamic = "force-dynamic";

export const GET = async () => Response.json({ runtime: typeof globalThis.EdgeRuntime, told: await run() });
