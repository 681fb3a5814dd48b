// The two functions under test, as the package gives them.

export { readReply, render } from "nexthink-chatbot";
