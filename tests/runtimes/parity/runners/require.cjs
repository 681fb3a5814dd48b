// The scenario where the package is required.

const main = require("nexthink-chatbot");
const simulator = require("nexthink-chatbot/simulator");

Promise.all([import("../scenario.mjs"), import("../vectors.mjs")])
  .then(([{ scenario }, { vectors }]) => scenario({ main, simulator }, vectors))
  .then((said) => console.log(said));
