// What the tests of the pages do not check, with the reasons: all of it is here. A test fails where one of them has no use any more.

/** Languages that are no code. */
export const prose = { text: "a drawing, or what a program prints" };

/** Programs that need nothing of the reader's own, and do not run in this Node. */
export const runElsewhere = [
  {
    has: /from "nexthink-chatbot\/[a-z]+\.wasm"/,
    why: "Node 20 imports no WebAssembly; tests/js/slim.test.mjs runs it",
  },
];

/** Other people's programs in blocks for a shell, by how a command begins. */
export const otherPrograms = {
  "npm init -y": "makes a project",
  curl: "fetches an address of the reader's",
  export: "sets variables",
  printf: "types the employee's words",
};
