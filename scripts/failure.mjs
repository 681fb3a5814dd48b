// What stops a script: a `Failure` is expected and shown as one line (after the output of what failed, if any);
// anything else is a bug of ours and shown with its stack.

export class Failure extends Error {
  /** @param {string} message what is missing or wrong, and how to get it @param {string} [output] what the failed command said */
  constructor(message, output = "") {
    super(message);
    this.name = "Failure";
    this.output = output;
  }
}

/** Runs a script's main function; its result is the exit code. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    console.error(describe(error));
  }
}

export function describe(error) {
  if (!(error instanceof Failure)) return error?.stack ?? String(error);
  return `${error.output ? `${error.output.trimEnd()}\n` : ""}error: ${error.message}`;
}
