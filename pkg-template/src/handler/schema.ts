// The part of JSON Schema (2020-12, as OpenAPI 3.1 has it) in which this door says what it takes and gives, and the check of
// what it is given. One schema is published and checked by, so that the two cannot differ.

/** A JSON Schema. Only the keywords that are listed here are used. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "boolean" | "integer" | "number";
  /** What a person calls it: the caption that low-code platforms show. */
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  /** What must be given instead of something else. */
  readonly oneOf?: readonly Schema[];
  /** What must be given unless something else is. */
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly (string | boolean)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Whether low-code platforms show it at once, on demand, or never. */
  readonly "x-ms-visibility"?: "important" | "advanced" | "internal";
}

/** Where a value breaks its schema, and how; no value is repeated. */
export interface Mismatch {
  /** Such as `` `employee.upn` ``. */
  readonly place: string;
  readonly rule: string;
}

/** The first thing that is wrong with a value; nothing where it fits. */
export function mismatch(schema: Schema, value: unknown, place = ""): Mismatch | undefined {
  const wrong = (rule: string): Mismatch => ({ place: place || "the body", rule });
  if (schema.type !== undefined && !types[schema.type](value)) return wrong(`must be ${articles[schema.type]}`);
  if (schema.enum && !schema.enum.includes(value as string)) return wrong(`must be one of ${schema.enum.join(", ")}`);
  if (typeof value === "string") return textMismatch(schema, value, wrong);
  if (typeof value === "number") {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    return value >= minimum && value <= maximum ? undefined : wrong(`must be from ${minimum} to ${maximum}`);
  }
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema;
    if (value.length < minItems || value.length > maxItems) return wrong(`must have ${minItems} to ${maxItems} items`);
    return items && firstOf(value, (item, at) => mismatch(items, item, `${place}[${at}]`));
  }
  return types.object(value) ? objectMismatch(schema, value as Record<string, unknown>, place, wrong) : undefined;
}

function textMismatch(schema: Schema, text: string, wrong: (rule: string) => Mismatch): Mismatch | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  // JSON Schema counts characters, of which JavaScript makes some two.
  const isLong = text.length > maxLength && [...text].length > maxLength;
  if (text.length < minLength || isLong) return wrong(`must have ${minLength} to ${maxLength} characters`);
  if (pattern !== undefined && !new RegExp(pattern, "u").test(text))
    return wrong("has characters that are not taken here");
  return undefined;
}

function objectMismatch(
  schema: Schema,
  value: Record<string, unknown>,
  place: string,
  wrong: (rule: string) => Mismatch,
): Mismatch | undefined {
  const { properties = {}, required = [], additionalProperties = true, oneOf, anyOf } = schema;
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return wrong(`must have \`${missing}\``);
  if (oneOf && oneOf.filter((one) => !mismatch(one, value)).length !== 1) {
    return wrong(`must have exactly one of ${oneOf.flatMap((one) => one.required ?? []).join(", ")}`);
  }
  if (anyOf && !anyOf.some((one) => !mismatch(one, value))) {
    return wrong(`must have one of ${anyOf.flatMap((one) => one.required ?? []).join(", ")}`);
  }
  return firstOf(Object.entries(value), ([name, inner]) => {
    const below = place ? `${place}.${name}` : name;
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known) return mismatch(known, inner, below);
    // The name is the caller's own text: it is not repeated.
    if (additionalProperties === false) return wrong(`takes only ${Object.keys(properties).join(", ") || "nothing"}`);
    return typeof additionalProperties === "object" ? mismatch(additionalProperties, inner, below) : undefined;
  });
}

function firstOf<T>(values: readonly T[], look: (value: T, at: number) => Mismatch | undefined): Mismatch | undefined {
  for (const [at, value] of values.entries()) {
    const found = look(value, at);
    if (found) return found;
  }
  return undefined;
}

const types: Record<NonNullable<Schema["type"]>, (value: unknown) => boolean> = {
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  number: Number.isFinite,
};

const articles: Record<NonNullable<Schema["type"]>, string> = {
  object: "an object",
  array: "a list",
  string: "a text",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
};
