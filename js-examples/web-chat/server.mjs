// The server of the page: it has the client and its secrets, and makes the turns. Of a conversation it keeps nothing: where that
// stands is in the page, sealed, so that any process can make the next turn, and nobody can alter it.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { NexthinkError } from "nexthink-chatbot";
import { converse } from "nexthink-chatbot/low-code";

const files = {
  "/": { name: "index.html", type: "text/html; charset=utf-8" },
  "/chat.mjs": { name: "chat.mjs", type: "text/javascript; charset=utf-8" },
  "/style.css": { name: "style.css", type: "text/css; charset=utf-8" },
};

/** What the page may do: nothing but what it does. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** So long somebody looks at three dots, in milliseconds; then the page asks again. */
const budgetMs = 5_000;

/** A state is below 4 KB, and nobody writes a novel. */
const longest = 32_768;

/**
 * @param {object} options
 * @param options.nexthink the client
 * @param {(turn: object) => Promise<void>} options.handOver hands over to the service desk
 * @param {(request: import("node:http").IncomingMessage) => object | undefined} options.employeeOf who is there, as the host has
 * authenticated them
 */
export function serverFor({ nexthink, handOver, employeeOf }) {
  const assistant = nexthink.assistant();

  async function chat(request) {
    const employee = employeeOf(request);
    if (!employee) return { status: 403, body: { error: "nobody has signed in" } };
    // Only this page: another site's would be sent with the employee's session all the same.
    if (request.headers["sec-fetch-site"] !== "same-origin")
      return { status: 403, body: { error: "from another site" } };
    const { state, reply } = JSON.parse(await textOf(request)) ?? {};
    const turn = await converse(assistant, { employee, state, reply, budgetMs });
    await handOver(turn);
    return { status: 200, body: { ...turn, escalation: undefined } };
  }

  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = request.method === "GET" && files[pathname];
    response.setHeader("content-security-policy", policy);
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("cache-control", "no-store");
    if (file) {
      response.setHeader("content-type", file.type).end(await readFile(new URL(`page/${file.name}`, import.meta.url)));
    } else if (request.method === "POST" && pathname === "/chat") {
      const { status, body } = await chat(request).catch(problem);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    } else {
      response.writeHead(404).end();
    }
  });
}

async function textOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longest) throw new SyntaxError("the body is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function problem(error) {
  if (error instanceof SyntaxError || NexthinkError.is(error)) return { status: 400, body: { error: error.message } };
  console.error(error);
  return { status: 500, body: { error: "the chat has failed" } };
}
