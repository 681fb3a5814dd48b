// Which Durable Object is whose.

/** The conversation of an employee. Accounts' names know no case. */
export const conversationOf = ({ CONVERSATIONS }, { username }) =>
  CONVERSATIONS.get(CONVERSATIONS.idFromName(username.toLowerCase()));
