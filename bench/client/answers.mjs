// What the tenant of the benchmarks answers: an access token, a query's rows, a refusal. Made once; sent as they are.

/** The saved queries that the tenant knows, by the ID that a client asks for. */
export const queries = {
  oneRow: "#get_device_basic_infos",
  hundredRows: "#hundred_rows",
  missing: "#missing",
  silent: "#silent",
};

export const token = JSON.stringify({
  token_type: "Bearer",
  expires_in: 86_400,
  // As long as a real one: it travels with every request.
  access_token: "a".repeat(900),
  scope: "service:integration",
});

/** Status and body for a query ID; none for `silent`, which is never answered. */
export const answers = new Map([
  [queries.oneRow, { status: 200, body: answer(queries.oneRow, [device(0)]) }],
  [
    queries.hundredRows,
    {
      status: 200,
      body: answer(
        queries.hundredRows,
        Array.from({ length: 100 }, (_, at) => wide(at)),
      ),
    },
  ],
  [queries.missing, { status: 404, body: JSON.stringify({ message: "No query found", code: 100, source: "NQL API" }) }],
]);

function answer(queryId, data) {
  return JSON.stringify({
    queryId,
    executedQuery: "devices during past 7d | with session.events past 7d | list collector.uid, device.name",
    rows: data.length,
    executionDateTime: "2025-05-06T07:08:09",
    data,
  });
}

/** A row of the query that every conversation begins with. */
function device(at) {
  return {
    "device.collector.uid": `e0aa796d-7d0c-4a4b-9c1e-${String(at).padStart(12, "0")}`,
    "device.name": `PC-${1000 + at}`,
    "device.operating_system.platform": "Windows",
    "device.operating_system.name": "Windows 11 Pro 23H2 (64 bits)",
    "device.hardware.type": "laptop",
    "device.hardware.manufacturer": "Dell Inc.",
    "device.last_seen": "2025-05-06T06:59:12Z",
  };
}

/** The same with what a playbook asks for: 12 columns, texts and numbers, some without a value. */
function wide(at) {
  return {
    ...device(at),
    "device.hardware.memory": 17_179_869_184,
    "device.boot.days_since_last_full_boot": at % 30,
    "device.system_drive.free_space_ratio": 0.125 + at / 1000,
    "device.outlook.version": at % 5 === 0 ? null : `16.0.${17_000 + at}.20204`,
    "device.outlook.number_of_crashes": at % 3,
  };
}
