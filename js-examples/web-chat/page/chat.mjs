// The page: shows what the assistant says, and sends what the employee answers. Where the conversation stands is a sealed value
// that comes with each turn and goes back with the next.

const log = document.querySelector("#log");
const form = document.querySelector("#form");
const input = document.querySelector("#text");
const waiting = document.querySelector("#waiting");

let state;
let lookLater;
let latest = Promise.resolve();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value;
  input.value = "";
  say({ text }, text);
});

/** The employee says something: in words, or by a button. */
function say(reply, shown) {
  removeChoices();
  add([paragraph(shown)], { isMine: true });
  goOn(reply);
}

/** Makes the next turn, once those before it are made. Without a reply it looks what has happened meanwhile. */
function goOn(reply) {
  clearTimeout(lookLater);
  latest = latest.then(async () => {
    waiting.hidden = !reply;
    try {
      show(await turn(reply));
    } catch {
      add([paragraph("That did not get through. Please write it again.")]);
    }
    waiting.hidden = true;
  });
}

async function turn(reply) {
  const response = await fetch("chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ state, reply }),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

function show({ messages, locale, resumeAfterMs, ...rest }) {
  state = rest.state;
  log.lang = locale;
  for (const { text, items, choices } of messages) {
    const parts = [paragraph(text)];
    if (items.length > 0) parts.push(list(items));
    if (choices.length > 0) parts.push(buttons(choices));
    add(parts);
  }
  if (resumeAfterMs !== undefined) lookLater = setTimeout(goOn, resumeAfterMs);
}

function add(parts, { isMine = false } = {}) {
  const message = document.createElement("li");
  if (isMine) message.className = "mine";
  const who = document.createElement("span");
  who.className = "hidden-label";
  who.textContent = isMine ? "You: " : "Assistant: ";
  message.append(who, ...parts);
  log.append(message);
  log.scrollTop = log.scrollHeight;
}

// What devices and people have supplied is in these texts: it is text, and never markup.
function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function list(items) {
  const element = document.createElement("ul");
  for (const item of items) element.append(Object.assign(document.createElement("li"), { textContent: item }));
  return element;
}

function buttons(choices) {
  removeChoices();
  const group = document.createElement("div");
  group.className = "choices";
  for (const { id, label } of choices) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", () => {
      // The button goes: whoever uses the keyboard goes on in the field.
      input.focus();
      say({ choice: id }, label);
    });
    group.append(button);
  }
  return group;
}

/** Choices belong to one turn. */
function removeChoices() {
  for (const group of document.querySelectorAll(".choices")) group.remove();
}

goOn();
