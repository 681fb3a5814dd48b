// Who has which devices, in R2: made anew each night, and asked before the tenant is.

import { createDirectory, Directory } from "nexthink-chatbot";

/** The saved query that brings all employees with their devices: `queries/devices_of_all_employees.nql`. */
const query = "#devices_of_all_employees";

const name = "directory";

/** So long an isolate is content with what it has read, in milliseconds. */
const contentFor = 600_000;

/** @param nexthink the client @param bucket where the directory is kept */
export async function refreshDirectory(nexthink, bucket) {
  const asOf = new Date();
  const directory = await createDirectory(nexthink.nql.export(query), { asOf });
  await bucket.put(name, directory.toBytes());
  console.log(`the directory has ${directory.size.devices} devices of ${directory.size.employees} employees`);
  directory.close();
}

let latest;
let etag;
let readAgainAt = 0;

/** What the client asks. Where it knows nothing, or fails, the tenant is asked. */
export const directoryIn = (bucket) => ({
  get asOf() {
    return latest?.asOf;
  },
  async lookup(identity) {
    if (Date.now() >= readAgainAt) {
      // Whoever comes while it is being read asks the tenant.
      readAgainAt = Date.now() + contentFor;
      const kept = await bucket.get(name, etag && { onlyIf: { etagDoesNotMatch: etag } });
      if (kept?.body) {
        const read = Directory.fromBytes(await kept.arrayBuffer());
        latest?.close();
        latest = read;
        etag = kept.etag;
      }
    }
    return latest?.lookup(identity) ?? [];
  },
});
