// Brings the table in `cmdb.sqlite` up to date, and shows it: `node main.mjs`. Without a tenant of yours, a simulated one.

import { readFileSync } from "node:fs";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { Cmdb } from "./cmdb.mjs";

const query = "#devices_for_cmdb";

function simulated() {
  const tenant = createSimulator({ speed: Number.POSITIVE_INFINITY });
  tenant.setQuery(query, readFileSync(new URL("devices.nql", import.meta.url), "utf8"));
  return tenant.client;
}

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region, CMDB_FILE = "cmdb.sqlite" } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
const nexthink = createClient(instance ? { instance, region, credentials: { clientId, clientSecret } } : simulated());

const cmdb = new Cmdb(CMDB_FILE);
const asOf = new Date();
const taken = await cmdb.take(nexthink.nql.export(query), asOf);
const devices = cmdb.devices();
console.log(`${taken} devices taken; the table has ${devices.length}`);
console.table(devices.slice(0, 10), ["name", "operating_system", "owner", "first_seen", "last_seen"]);
cmdb.close();
