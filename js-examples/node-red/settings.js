// Node-RED's settings: what a function node may load, where the node of this example is, and who is asking.

const { randomBytes } = require("node:crypto");
const { join } = require("node:path");

const { PORT = "1880", CHAT_KEY = randomBytes(16).toString("hex") } = process.env;
if (!process.env.CHAT_KEY) console.log(`CHAT_KEY is not set; for now it is ${CHAT_KEY}`);

// The flow names them: without a tenant they are empty, and it is simulated.
const tenant = ["INSTANCE", "REGION", "CLIENT_ID", "CLIENT_SECRET", "API_URL", "TOKEN_URL"];
for (const name of tenant) process.env[`NEXTHINK_${name}`] ??= "";

module.exports = {
  uiHost: "127.0.0.1",
  uiPort: Number(PORT),
  flowFile: "flows.json",
  // What the credentials of nodes are encrypted with; without it Node-RED makes one up, and keeps it beside the flow.
  credentialSecret: process.env.NODE_RED_CREDENTIAL_SECRET,
  nodesDir: [join(__dirname, "node-red-nexthink")],
  functionExternalModules: true,
  externalModules: { autoInstall: false, modules: { allowInstall: false } },
  telemetry: { enabled: false },
  editorTheme: { tours: false },
  /**
   * Who is asking: as the server behind your chat says it, which has signed them in and has the key. Here is the only place that
   * knows; what they write is never asked.
   */
  httpNodeMiddleware(request, response, next) {
    const username = request.get("x-employee");
    const isKnown = request.get("authorization") === `Bearer ${CHAT_KEY}` && username;
    if (!isKnown) return response.status(401).json({ error: "nobody is signed in" });
    request.employee = { username };
    return next();
  },
};
