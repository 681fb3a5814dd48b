// Writes the connector's definition for the address of your door: `npm run connector -- https://chat.acme.com`. It is what the door
// says of itself, so that the two cannot differ.

import { writeFileSync } from "node:fs";
import { doorOf } from "./door.mjs";

const [publicUrl = "https://chat.acme.com"] = process.argv.slice(2);
const file = new URL("connector/apiDefinition.swagger.json", import.meta.url);

const apiKey = "only-for-the-description";
const door = doorOf({}, { apiKey, publicUrl });
const headers = { "x-api-key": apiKey };
const definition = await (await door(new Request(`${publicUrl}/swagger.json`, { headers }))).json();
writeFileSync(file, `${JSON.stringify(definition, undefined, 2)}\n`);
console.log(`connector/apiDefinition.swagger.json is that of ${publicUrl}`);
