// What an operation of the door is: its address, what it takes and gives, and how it comes about. The router, the check of
// bodies and the published documents all go by this.

import type { NexthinkClient } from "../client.ts";
import type { Employee } from "../generated/types.ts";
import type { CallOptions } from "../options.ts";
import type { ProblemKind } from "./problem.ts";
import type { HandlerRequest } from "./request.ts";
import type { Schema } from "./schema.ts";
import type { Seals } from "./seals.ts";

/** One thing that can be asked of the door. */
export interface Operation {
  readonly method: "GET" | "POST";
  /** Below the base path; `{id}` stands for one segment. */
  readonly path: string;
  /** Its name, as code generators and copilots show it. */
  readonly id: string;
  readonly summary: string;
  /** When to use it, what it does and what it does not: language models choose by this. */
  readonly description: string;
  /** Whether it changes something outside, so that a copilot has to ask its user first. */
  readonly isConsequential?: boolean;
  /** Whether anyone may ask, without a key. */
  readonly isPublic?: boolean;
  /** Whether it is about an employee. */
  readonly isPersonal?: boolean;
  /** Whether the tenant is asked. */
  readonly asksTenant?: boolean;
  /** What it takes as JSON. */
  readonly takes?: Schema;
  /** What it takes as a text of other types. */
  readonly takesText?: TextBody;
  /** What it gives; nothing for 204. */
  readonly gives?: Schema;
  /** What is usually done next with what it gives. */
  readonly leadsTo?: readonly NextStep[];
  /** How it can go wrong, besides what follows from the rest. */
  readonly problems?: readonly ProblemKind[];
  run(asked: Asked): unknown;
}

/** A step that takes what another has given: in its body, `$response.body#/…` points to it. */
export interface NextStep {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A body that is no JSON object. */
export interface TextBody {
  /** What each media type holds; any type is taken where there are none. */
  readonly types: Readonly<Record<string, Schema>>;
  readonly description: string;
  readonly maxBytes?: number;
}

/** What an operation has to work with. */
export interface Asked {
  readonly nexthink: NexthinkClient;
  readonly seals: Seals;
  /** Who it is about; only where the operation is personal. */
  readonly employee: Employee;
  /** What the address says for `{id}`. */
  readonly id: string;
  /** The body, which fits `takes`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The body of `takesText`, and its media type. */
  readonly text: string;
  readonly contentType: string;
  /** The headers of the request. */
  readonly headers: HandlerRequest["headers"];
  /** Ends with the request. */
  readonly calls: CallOptions;
  /** The address under which the door is reached, without a slash at its end. */
  readonly base: string;
}
