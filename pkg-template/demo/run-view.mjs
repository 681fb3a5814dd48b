// The run of a remote action: its states on a time line that grows while it runs, and the four things that can be true
// of it. All of it comes from the audit that the client keeps.

import { byId, element, span } from "./element.mjs";

const ends = new Set(["succeeded", "failed", "expired", "cancelled"]);

const titles = {
  proposed: "Proposed",
  sent: "Agreed to, and sent once",
  accepted: "Accepted",
  lost: "Answer lost: never sent again",
  waiting: "Waits for the device",
  running: "Runs on the device",
  succeeded: "Succeeded",
  failed: "Failed",
  expired: "Expired",
  cancelled: "Cancelled",
  verified: "Verified",
  solved: "The employee was asked",
  denied: "Declined",
  refused: "Refused",
};

/** How often the last state grows, in milliseconds. */
const tick = 200;

export function runView() {
  const [place, truths] = ["run", "truths"].map(byId);
  let events = [];
  let bar;
  let clock;
  setInterval(() => grow(), tick);

  /** The last state lasts until now, as long as it is not the end. */
  function grow() {
    const last = bar?.lastElementChild;
    if (last && !ends.has(last.dataset.state)) last.style.flexGrow = clock() - Number(last.dataset.since);
  }

  function draw() {
    const sent = events.findLastIndex(({ event }) => event === "sent");
    // Another proposal begins another run.
    const states = sent < 0 ? [] : events.slice(sent);
    bar = element("div", { class: "line", "aria-hidden": "true" }, ...segmentsOf(states));
    const begun = at((sent < 0 ? events : states)[0]);
    const list = events.map((record) => {
      const since = sent < 0 || events.indexOf(record) < sent ? "" : `+${span(at(record) - begun)}`;
      return element(
        "li",
        { "data-state": stateOf(record) },
        element(
          "b",
          {},
          record === events.at(-1) && record.event === "proposed" ? "Proposed: waits for a yes" : titleOf(record),
        ),
        element("small", {}, since || nameOf(record)),
      );
    });
    place.replaceChildren(bar, element("ol", { class: "events" }, ...list));
    grow();
  }

  return {
    clear(now) {
      clock = now;
      events = [];
      bar = undefined;
      truths.replaceChildren();
      place.replaceChildren(
        element(
          "p",
          { class: "nothing" },
          "A remote action, from the proposal to the end. It is sent after a yes, and at most once.",
        ),
      );
    },
    show(record) {
      if (record.event === "ended") return;
      if (record.event === "proposed") events = [];
      events.push(record);
      draw();
      const { outcome } = record;
      if (outcome && "accepted" in outcome) truths.replaceChildren(...truthsOf(outcome));
      else if (record.event === "proposed") truths.replaceChildren();
    },
  };
}

const at = (record) => Date.parse(record.at);

const stateOf = ({ event, outcome }) => (event === "state" ? outcome.state : event);

const nameOf = ({ what }) => what?.remoteActionId ?? "";

function titleOf(record) {
  const { event, outcome } = record;
  if (event === "solved") return outcome.solved === true ? "The employee: it helped" : "The employee: it did not help";
  if (event === "verified" && outcome.changed === "unknown") return "Verified: not known yet";
  if (event === "verified") return outcome.changed === true ? "Verified: changed" : "Verified: not changed";
  return titles[stateOf(record)] ?? stateOf(record);
}

/** One for each state from the sending to the end, as wide as it was long. */
function segmentsOf(states) {
  const end = states.findIndex((record) => ends.has(stateOf(record)));
  const shown = end < 0 ? states : states.slice(0, end + 1);
  return shown.map((record, position) => {
    const [state, next] = [stateOf(record), shown[position + 1]];
    const segment = element("span", { "data-state": state, "data-since": at(record) });
    segment.style.flexGrow = next ? at(next) - at(record) : 0;
    return segment;
  });
}

/** Accepted, ran, changed and solved are four different things. */
function truthsOf(outcome) {
  return ["accepted", "ran", "changed", "solved"].map((name) => {
    const value = outcome[name];
    const text = value === "unknown" ? "not known" : value ? "yes" : "no";
    return element("div", { class: text.replace(" ", "-") }, element("dt", {}, name), element("dd", {}, text));
  });
}
