// Why nothing can be served at a port, in words that say what to do.

/** Whether somebody else listens there. */
export const isTaken = (error: unknown): boolean => codeOf(error) === "EADDRINUSE";

/** @param option the one by which the port was chosen */
export function cannotListen(error: unknown, port: number, option: "--port" | "--http"): Error {
  if (isTaken(error)) {
    return new Error(`port ${port} is taken: choose another with ${option}, or 0 for any that is free`);
  }
  if (codeOf(error) === "EACCES") {
    return new Error(`port ${port} may not be used: choose one above 1023 with ${option}`);
  }
  return error instanceof Error ? error : new Error(String(error));
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);
