// The six steps, and how far the conversation has come.

import { byId, element } from "./element.mjs";
import { steps } from "./stage.mjs";

const explained = {
  identify: "whose device",
  diagnose: "rules and values",
  propose: "and wait for a yes",
  remediate: "at most once",
  "follow up": "to its end",
  verify: "did it help?",
};

export function stepsView() {
  const entries = steps.map((name) => element("li", {}, element("b", {}, name), element("small", {}, explained[name])));
  byId("steps").replaceChildren(...entries);
  function draw(current, isOver = false) {
    entries.forEach((entry, position) => {
      entry.className = position < current || isOver ? "done" : position === current ? "current" : "";
      if (entry.className === "current") entry.setAttribute("aria-current", "step");
      else entry.removeAttribute("aria-current");
    });
  }
  return { clear: () => draw(-1), show: (step) => draw(steps.indexOf(step)), end: () => draw(steps.length, true) };
}
