// The conversation as a handler of AWS Lambda: an event of API Gateway (HTTP API) or of a function URL, which look alike, or a
// follow-up that was scheduled. Nothing is kept between two invocations but the client.

import { NexthinkError } from "nexthink-chatbot";
import { converse } from "nexthink-chatbot/low-code";

/** API Gateway waits for 29 seconds; a person should not. */
const budgetMs = 8_000;

/**
 * @param nexthink the client. Made once, outside of the handler: warm invocations find its token and its directory as they were
 * @param {(turn: object) => Promise<void>} handOver hands over to the service desk
 * @param {(event: object) => object | undefined} employeeOf who is asking, as AWS has authenticated them
 */
export function handlerFor(nexthink, handOver, employeeOf) {
  const assistant = nexthink.assistant();

  /** A turn as the employee is shown it, once the service desk has what it is to have. */
  async function shown({ escalation, ...turn }) {
    await handOver({ escalation, ...turn });
    return turn;
  }

  return async function handler(event) {
    // A schedule invokes the function itself, which IAM allows to nobody else; what comes over HTTP has a `requestContext`.
    if (event.followUp && !event.requestContext) {
      return shown(await converse(assistant, { state: event.followUp.state, budgetMs }));
    }

    const employee = employeeOf(event);
    if (!employee) return answer(403, { error: "nobody has said who is asking" });
    try {
      const { state, text, choice } = JSON.parse(bodyOf(event)) ?? {};
      const reply = choice ? { choice } : text ? { text } : undefined;
      // Begins, goes on, or, with a state and no reply, looks what has become of it. Another employee's state is refused.
      return answer(200, await shown(await converse(assistant, { employee, state, reply, budgetMs })));
    } catch (error) {
      if (error instanceof SyntaxError) return answer(400, { error: "the body is no JSON" });
      if (!NexthinkError.is(error)) throw error;
      return answer(400, { error: error.message });
    }
  };
}

const bodyOf = ({ body = "{}", isBase64Encoded }) => (isBase64Encoded ? Buffer.from(body, "base64").toString() : body);

const answer = (statusCode, body) => ({
  statusCode,
  headers: { "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify(body),
});
