// Who has which devices, in R2: made anew each night, and asked before the tenant is.

import { createDirectory, Directory } from "nexthink-chatbot";

/** The saved query that brings all employees with their devices: `queries/devices_of_all_employees.nql`. */
const query = "#devices_of_all_employees";

const name = "directory";

/** So long an isolate is content with what it has read, in milliseconds. */
const contentFor = 600_000;

/**
 * So long nobody else reads while somebody does. A read ends with the request that has begun it, done or not, and nobody is told:
 * it is only a lease.
 */
const readingFor = 30_000;

let latest;
let etag;
let readAgainAt = 0;

/** Nobody needs it any more, or another one is about to come: two at once have no room in an isolate. */
function letGo() {
  latest?.close();
  latest = undefined;
  etag = undefined;
}

/** @param nexthink the client @param bucket where the directory is kept */
export async function refreshDirectory(nexthink, bucket) {
  const asOf = new Date();
  letGo();
  readAgainAt = Date.now() + contentFor;
  const directory = await createDirectory(nexthink.nql.export(query), { asOf });
  const { size } = directory;
  try {
    await bucket.put(name, directory.toBytes());
  } finally {
    directory.close();
    readAgainAt = 0;
  }
  console.log(`the directory has ${size.devices} devices of ${size.employees} employees`);
}

/** What the client asks. Where it knows nothing, or fails, the tenant is asked. */
export const directoryIn = (bucket) => ({
  get asOf() {
    return latest?.asOf;
  },
  async lookup(identity) {
    if (Date.now() >= readAgainAt) {
      // Whoever comes while it is being read asks the tenant.
      readAgainAt = Date.now() + readingFor;
      const kept = await bucket.get(name, etag && { onlyIf: { etagDoesNotMatch: etag } });
      if (kept?.body) {
        const bytes = await kept.arrayBuffer();
        letGo();
        // Also of bytes that are no directory: they stay the same, and are not read again.
        etag = kept.etag;
        latest = Directory.fromBytes(bytes);
      }
      readAgainAt = Date.now() + contentFor;
    }
    return latest?.lookup(identity) ?? [];
  },
});
