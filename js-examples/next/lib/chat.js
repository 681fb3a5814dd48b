// A turn of the conversation, in whichever runtime.

import { after } from "next/server";
import { NexthinkError } from "nexthink-chatbot";
import { converse } from "nexthink-chatbot/low-code";
import { handOverTo } from "../../service-desk/hand-over.mjs";
import { employeeOf } from "./employee.js";
import { nexthink } from "./tenant.js";

/** So long somebody waits before a page, in milliseconds; then it asks again. */
const budgetMs = 5_000;

const handOver = handOverTo(process.env.SERVICE_DESK_URL);

export async function chat(request) {
  const employee = await employeeOf(request);
  // Another site's request would have the employee's cookie, too.
  if (!employee || request.headers.get("sec-fetch-site") !== "same-origin")
    return refusal(403, "nobody has signed in here");
  try {
    const { state, reply } = (await request.json()) ?? {};
    // What is under way when the answer is sent goes on: an instance may end with it.
    const turn = await converse(nexthink.assistant(), { employee, state, reply, budgetMs, waitUntil: after });
    await handOver(turn);
    return Response.json({ ...turn, escalation: undefined });
  } catch (error) {
    if (error instanceof SyntaxError || NexthinkError.is(error)) return refusal(400, error.message);
    throw error;
  }
}

const refusal = (status, error) => Response.json({ error }, { status });
