// JSON Schemas from the types that the platforms publish, as validators that refuse what the types do not know.

import { Ajv } from "ajv";
import { createGenerator } from "ts-json-schema-generator";

export function schemaOf(path, type) {
  const generator = createGenerator({ path, type, skipTypeCheck: true, additionalProperties: false, expose: "all" });
  return new Ajv({ strict: false, allErrors: true }).compile(generator.createSchema(type));
}
