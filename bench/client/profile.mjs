// Where the CPU time of a measurement went: a profile's samples, added up by function.

/** @returns {{ name: string, share: number }[]} each function's own time as a share of all that was not idle */
export function selfTimes({ nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map();
  let total = 0;
  samples.forEach((id, at) => {
    const name = names.get(id);
    if (name === "(idle)") return;
    times.set(name, (times.get(name) ?? 0) + timeDeltas[at]);
    total += timeDeltas[at];
  });
  return [...times]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((left, right) => right.share - left.share);
}

function nameOf({ functionName, url, lineNumber }) {
  const file = url.startsWith("wasm:") ? "wasm" : url.split("/").slice(-2).join("/");
  return `${functionName || "(anonymous)"}${file ? ` ${file}:${lineNumber + 1}` : ""}`;
}
