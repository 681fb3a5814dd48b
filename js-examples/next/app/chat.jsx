"use client";

import { useEffect, useRef, useState } from "react";

/** The conversation. Where it stands is a sealed value that comes with each turn and goes back with the next. */
export function Chat({ route }) {
  const [messages, setMessages] = useState([]);
  const [choices, setChoices] = useState([]);
  const state = useRef();
  const timer = useRef();
  const latest = useRef(Promise.resolve());
  const field = useRef();

  const add = (...more) => setMessages((before) => [...before, ...more]);

  /** Makes the next turn, once those before it are made. Without a reply it looks what has happened meanwhile. */
  function goOn(reply) {
    clearTimeout(timer.current);
    latest.current = latest.current.then(async () => {
      try {
        const body = JSON.stringify({ state: state.current, reply });
        const response = await fetch(route, { method: "POST", headers: { "content-type": "application/json" }, body });
        if (!response.ok) throw new Error(`${response.status}`);
        const turn = await response.json();
        state.current = turn.state;
        add(...turn.messages);
        if (turn.messages.length > 0) setChoices(turn.messages.flatMap((message) => message.choices));
        if (turn.resumeAfterMs !== undefined) timer.current = setTimeout(goOn, turn.resumeAfterMs);
      } catch {
        add({ text: "That did not get through. Please write it again.", items: [] });
      }
    });
  }

  function say(reply, text) {
    setChoices([]);
    add({ text, items: [], isMine: true });
    goOn(reply);
    field.current.focus();
  }

  function submit(event) {
    event.preventDefault();
    const text = field.current.value;
    field.current.value = "";
    say({ text }, text);
  }

  // It greets, and stops looking when the page is left.
  useEffect(() => {
    goOn();
    return () => clearTimeout(timer.current);
  }, []);

  return (
    <>
      <ol role="log" aria-label="Conversation">
        {messages.map(({ text, items, isMine }, at) => (
          <li key={at}>
            <p>
              <b>{isMine ? "You" : "Assistant"}:</b> {text}
            </p>
            <ul>
              {items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <div>
        {choices.map(({ id, label }) => (
          <button key={id} type="button" onClick={() => say({ choice: id }, label)}>
            {label}
          </button>
        ))}
      </div>
      <form onSubmit={submit}>
        <label htmlFor="text">Your message</label> <input id="text" ref={field} autoComplete="off" required />{" "}
        <button>Send</button>
      </form>
    </>
  );
}
