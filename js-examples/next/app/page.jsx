import { Chat } from "./chat.jsx";

// Which of the two routes makes the turns: they do the same. Keep one.
export default function Page() {
  return (
    <main>
      <h1>IT assistant</h1>
      <Chat route="/node/chat" />
    </main>
  );
}
