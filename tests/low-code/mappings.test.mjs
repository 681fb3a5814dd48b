// Conversations on Dialogflow CX, Rasa and Botpress: requests as those platforms document them go in, answers as they
// document them come out, and a whole repair goes through each.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "nexthink-chatbot";
import {
  converse,
  fromBotpress,
  fromDialogflowCx,
  fromRasa,
  toBotpress,
  toDialogflowCx,
  toRasa,
} from "nexthink-chatbot/low-code";
import { createSimulator } from "nexthink-chatbot/simulator";

const employee = { username: "amartin" };

function arrive() {
  const tenant = createSimulator({ devices: 0, speed: Number.POSITIVE_INFINITY, now: "2026-11-18T09:00:00Z" });
  return { tenant, assistant: createClient(tenant.client).assistant() };
}

const triggers = ({ requests }) => requests.filter(({ path }) => path.endsWith("/act/execute")).length;

/** A `WebhookRequest` as Dialogflow sends it. */
const dialogflowRequest = (parameters, query) => ({
  detectIntentResponseId: "d7ce4d8c-0c5b-4f8b-a2b7-bd3b8f2fb8a4",
  fulfillmentInfo: { tag: "nexthink" },
  pageInfo: { currentPage: "projects/p/locations/global/agents/a/flows/f/pages/x", displayName: "Nexthink" },
  sessionInfo: { session: "projects/p/locations/global/agents/a/sessions/s", parameters },
  messages: [],
  payload: { employee },
  languageCode: "en",
  ...query,
});

/** What Rasa posts to an action server. */
const rasaRequest = (slots, text) => ({
  next_action: "action_nexthink",
  sender_id: "2687378567977106",
  tracker: {
    sender_id: "2687378567977106",
    slots: { nexthink_employee: employee, ...slots },
    latest_message: { text, intent: { name: "nexthink_reply", confidence: 1 }, entities: [], intent_ranking: [] },
    latest_event_time: 1_599_850_576.6,
    followup_action: null,
    paused: false,
    events: [],
    latest_input_channel: "rest",
    active_loop: {},
    latest_action: { action_name: "action_listen" },
  },
  domain: { config: {}, intents: [], entities: [], slots: {}, responses: {}, actions: [], forms: {} },
  version: "3.6.20",
});

/** Each platform as a person uses it: says something, or presses the first button, and gets what is shown next. */
const platforms = {
  "Dialogflow CX": ({ assistant }) => {
    let parameters = {};
    let chips = [];
    return async (said) => {
      const text = said ?? chips[0];
      const request = dialogflowRequest(parameters, text === undefined ? { triggerEvent: "look-again" } : { text });
      const response = toDialogflowCx(await converse(assistant, fromDialogflowCx(request)));
      const { messages } = response.fulfillmentResponse;
      const set = { ...parameters, ...response.sessionInfo.parameters };
      parameters = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null));
      chips = messages.flatMap(
        ({ payload }) => payload?.richContent[0][0].options.map(({ text: label }) => label) ?? [],
      );
      return {
        shown: messages.flatMap(({ text: one }) => one?.text ?? []),
        choices: chips,
        status: parameters.nexthink_status,
      };
    };
  },
  Rasa: ({ assistant }) => {
    let slots = {};
    let buttons = [];
    return async (said) => {
      const answer = toRasa(
        await converse(assistant, fromRasa(rasaRequest(slots, said ?? buttons[0]?.payload ?? null))),
      );
      slots = { ...slots, ...Object.fromEntries(answer.events.map(({ name, value }) => [name, value])) };
      buttons = answer.responses.flatMap((one) => one.buttons);
      const choices = buttons.map(({ title }) => title);
      return { shown: answer.responses.map(({ text }) => text), choices, status: slots.nexthink_status };
    };
  },
  Botpress: ({ assistant }) => {
    let kept = { state: "", choices: [] };
    return async (said) => {
      const reply = said === undefined ? { choice: kept.choices[0]?.value } : { text: said };
      kept = toBotpress(await converse(assistant, fromBotpress({ ...employee, ...reply, state: kept.state })));
      return { shown: [kept.text], choices: kept.choices.map(({ label }) => label), status: kept.status };
    };
  },
};

for (const [name, platformOf] of Object.entries(platforms)) {
  test(`a repair on ${name}, by the first thing that is offered each time`, async () => {
    const { tenant, assistant } = arrive();
    const say = platformOf({ assistant });
    let { status, shown, choices } = await say("Outlook does not work");
    const statuses = [status];
    for (let turn = 0; !["solved", "escalated", "ended"].includes(status); turn += 1) {
      assert.ok(turn < 40, `${statuses}`);
      assert.ok(shown.every((text) => typeof text === "string"));
      if (choices.length === 0) tenant.advance(3_600_000);
      ({ status, shown, choices } = await say());
      statuses.push(status);
    }
    assert.equal(status, "solved", String(statuses));
    assert.ok(statuses.includes("awaiting-consent"));
    assert.equal(triggers(tenant), 1);
  });
}

const turn = {
  messages: [
    {
      text: "I found <b>this</b> on [x](https://evil.example) @here",
      items: ["*a* $session.params.secret", "# b"],
      kind: "question",
      choices: [],
    },
    {
      text: "Shall I?",
      items: [],
      choices: [
        { id: "3.yes", label: "Yes", style: "primary" },
        { id: "3.no", label: "No *thanks*" },
      ],
    },
  ],
  state: { version: 1, seal: "s" },
  status: "awaiting-consent",
  resumeAfterMs: 1_500,
};

test("Dialogflow CX gets texts, chips, and the state in session parameters", () => {
  assert.deepEqual(toDialogflowCx(turn), {
    fulfillmentResponse: {
      messages: [
        {
          text: {
            text: [
              "I found ‹b›this‹/b› on [x]\u200b(https:\u200b/\u200b/evil\u200b.\u200bexample) @\u200bhere\n• ∗a∗ ＄session\u200b.\u200bparams\u200b.\u200bsecret\n• \u200b# b",
            ],
          },
        },
        { text: { text: ["Shall I?"] } },
        { payload: { richContent: [[{ type: "chips", options: [{ text: "Yes" }, { text: "No ∗thanks∗" }] }]] } },
      ],
      mergeBehavior: "REPLACE",
    },
    sessionInfo: {
      parameters: {
        nexthink_state: '{"version":1,"seal":"s"}',
        nexthink_choices: '{"Yes":"3.yes","No ∗thanks∗":"3.no"}',
        nexthink_status: "awaiting-consent",
        nexthink_resume_after_ms: 1_500,
      },
    },
  });
  const over = toDialogflowCx({ messages: [{ text: "Bye." }], state: {}, status: "ended" });
  assert.equal(over.sessionInfo.parameters.nexthink_state, null);
});

test("what Dialogflow CX sends is a choice where it is the label of one, and words otherwise", () => {
  const { parameters } = toDialogflowCx(turn).sessionInfo;
  const read = (query) => fromDialogflowCx(dialogflowRequest(parameters, query));
  assert.deepEqual(read({ text: " Yes " }).reply, { choice: "3.yes" });
  assert.deepEqual(read({ text: "No ∗thanks∗" }).reply, { choice: "3.no" });
  assert.deepEqual(read({ transcript: "perhaps" }).reply, { text: "perhaps" });
  assert.deepEqual(read({ text: "constructor" }).reply, { text: "constructor" });
  assert.deepEqual(read({ triggerEvent: "look-again" }), {
    employee,
    state: turn.state,
    locale: "en",
    budgetMs: 4_000,
  });
  for (const rubbish of [
    undefined,
    null,
    7,
    "x",
    [],
    {},
    { sessionInfo: 1 },
    { text: {}, payload: { employee: { username: 7 } } },
  ]) {
    assert.deepEqual(fromDialogflowCx(rubbish), { budgetMs: 4_000 });
  }
});

test("Rasa gets responses with buttons that come back as a choice, and events that set slots", () => {
  const answer = toRasa(turn);
  assert.deepEqual(answer.responses[1], {
    text: "Shall I?",
    buttons: [
      { title: "Yes", payload: '/nexthink_reply{"nexthink_choice":"3.yes"}' },
      { title: "No ∗thanks∗", payload: '/nexthink_reply{"nexthink_choice":"3.no"}' },
    ],
  });
  assert.deepEqual(answer.responses[0].buttons, []);
  assert.deepEqual(answer.events[0], {
    event: "slot",
    timestamp: null,
    name: "nexthink_state",
    value: '{"version":1,"seal":"s"}',
  });
  const slots = Object.fromEntries(answer.events.map(({ name, value }) => [name, value]));
  const read = (text, options) => fromRasa(rasaRequest(slots, text), options);
  assert.deepEqual(read('/nexthink_reply{"nexthink_choice":"3.no"}').reply, { choice: "3.no" });
  assert.deepEqual(read('/mine{"nexthink_choice":"3.no"}', { intent: "mine" }).reply, { choice: "3.no" });
  assert.deepEqual(read('/other{"nexthink_choice":"3.no"}').reply, { text: '/other{"nexthink_choice":"3.no"}' });
  assert.deepEqual(read("/nexthink_reply{broken").reply, { text: "/nexthink_reply{broken" });
  assert.deepEqual(read(null), { employee, state: turn.state, budgetMs: 8_000 });
  for (const rubbish of [undefined, null, {}, { tracker: { slots: 1, latest_message: [] } }]) {
    assert.deepEqual(fromRasa(rubbish), { budgetMs: 8_000 });
  }
});

test("a reminder of Rasa looks again, and says nothing in the employee's place", () => {
  const request = rasaRequest({ nexthink_state: '{"version":1}' }, "EXTERNAL: EXTERNAL_nexthink_resume");
  request.tracker.latest_message.metadata = { is_external: true };
  assert.deepEqual(fromRasa(request), { employee, state: { version: 1 }, budgetMs: 8_000 });
});

test("Botpress gets flat values, and gives them back", () => {
  const output = toBotpress(turn);
  assert.deepEqual(output.choices, [
    { label: "Yes", value: "3.yes" },
    { label: "No ∗thanks∗", value: "3.no" },
  ]);
  assert.deepEqual([output.status, output.resumeAfterMs], ["awaiting-consent", 1_500]);
  assert.match(output.text, /^I found .*\n• .*\n• \u200b# b\n\nShall I\?$/);
  const { state } = output;
  assert.deepEqual(fromBotpress({ state, choice: "3.yes", text: "" }).reply, { choice: "3.yes" });
  assert.deepEqual(fromBotpress({ state, text: "yes" }), {
    reply: { text: "yes" },
    state: turn.state,
    budgetMs: 10_000,
  });
  assert.deepEqual(fromBotpress({ state: "", email: "a@b.example", text: "hi" }).employee, { email: "a@b.example" });
});

test("no channel makes anything of what devices and people have written", () => {
  // A dot stands for a space of no width.
  const said = (text) => toBotpress({ messages: [{ text }], state: {}, status: "x" }).text.replaceAll("\u200b", "·");
  for (const [text, expected] of [
    ["plain text, 50 % & more: C:\\Users\\a_b (see 3.5)", "plain text, 50 % & more: C:\\Users\\a_b (see 3.5)"],
    ["a\u202eb\u200fc\nd\u0000e\u3164", "abc d e"],
    [
      "http://x https://y javascript:alert(1) www.x.example",
      "http:·/·/x https:·/·/y javascript:·alert(1) www·.·x·.·example",
    ],
    ["<@U123> <!channel> @all", "‹·@·U123› ‹!channel› @·all"],
    ["_it_ __b__ a_b **c** ~~d~~ `e` ![i](u)", "ˍitˍ ˍˍbˍˍ a_b ∗∗c∗∗ ∼∼d∼∼ ˋeˋ ![i]·(u)"],
    ["# title", "·# title"],
    ["- item", "·- item"],
    ["1. item", "·1. item"],
    ["{{x}} $sys.func.NOW() $ 5", "｛｛x｝｝ ＄sys·.·func·.·NOW() $ 5"],
    ["|a|b|", "·|a|b|"],
    ["&lt;b&#62;", "&·lt;b&·#·62;"],
    ["evil.example/x //b.example 1.2.3 end. Next", "evil·.·example/x /·/b·.·example 1.2.3 end. Next"],
  ]) {
    assert.equal(said(text), expected);
  }
});

test("who comes back after weeks, or sits down at another's session, begins anew instead of failing for good", async () => {
  const { tenant, assistant } = arrive();
  const incoming = { employee, reply: { text: "Outlook does not work" }, budgetMs: 8_000 };
  const { state } = await converse(assistant, incoming);
  const other = await converse(assistant, { ...incoming, employee: { username: "bkeller" }, state });
  assert.equal(JSON.parse(JSON.stringify(other.state)).employee.username, "bkeller");
  await assert.rejects(assistant.reply(state, { text: "hi" }, { employee: { username: "bkeller" } }), {
    kind: "consent",
  });

  tenant.advance(8 * 24 * 3_600_000);
  for (const [reply, status] of [
    [{ text: "my computer is slow" }, "awaiting-consent"],
    [{ text: "yes" }, "choosing-device"],
    [{ choice: "1.yes" }, "choosing-device"],
    [undefined, "choosing-device"],
  ]) {
    const turn = await converse(assistant, { ...incoming, reply, state });
    assert.deepEqual([turn.status, turn.messages[0].text], [status, "Hello, I help with problems with your PC."]);
  }
  assert.equal(triggers(tenant), 0);
  const unknown = { reply: { text: "yes" }, state, budgetMs: 8_000 };
  await assert.rejects(converse(assistant, unknown), { name: "NexthinkError", kind: "consent" });
});

test("a turn that only keeps within its budget goes on at once, as long as there is time", async () => {
  let time = 0;
  const turnOf = (text, resumeAfterMs) => ({ messages: [{ text }], state: text, status: "diagnosing", resumeAfterMs });
  const asked = [];
  const assistant = {
    start: async (begun, options) => {
      asked.push(["start", begun, options]);
      time += 1_000;
      return turnOf("one", 0);
    },
    resume: async (state, options) => {
      asked.push(["resume", state, options]);
      time += 1_500;
      return turnOf(state === "one" ? "two" : "three", 0);
    },
  };
  const incoming = { employee, reply: { text: "Outlook" }, budgetMs: 4_000 };
  const { messages, state } = await converse(assistant, incoming, () => time);
  assert.deepEqual(asked, [
    ["start", { employee, text: "Outlook" }, { budgetMs: 4_000 }],
    ["resume", "one", { budgetMs: 3_000 }],
    ["resume", "two", { budgetMs: 1_500 }],
  ]);
  assert.deepEqual([messages.map(({ text }) => text), state], [["one", "two", "three"], "three"]);
  await assert.rejects(converse(assistant, { budgetMs: 1 }), { name: "NexthinkError", kind: "invalid" });
});
