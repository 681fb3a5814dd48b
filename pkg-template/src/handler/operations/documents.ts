// What the door says of itself: that it is there, and what it takes and gives.

import type { Operation } from "../operation.ts";
import type { Schema } from "../schema.ts";

const document: Schema = { type: "object", description: "The document." };

/** @param openApi the document for an address. @param swagger the same for Power Platform */
export function documents(openApi: (base: string) => object, swagger: (base: string) => object): Operation[] {
  return [
    {
      method: "GET",
      path: "/openapi.json",
      id: "GetOpenApi",
      summary: "This description, as OpenAPI 3.1",
      description: "For code generators and for platforms that read OpenAPI 3.",
      gives: document,
      run: ({ base }) => openApi(base),
    },
    {
      method: "GET",
      path: "/swagger.json",
      id: "GetSwagger",
      summary: "This description, as Swagger 2.0",
      description: "For custom connectors of Microsoft Power Platform and Copilot Studio.",
      gives: document,
      run: ({ base }) => swagger(base),
    },
    {
      method: "GET",
      path: "/health",
      id: "GetHealth",
      summary: "Whether the door is there",
      description: "For load balancers. Asks nobody, and wants no key.",
      isPublic: true,
      gives: {
        type: "object",
        description: "It is there.",
        required: ["status"],
        properties: { status: { type: "string", enum: ["ok"], description: "It is there." } },
      },
      run: () => ({ status: "ok" }),
    },
  ];
}
