// On Node.

export { chat as POST } from "../../../lib/chat.js";

export const runtime = "nodejs";
