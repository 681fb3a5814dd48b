// From an address to an operation.

import { runIdPattern } from "./openapi.ts";
import type { Operation } from "./operation.ts";

/** What is at an address. */
export interface Route {
  /** What `{id}` stands for; empty where there is none. */
  readonly id: string;
  /** The methods that it takes: `HEAD` wherever there is `GET`. */
  readonly methods: readonly string[];
  operation(method: string): Operation | undefined;
}

export function routesOf(operations: readonly Operation[], basePath: string): (path: string) => Route | undefined {
  const paths = new Map<string, Operation[]>();
  for (const operation of operations) paths.set(operation.path, [...(paths.get(operation.path) ?? []), operation]);
  return (path) => {
    if (!path.startsWith(`${basePath}/`)) return undefined;
    const below = path.slice(basePath.length);
    const [, before, id = "", after = ""] = /^(\/runs\/)([^/]+)(\/.*)?$/.exec(below) ?? [];
    const found = paths.get(before === undefined ? below : `${before}{id}${after}`);
    if (!found || (before !== undefined && !runId.test(id))) return undefined;
    const methods = found.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    return {
      id,
      methods,
      operation: (method) => found.find((operation) => operation.method === (method === "HEAD" ? "GET" : method)),
    };
  };
}

const runId = new RegExp(runIdPattern);
