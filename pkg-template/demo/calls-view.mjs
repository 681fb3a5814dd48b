// The HTTP calls: one line each, and all of it when it is opened.

import { byId, element, span } from "./element.mjs";

export function callsView() {
  const list = byId("calls");
  const rows = new Map();

  function tell() {
    byId("call-count").textContent = rows.size > 0 ? String(rows.size) : "";
    byId("calls-told").textContent = rows.size > 0 ? `${rows.size} so far; secrets are hidden` : "";
  }

  return {
    clear() {
      rows.clear();
      const text = "Each request to the tenant appears here: open one to read its bodies.";
      list.replaceChildren(element("li", { class: "nothing" }, text));
      tell();
    },

    show(call) {
      // Who has scrolled back to read something stays there.
      const isAtEnd = list.scrollTop + list.clientHeight > list.scrollHeight - 60;
      let row = rows.get(call.number);
      if (!row) {
        row = element("details");
        if (rows.size === 0) list.replaceChildren();
        rows.set(call.number, row);
        list.append(element("li", {}, row));
        tell();
      }
      const { step, status, fault } = call;
      row.className = status === undefined ? "going" : status === null || status >= 400 ? "bad" : "good";
      row.replaceChildren(summaryOf(call), ...partsOf(call));
      row.dataset.fault = fault ?? "";
      row.dataset.step = step ?? "";
      if (isAtEnd) list.scrollTop = list.scrollHeight;
    },
  };
}

function summaryOf({ method, path, body, status, durationMs, step }) {
  const what = /"(?:queryId|remoteActionId)": "([^"]+)"/.exec(body)?.[1] ?? /nql-id=(\w+)/.exec(path)?.[1];
  return element(
    "summary",
    {},
    element("span", { class: "method" }, method),
    element(
      "span",
      { class: "path" },
      element("code", {}, path.replace(/\?.*/s, "")),
      element("small", {}, [step, what].filter(Boolean).join(" · ") || "access token"),
    ),
    element("span", { class: "status" }, status === undefined ? "…" : (status ?? "no answer").toString()),
    element("span", { class: "time" }, durationMs === undefined ? "" : span(durationMs)),
  );
}

const faultTexts = {
  "lost-answer": "The tenant did what it was asked, and its answer was lost on the way. Nobody may send this again.",
  status: "The tenant refused: the client waits as long as it was told to.",
};

function partsOf({ method, host, path, headers, body, status, answer, retryAfter, fault }) {
  const request = [`${method} https://${host}${path}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const parts = [
    ...(fault in faultTexts ? [element("p", {}, faultTexts[fault])] : []),
    element("h4", {}, "Request"),
    element("pre", {}, [request.join("\n"), body].filter(Boolean).join("\n\n")),
  ];
  if (!status) return parts;
  const head = [`HTTP ${status}`, ...(retryAfter ? [`retry-after: ${retryAfter}`] : [])];
  return [
    ...parts,
    element("h4", {}, "Answer"),
    element("pre", {}, [head.join("\n"), answer].filter(Boolean).join("\n\n")),
  ];
}
