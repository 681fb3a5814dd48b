// The conversation: what the employee says goes to the assistant, and what it says comes back, turn by turn. Where a turn
// tells to come back later, time passes in between, faster than ours.

/** Nobody waits longer than this for one look at a repair, in milliseconds: what is left of the time passes at once. */
const patience = 650;

/**
 * @param stage as `openStage` gives it
 * @param {object} given
 * @param {number} given.beat how long each step of a diagnosis stays, in milliseconds, so that it can be followed
 * @param {(turn: object) => void} given.show is given each turn
 * @param {(isBusy: boolean) => void} given.busy is told when a turn is being made, and when nothing more will come by itself
 * @param {(error: unknown) => void} given.fail is given what goes wrong in the page
 */
export function converse({ tenant, assistant, employee, speed }, { beat, show, busy, fail }) {
  let turn;
  let isMaking = false;
  let isOver = false;
  let timer;

  async function make(next) {
    clearTimeout(timer);
    isMaking = true;
    busy(true);
    try {
      const made = await next();
      if (isOver) return;
      turn = made;
      isMaking = false;
      show(turn);
      comeBack(turn.resumeAfterMs);
    } catch (error) {
      isMaking = false;
      if (!isOver) fail(error);
    }
    if (!isOver) busy(turn?.resumeAfterMs !== undefined);
  }

  function comeBack(afterMs) {
    if (afterMs === undefined) return;
    const ours = afterMs === 0 ? beat : Math.min(afterMs / speed, patience);
    timer = setTimeout(() => {
      const passed = Number.isFinite(speed) ? ours * speed : 0;
      if (passed < afterMs) tenant.advance(afterMs - passed);
      make(() => assistant.resume(turn.state));
    }, ours);
  }

  return {
    /**
     * @param {object} reply `{ text }` or `{ choice }`, an answer to the turn that is shown
     * @returns whether it was taken. While a turn is being made it is not: it would answer what nobody has read yet, and
     * must not be a consent
     */
    say(reply) {
      if (isMaking || isOver) return false;
      const { state } = turn ?? {};
      const { username } = employee;
      make(() => (state ? assistant.reply(state, reply) : assistant.start({ employee: { username }, ...reply })));
      return true;
    },
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
