// How a type of the package is described as a schema: a field that the type gains is missing here until it is described.

import type { Schema } from "../schema.ts";

/** The schemas of the fields of `T`; those of optional fields are marked. */
export type Fields<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? Optional : Schema };

/** A field that may be absent. */
export interface Optional {
  readonly optional: Schema;
}

/** An object of type `T`. Others of its fields than these are never sent. */
export function record<T>(description: string, fields: Fields<T>): Schema {
  const all = Object.entries<Schema | Optional>(fields);
  const required = all.filter(([, field]) => !isOptional(field)).map(([name]) => name);
  const properties = Object.fromEntries(all.map(([name, field]) => [name, isOptional(field) ? field.optional : field]));
  return { type: "object", description, properties, ...(required.length > 0 && { required }) };
}

const isOptional = (field: Schema | Optional): field is Optional => "optional" in field;

export const optional = (schema: Schema): Optional => ({ optional: schema });

/** One of the schemas that are published by name. */
export const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

export const listOf = (items: Schema, description: string): Schema => ({ type: "array", items, description });

export const text = (description: string, title?: string): Schema => ({
  type: "string",
  ...(title && { title }),
  description,
});

export const wordOf = (words: readonly string[], description: string): Schema => ({
  type: "string",
  enum: words,
  description,
});

export const number = (description: string): Schema => ({ type: "number", description });

export const time = (description: string): Schema => ({ type: "string", format: "date-time", description });

/** `true`, `false` or `"unknown"`. */
export const certainty = (description: string): Schema => ({ enum: [true, false, "unknown"], description });

/** Anything that JSON can say. */
export const anything = (description: string): Schema => ({ description });

/** A map with texts as names. */
export const mapOf = (additionalProperties: Schema, description: string): Schema => ({
  type: "object",
  additionalProperties,
  description,
});

/** What is handed out to be sent back unchanged. */
export const sealed = (field: string): Schema => ({
  type: "string",
  title: `Sealed ${field}`,
  pattern: sealedPattern,
  minLength: 1,
  description: `Send it back unchanged, as \`${field}\`, where a later step wants it. It holds for this employee only.`,
  "x-ms-visibility": "important",
});

export const sealedPattern = "^[A-Za-z0-9_-]+$";
