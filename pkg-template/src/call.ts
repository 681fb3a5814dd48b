// How the parts of a client reach the core: a call's name, its input, its options.

import type { CallOptions } from "./options.ts";

/** Calls the core. What it answers is of the type that the Rust structs have given to it. */
export type Call = <Answer>(name: string, input: unknown, options: CallOptions | undefined) => Promise<Answer>;
