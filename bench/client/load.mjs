// Requests, so many of them at the same time.

/** @param {(at: number) => Promise<unknown>} send one request; the next begins when it has ended */
export async function load(send, { requests, concurrency }) {
  let next = 0;
  const worker = async () => {
    while (next < requests) await send(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
