// On the edge, where WebAssembly is not compiled at run time: the package comes with files for that.

export { chat as POST } from "../../../lib/chat.js";

export const runtime = "edge";
