// What the chat platform hands over of an employee's answer, before anything is done with it.

const isText = (given) => typeof given === "string" && given.trim() !== "";

/** What is wrong with `{ id, employee: { username }, text }`, or `choice` in place of `text`; nothing where it can be taken. */
export function wrongInReply(given) {
  if (typeof given !== "object" || given === null) return "the body is no JSON object";
  const { id, employee, text, choice } = given;
  if (!isText(id)) return "`id` is not the message's, as text";
  if (!isText(employee?.username)) return "`employee.username` is not the name of an account, as text";
  if (!isText(choice || text)) return "neither `text` nor `choice` is what the employee has answered, as text";
  return undefined;
}
