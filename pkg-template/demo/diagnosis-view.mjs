// The diagnosis: what each rule of the playbook says of the device, and of which values.

import { byId, element, span, valueText } from "./element.mjs";

const verdicts = { match: "match", "no-match": "no match", unknown: "unknown" };

const missingTexts = {
  "not-returned": "the query does not bring it",
  "not-collected": "never collected",
  failed: "its script failed",
  "no-value": "no value",
  unreadable: "cannot be read",
  stale: "too old",
  "age-unknown": "of unknown age",
};

export function diagnosisView() {
  const [place, of] = ["diagnosis", "diagnosis-of"].map(byId);
  return {
    clear() {
      of.textContent = "";
      place.replaceChildren(
        element(
          "p",
          { class: "nothing" },
          "What each rule says of the device: a match, no match, or unknown, which is not the same.",
        ),
      );
    },
    show({ title, deviceName, findings }, locale) {
      of.textContent = `${title}, ${deviceName}`;
      place.replaceChildren(element("ul", { class: "findings" }, ...findings.map((finding) => row(finding, locale))));
    },
  };
}

function row({ rule, verdict, reason, because, missing }, locale) {
  const values = because.flatMap((part) => part.values).filter(({ value }) => value !== null);
  return element(
    "li",
    { class: verdict },
    element("b", { class: "verdict" }, verdicts[verdict]),
    element(
      "div",
      {},
      element("code", {}, rule),
      reason ? element("p", { lang: locale }, reason) : undefined,
      element("ul", {}, ...values.map(valueRow), ...missing.map(missingRow)),
    ),
  );
}

function valueRow({ column, value, ageMs }) {
  const age = ageMs === undefined ? "" : `, ${span(ageMs)} old`;
  return element("li", { title: column }, `${short(column)} = `, element("b", {}, valueText(value)), age);
}

function missingRow({ column, reason, suppliedBy }) {
  const by = suppliedBy ? `; “${suppliedBy.title}” collects it ${suppliedBy.schedule}` : "";
  return element("li", { title: column }, `${short(column)}: `, element("b", {}, missingTexts[reason] ?? reason), by);
}

/** The end of a column's name, which tells it from the others. */
const short = (column) => column.split(".").at(-1);
