// What a tool takes, as JSON Schema in two dialects, and the check of what a model has given: its mistakes are told so
// that it can mend them.

import { invalid } from "../errors.ts";

/** A tool's input as JSON Schema, draft 2020-12. Strict mode wants every property required: an option is then null. */
export interface ToolInputSchema {
  type: "object";
  properties: Record<string, ToolPropertySchema>;
  required: string[];
  additionalProperties: false;
}

/** One property of a tool's input. */
export interface ToolPropertySchema {
  type: "string" | ["string", "null"];
  description: string;
  enum?: (string | null)[];
}

/** One field of a tool's input: always a text. */
export interface Field {
  description: string;
  /** The only values that it can have. */
  oneOf?: readonly string[];
  optional?: true;
  /** In characters. Default: 100. */
  longest?: number;
}

/** The fields of a tool's input, by their names. */
export type Fields = Readonly<Record<string, Field>>;

/** What was given for each field; an option that was left out or null is not there. */
export type Given<F extends Fields> = {
  [Name in keyof F as F[Name] extends { optional: true } ? never : Name]: string;
} & { [Name in keyof F as F[Name] extends { optional: true } ? Name : never]?: string };

/** The loose dialect: an option may be left out. */
export function looseSchema(fields: Fields): ToolInputSchema {
  const properties: ToolInputSchema["properties"] = {};
  for (const [name, { description, oneOf }] of Object.entries(fields)) {
    properties[name] = { type: "string", description, ...(oneOf && { enum: [...oneOf] }) };
  }
  const required = Object.keys(fields).filter((name) => !fields[name]?.optional);
  return { type: "object", properties, required, additionalProperties: false };
}

/** The strict dialect of a loose schema, as OpenAI's strict mode wants it. A strict one stays as it is. */
export function strictSchema(loose: ToolInputSchema): ToolInputSchema {
  const properties: ToolInputSchema["properties"] = {};
  for (const [name, property] of Object.entries(loose.properties)) {
    const options = property.enum && { enum: [...property.enum, null] };
    properties[name] = loose.required.includes(name) ? property : { ...property, type: ["string", "null"], ...options };
  }
  return { ...loose, properties, required: Object.keys(properties) };
}

/**
 * What a model has given, checked. Nothing counts as an empty object, since a tool without input is called with either.
 *
 * @throws NexthinkError of kind `invalid`: what is wrong, and what to give instead
 */
export function checkInput<F extends Fields>(fields: F, input: unknown): Given<F> {
  const given = input ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    throw invalid("the input is not an object", `give an object with ${named(fields)}`);
  }
  const values = given as Record<string, unknown>;
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(fields, name)) {
      throw invalid(
        `\`${name.slice(0, 40)}\` is no input of this tool`,
        `leave it out and call again with ${named(fields)}`,
      );
    }
  }
  const checked: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value == null) {
      if (field.optional) continue;
      throw invalid(`\`${name}\` is missing`, `call again with \`${name}\`: ${field.description}`);
    }
    checked[name] = checkValue(name, field, value);
  }
  return checked as Given<F>;
}

function checkValue(name: string, { description, oneOf, longest = 100 }: Field, value: unknown): string {
  if (typeof value !== "string")
    throw invalid(`\`${name}\` is not a text`, `call again with \`${name}\`: ${description}`);
  if (oneOf && !oneOf.includes(value)) {
    throw invalid(`\`${name}\` has a value that there is not`, `give one of ${oneOf.join(", ")}`);
  }
  if (value.length > longest) {
    throw invalid(`\`${name}\` is longer than ${longest} characters`, "shorten it and call again");
  }
  return value;
}

function named(fields: Fields): string {
  const names = Object.entries(fields).map(([name, { optional }]) => `\`${name}\`${optional ? " (optional)" : ""}`);
  return names.length > 0 ? names.join(", ") : "no fields: {}";
}
