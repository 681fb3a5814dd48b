// Answers that come in one turn of the event loop are told at its end, one behind the other.
//
// Between two answers a runtime's own code for HTTP pushes everything else out of the processor's caches: a call costs
// three times as much between two requests as behind another call. What is told together is dealt with together, and the
// requests that follow from it leave together: on a busy server that saves a third of all that a call costs, `fetch`
// included. An answer that comes alone gains nothing and would wait for nothing, so it is told at once.

/** After an answer that came alone, so many are told at once before it is asked again whether they come together. */
const toldAtOnce = 16;

/** Taken at import: a test's own clock, put in its place later, must hold no answer back. */
const { setImmediate: atEndOfTurn } = globalThis as { setImmediate?: (call: () => void) => unknown };

/** How many are still told at once: all, where a runtime does not tell when a turn ends. */
let left = atEndOfTurn ? 0 : Number.POSITIVE_INFINITY;
let inThisTurn = 0;
let areTogether = false;
let endOfTurn: Promise<void> | undefined;

/** Tells an answer, at once or at the end of this turn of the event loop; in either case as a part of what calls this. */
export function answeredTogether(tell: () => void): void {
  if (left > 0) {
    left -= 1;
    tell();
    return;
  }
  endOfTurn ??= new Promise(end);
  inThisTurn += 1;
  // A promise keeps for each of them what it belongs to (a trace, a request that is being served).
  if (areTogether) endOfTurn.then(tell);
  else tell();
}

// Nothing is held back before it was seen that this is called: a clock may have been there before the import.
function end(resolve: () => void): void {
  const ended = () => {
    areTogether = inThisTurn > 1;
    left = areTogether ? 0 : toldAtOnce;
    inThisTurn = 0;
    endOfTurn = undefined;
    resolve();
  };
  try {
    atEndOfTurn?.(ended);
  } catch {
    // A sandbox in Node may have one that only refuses.
    left = Number.POSITIVE_INFINITY;
  }
}
