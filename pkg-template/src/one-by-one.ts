// Values that come in batches, one by one: what lies ready is given at once, where an async generator would need several
// turns of the runtime's queue for each.

/**
 * Iterates as an async generator does that yields the values: in order, also where several are asked for before the first
 * has come; and who leaves the loop ends the batches.
 *
 * @param batches what gives them
 * @param leave lets go of what the batches are made of, when the loop is left: a generator that has not begun would not
 * @param isStopped whether what is left of a batch is not given any more: the batches end then
 */
export function oneByOne<Value>(
  batches: AsyncGenerator<readonly Value[], void, undefined>,
  leave: () => void,
  isStopped: () => boolean,
): AsyncIterableIterator<Value> {
  let batch: readonly Value[] = [];
  let at = 0;
  let isOver = false;
  let waiting = 0;
  /** The request before. */
  let last: Promise<unknown> = Promise.resolve();

  const over = (): IteratorResult<Value> => ({ done: true, value: undefined });
  const taken = (): IteratorResult<Value> => ({ done: false, value: batch[at++] as Value });
  const pull = async (): Promise<IteratorResult<Value>> => {
    while (!isOver && (at >= batch.length || isStopped())) {
      const next = await batches.next();
      if (next.done) isOver = true;
      else [batch, at] = [next.value, 0];
    }
    return isOver ? over() : taken();
  };
  /** After all requests before, whatever becomes of them. */
  const inTurn = <T>(request: () => Promise<T>): Promise<T> => {
    waiting++;
    const asked = last.then(request, request);
    const answered = () => void waiting--;
    last = asked.then(answered, answered);
    return asked;
  };

  return {
    next() {
      const isReady = waiting === 0 && !isOver && at < batch.length && !isStopped();
      return isReady ? Promise.resolve(taken()) : inTurn(pull);
    },
    return: () =>
      inTurn(async () => {
        isOver = true;
        await batches.return();
        leave();
        return over();
      }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
