// The door for platforms that cannot import a package: the steps as HTTP with JSON, on any host that has requests and
// answers of the web. Nothing is decided here but who may ask, and for whom.

import type { NexthinkClient } from "./client.ts";
import { doorOf } from "./client-door.ts";
import type { Employee } from "./generated/types.ts";
import { keyCheckOf } from "./handler/api-key.ts";
import { jsonTypes, parseJson, readText } from "./handler/body.ts";
import { corsOf } from "./handler/cors.ts";
import { knownEmployee, trustedEmployee, withEmployee } from "./handler/employee.ts";
import { openApiOf } from "./handler/openapi.ts";
import type { Operation } from "./handler/operation.ts";
import { conversation } from "./handler/operations/conversation.ts";
import { deliveries } from "./handler/operations/deliveries.ts";
import { documents } from "./handler/operations/documents.ts";
import { steps } from "./handler/operations/steps.ts";
import { checkOptions, type HandlerOptions } from "./handler/options.ts";
import { problemHeaders, problemOf, Refusal } from "./handler/problem.ts";
import { addressOf, type HandlerRequest, mediaType, type ResponseMaker, takesJson } from "./handler/request.ts";
import { routesOf } from "./handler/routes.ts";
import { mismatch } from "./handler/schema.ts";
import { sealsOf } from "./handler/seals.ts";
import { swaggerOf } from "./handler/swagger.ts";
import { readReply, render } from "./rendering.ts";
import { wholeNumber } from "./whole-number.ts";

export type { CorsOptions } from "./handler/cors.ts";
export type { DeliveryOptions, EmployeeAnswer, HandlerOptions, WebhookDelivery } from "./handler/options.ts";
export type { Problem, ProblemKind, RequestProblem } from "./handler/problem.ts";
export type { HandlerRequest, ResponseMaker } from "./handler/request.ts";
export { type NodeIncoming, type NodeListenerOptions, type NodeOutgoing, toNodeListener } from "./node-listener.ts";

/** How large a body may be, in bytes, where the host does not say. */
const usualBody = 65_536;

/**
 * The steps as a service: what it takes and gives is described at `/openapi.json`, and at `/swagger.json` for Power
 * Platform. It never rejects: what goes wrong is an answer (`application/problem+json`).
 *
 * @throws NexthinkError of kind `invalid` for an option that is missing, unknown or breaks its rule, and for a client that
 * has nothing to seal with: neither a `consentKey` nor a client secret
 * @example
 * ```ts
 * const handler = createHandler(nexthink, { apiKey, employee: (request) => sessionOf(request)?.employee });
 * export default { fetch: handler }; // Workers, Deno, Bun
 * ```
 */
export function createHandler<Incoming extends HandlerRequest = Request, Answer = Response>(
  nexthink: NexthinkClient,
  options: HandlerOptions<Incoming, Answer>,
): (request: Incoming) => Promise<Answer> {
  checkOptions(options);
  const { basePath = "", publicUrl, trustCaller = false, timeoutMs, onError } = options;
  const most = wholeNumber("maxBodyBytes", options.maxBodyBytes ?? usualBody, 1024, 0x7fffffff);
  if (timeoutMs !== undefined) wholeNumber("timeoutMs", timeoutMs, 1, 0x7fffffff);
  const isKnown = keyCheckOf(options.apiKey);
  const cors = corsOf(options.cors);
  const door = doorOf(nexthink);
  // A client without a key is the host's fault: found here, and not told to each caller as theirs.
  door.seal("device", {});
  const turns = conversation(nexthink, options.assistant, { render, readReply });
  const own = [...turns, ...steps, ...deliveries(options)].map((operation) => withEmployee(operation, trustCaller));
  const operations: Operation[] = [
    ...own,
    ...documents(
      (base) => openApiOf(operations, base),
      (base) => swaggerOf(openApiOf(operations, base)),
    ),
  ];
  const find = routesOf(operations, basePath);

  return async (request) => {
    let headers: Record<string, string> = usualHeaders;
    let name = "none";
    try {
      headers = { ...usualHeaders, ...cors.headersOf(request) };
      const address = addressOf(request);
      const found = find(address?.path ?? "");
      const methods = [...(found?.methods ?? [])];
      const preflight = found && cors.preflight(request, methods);
      if (preflight) return answer(204, { ...headers, ...preflight }, null);
      const operation = found?.operation(request.method);
      name = operation?.id ?? name;
      if (!operation?.isPublic && !(await isKnown(request))) throw unauthorized();
      if (!found) throw new Refusal("no-such-route", "there is nothing at this address", "look at `/openapi.json`");
      if (!operation) {
        const allow = [...methods, ...(options.cors ? ["OPTIONS"] : [])].join(", ");
        throw new Refusal("method", "this address does not take this method", `use ${allow}`, { allow });
      }
      if (!takesJson(request.headers.get("accept"))) {
        throw new Refusal("not-acceptable", "the answer is JSON", "accept `application/json`");
      }
      const body = await outcome(operation, request, {
        id: found.id,
        base: publicUrl ?? `${address?.origin ?? ""}${basePath}`,
      });
      if (body === undefined) return answer(204, headers, null);
      const text = request.method === "HEAD" ? null : JSON.stringify(body);
      return answer(200, { ...headers, "content-type": "application/json" }, text);
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.status === 500) void tell(thrown, name);
      const more = { "content-type": "application/problem+json", ...problemHeaders(thrown, problem) };
      return answer(
        problem.status,
        { ...headers, ...more },
        request?.method === "HEAD" ? null : JSON.stringify(problem),
      );
    }
  };

  async function outcome(operation: Operation, request: Incoming, { id, base }: { id: string; base: string }) {
    const { isPersonal, takes, takesText } = operation;
    // Before the body is read, which the host may want to look at, too.
    const asking = isPersonal
      ? await knownEmployee(options, request, (thrown) => void tell(thrown, operation.id))
      : undefined;
    const types = takes ? jsonTypes : Object.keys(takesText?.types ?? {});
    const text = takes || takesText ? await readText(request, types, Math.max(most, takesText?.maxBytes ?? 0)) : "";
    const given = takes ? bodyOf(operation, text) : {};
    const [body, named] = trustedEmployee(given, trustCaller && isPersonal === true);
    const employee = named ?? asking;
    if (isPersonal && !employee) {
      throw new Refusal("forbidden", "nobody knows which employee is asking", "sign the employee in first");
    }
    const whose: Employee = employee ?? {};
    const calls = { ...(request.signal && { signal: request.signal }), ...(timeoutMs && { timeoutMs }) };
    const { headers } = request;
    const contentType = mediaType(headers.get("content-type"));
    const seals = sealsOf(door, whose);
    return operation.run({ nexthink, seals, employee: whose, id, body, text, contentType, headers, calls, base });
  }

  function answer(status: number, headers: Record<string, string>, body: string | null): Answer {
    const Maker = options.Response ?? (globalThis.Response as unknown as ResponseMaker<Answer>);
    return new Maker(body, { status, headers });
  }

  async function tell(thrown: unknown, operation: string): Promise<void> {
    try {
      await onError?.(thrown, operation);
    } catch {
      // Whoever is told must not break the answer.
    }
  }
}

const usualHeaders = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

const unauthorized = () =>
  new Refusal(
    "unauthorized",
    "the API key is missing or wrong",
    "send it as `Authorization: Bearer …` or `x-api-key`",
    {
      "www-authenticate": "Bearer",
    },
  );

function bodyOf({ takes = {} }: Operation, text: string): Record<string, unknown> {
  const body = parseJson(text);
  const wrong = mismatch(takes, body);
  if (wrong)
    throw new Refusal("invalid", `${wrong.place} ${wrong.rule}`, "correct it, as `/openapi.json` describes it");
  return body as Record<string, unknown>;
}
