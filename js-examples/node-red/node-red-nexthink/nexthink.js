// Two nodes: a tenant, whose credentials Node-RED keeps encrypted, and a conversation with one employee at a time.

const { createClient } = require("nexthink-chatbot");
const { converse } = require("nexthink-chatbot/low-code");
const { createSimulator } = require("nexthink-chatbot/simulator");

module.exports = (RED) => {
  function Tenant(settings) {
    RED.nodes.createNode(this, settings);
    const { instance, region, apiUrl, tokenUrl } = settings;
    const addresses = { ...(apiUrl && { apiUrl }), ...(tokenUrl && { tokenUrl }) };
    const { clientId, clientSecret } = this.credentials;
    this.nexthink = createClient(
      instance
        ? { instance, region, ...addresses, credentials: { clientId, clientSecret } }
        : createSimulator({ speed: 60 }).client,
    );
  }
  RED.nodes.registerType("nexthink-tenant", Tenant, {
    credentials: { clientId: { type: "text" }, clientSecret: { type: "password" } },
  });

  function Conversation(settings) {
    RED.nodes.createNode(this, settings);
    const { tenant, locale } = settings;
    const assistant = RED.nodes.getNode(tenant)?.nexthink?.assistant({ locale: locale || "en" });
    this.on("input", async (msg, send, done) => {
      try {
        if (!assistant) throw new Error("no tenant is chosen");
        if (!msg.employee)
          throw new Error("`msg.employee` is missing: who is asking, as your flow has authenticated them");
        // Node-RED reads a dot in a key as a path.
        const key = `of${Buffer.from(JSON.stringify(msg.employee)).toString("hex")}`;
        const { text, choice } = msg.payload ?? {};
        const reply = choice ? { choice } : text ? { text } : undefined;
        const state = this.context().get(key);
        const turn = await converse(assistant, { employee: msg.employee, reply, state, budgetMs: 10_000 });
        this.context().set(key, turn.state);
        const { messages, status, resumeAfterMs, escalation } = turn;
        send([{ ...msg, payload: { messages, status, resumeAfterMs } }, escalation && { payload: escalation }]);
        done();
      } catch (error) {
        // For a Catch node: without one, whoever waits for an HTTP response waits for ever.
        done(error);
      }
    });
  }
  RED.nodes.registerType("nexthink-conversation", Conversation);
};
