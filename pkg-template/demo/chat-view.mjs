// The chat: what was said, what can be chosen, and a line to write in.

import { byId, element } from "./element.mjs";

/** @param {(reply: object) => boolean} say takes what the employee answers; false: not now */
export function chatView(say) {
  const [log, choices, scroll, composer, message] = ["log", "choices", "conversation", "composer", "message"].map(byId);
  let words;
  let ready = [];

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = message.value.trim();
    if (text !== "" && answer({ text }, text)) message.value = "";
  });

  function answer(reply, shown) {
    if (!say(reply)) return false;
    add(element("div", { class: "employee" }, unseen(`${words.you}:`), element("p", {}, shown)));
    offer([]);
    return true;
  }

  /** Buttons in place of those that there were. */
  function offer(buttons, look) {
    choices.className = look ?? "";
    choices.replaceChildren(
      ...buttons.map(({ label, style, reply }) => {
        const button = element("button", { type: "button", class: style }, label);
        button.addEventListener("click", () => {
          // The button goes. The next one is not reached by the same key: it may be a consent.
          if (answer(reply, label)) scroll.focus({ preventScroll: true });
        });
        return button;
      }),
    );
    toEnd();
  }

  function add(entry) {
    log.append(entry);
    toEnd();
  }

  function toEnd() {
    scroll.scrollTop = scroll.scrollHeight;
  }

  const complaints = () => ready.map((label) => ({ label, reply: { text: label } }));

  return {
    /** Begins with nothing said. `complaints`: what the employee can complain of, the likeliest first. */
    begin({ words: theirs, locale, name, complaints: likely }) {
      words = theirs;
      ready = likely;
      log.replaceChildren();
      for (const part of [log, choices]) part.lang = locale;
      choices.setAttribute("aria-label", words.answers);
      message.placeholder = words.placeholder;
      byId("message-label").textContent = words.placeholder;
      byId("send").textContent = words.send;
      composer.lang = locale;
      add(element("div", { class: "hello" }, element("p", {}, words.hello(name)), element("p", {}, words.hint)));
      offer(complaints(), "complaints");
    },

    /** @param isConsent whether a yes lets something be done on the device */
    show(turn, isConsent) {
      log.lang = turn.locale;
      for (const said of turn.messages)
        add(messageOf(said, words, isConsent && said.choices.length > 0 && words.consent));
      if (turn.escalation) {
        const text = JSON.stringify(turn.escalation, undefined, 2);
        add(
          element("div", {}, element("details", {}, element("summary", {}, words.handOver), element("pre", {}, text))),
        );
      }
      const offered = turn.messages.flatMap((one) => one.choices);
      const buttons = offered.map(({ id, label, style }) => ({ label, style, reply: { choice: id } }));
      // What is over is a beginning: something else may be wrong.
      if (turn.expects === "text" && offered.length === 0) offer(complaints());
      else offer(buttons, isConsent ? "consent" : undefined);
    },

    busy(isBusy) {
      byId("working").hidden = !isBusy;
      if (isBusy) toEnd();
    },

    /** Says what went wrong in the page itself. */
    fail: (text) => add(element("div", { class: "warning", lang: "en" }, element("p", {}, text))),
  };
}

/** Who speaks is shown by the place: this is for who hears the page. */
const unseen = (text) => element("span", { class: "unseen" }, text);

function messageOf({ text, items, kind }, words, consent) {
  return element(
    "div",
    { class: consent ? "consent" : kind },
    unseen(`${words.assistant}:`),
    consent ? element("strong", {}, consent) : undefined,
    element("p", {}, text),
    items.length > 0 ? element("ul", {}, ...items.map((item) => element("li", {}, item))) : undefined,
  );
}
