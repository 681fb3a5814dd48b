// Puts the code into the workflow that n8n imports: `npm run workflow`.

import { writeFileSync } from "node:fs";
import { codeNode } from "./code-node.mjs";

const [, body] = /^[^\n]*\{\n([\s\S]*)\}$/.exec(codeNode.toString());
const jsCode = body.replace(/^ {2}/gm, "");
const link = (node) => ({ node, type: "main", index: 0 });

const workflow = {
  id: "nexthink",
  name: "Nexthink: a conversation that repairs a device",
  nodes: [
    {
      id: "message",
      name: "A message of an employee",
      type: "n8n-nodes-base.webhook",
      typeVersion: 2,
      position: [0, 0],
      webhookId: "5b0a0b7c-2f0e-4a53-9b0e-6e6578746869",
      parameters: {
        httpMethod: "POST",
        path: "nexthink",
        // A credential of kind Header Auth: only the server behind your chat has it.
        authentication: "headerAuth",
        responseMode: "responseNode",
        options: {},
      },
    },
    {
      id: "turn",
      name: "A turn of the conversation",
      type: "n8n-nodes-base.code",
      typeVersion: 2,
      position: [240, 0],
      parameters: { mode: "runOnceForAllItems", language: "javaScript", jsCode },
      // What the code throws is answered, too.
      onError: "continueErrorOutput",
    },
    {
      id: "answer",
      name: "What to say",
      type: "n8n-nodes-base.respondToWebhook",
      typeVersion: 1,
      position: [480, -80],
      parameters: { respondWith: "json", responseBody: "={{ JSON.stringify($json) }}", options: {} },
    },
    {
      id: "failed",
      name: "It failed",
      type: "n8n-nodes-base.respondToWebhook",
      typeVersion: 1,
      position: [480, 80],
      parameters: {
        respondWith: "json",
        responseBody: "={{ JSON.stringify({ error: $json.error }) }}",
        options: { responseCode: 500 },
      },
    },
  ],
  connections: {
    "A message of an employee": { main: [[link("A turn of the conversation")]] },
    "A turn of the conversation": { main: [[link("What to say")], [link("It failed")]] },
  },
  settings: { executionOrder: "v1" },
  active: false,
};

const file = new URL("workflow.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(workflow, undefined, 2)}\n`);
