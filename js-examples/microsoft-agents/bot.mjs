// The assistant in a personal chat of Teams, whichever SDK lies between: what comes in, and what goes out by itself.

import { readReply, render } from "nexthink-chatbot";
import { Talks } from "../talks/talks.mjs";

/**
 * @param {object} options
 * @param options.nexthink the client
 * @param options.sleep waits so many milliseconds
 * @param options.handOver hands over to the service desk
 * @param {(context: object) => Promise<object | undefined>} options.employeeOf who is writing
 * @param {(place: object, activity: object) => Promise<unknown>} options.send sends to where a conversation is, at any time
 * @returns what an adapter calls with a message: its context, and the place that `send` takes
 */
export function botFor({ nexthink, sleep, handOver, employeeOf, send }) {
  const say = (place, turn) => send(place, cardOf(turn));
  const talks = new Talks({ assistant: nexthink.assistant(), say, handOver, sleep });

  return async function onMessage(context, place) {
    const { activity } = context;
    // What others can read is no place for this.
    if (activity.conversation.conversationType !== "personal") {
      return context.sendActivity("Please write to me in a chat of our own.");
    }
    const employee = await employeeOf(context);
    if (!employee) return context.sendActivity("I only know people of this company.");
    // Words, or the button of a card. Teams waits for 15 seconds; a turn takes at most ten.
    await talks.hear(activity.conversation.id, { employee, place }, readReply("adaptive-card", activity));
  };
}

const cardOf = (turn) => ({
  type: "message",
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: render(turn, "adaptive-card") }],
});
