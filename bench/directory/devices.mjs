// A company's devices and their employees, always the same ones: the rows of an export, and who is looked up.

const manufacturers = ["Dell Inc.", "HP", "LENOVO", "Microsoft Corporation", "Apple Inc."];
const systems = [
  "Windows 11 Enterprise 23H2 (64 bits)",
  "Windows 11 Enterprise 24H2 (64 bits)",
  "Windows 10 (64 bits)",
];
const first = ["anna", "bruno", "chloe", "david", "emma", "felix", "greta", "hugo", "ines", "jonas"];
const last = ["martin", "mueller", "schmidt", "rossi", "garcia", "tanaka", "kowalski", "janssen", "silva", "dubois"];

export const columns = {
  username: ["user.name"],
  all: ["user.name", "user.upn", "user.ad.email_address", "user.sid"],
};

export const deviceColumns = [
  "device.collector.uid",
  "device.name",
  "device.operating_system.platform",
  "device.operating_system.name",
  "device.hardware.type",
  "device.hardware.manufacturer",
  "last_seen",
];

/** An employee by a number. */
export function employee(number) {
  const [given, family] = [first[number % 10], last[Math.floor(number / 10) % 10]];
  const username = `${given[0]}${family}${number}`;
  return {
    username,
    upn: `${username}@acme.com`,
    email: `${given}.${family}.${number}@acme.com`,
    sid: `S-1-5-21-1004336348-1177238915-682003330-${1_000 + number}`,
  };
}

/** A device by a number. No two differ in a way that a generator would not: their IDs look random. */
export function device(number) {
  const mixed = (salt) => {
    let state = Math.imul(number ^ salt, 0x9e3779b9);
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    return (state ^ (state >>> 15)) >>> 0;
  };
  const hex = [1, 2, 3, 4].map((salt) => mixed(salt).toString(16).padStart(8, "0")).join("");
  const two = (of) => String(of).padStart(2, "0");
  return {
    collectorUid: hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5"),
    name: `XN${1_000_000 + number}-${2_142 + (number % 97)}`,
    platform: "Windows",
    operatingSystem: systems[mixed(5) % systems.length],
    type: mixed(6) % 4 ? "laptop" : "desktop",
    manufacturer: manufacturers[mixed(7) % manufacturers.length],
    lastSeen: `2026-11-${two(1 + (mixed(8) % 20))}T${two(mixed(9) % 24)}:${two(mixed(10) % 60)}:${two(mixed(11) % 60)}Z`,
  };
}

/** The export as pieces of CSV. */
export function* csv(devices, identifiers) {
  let text = `${[...columns[identifiers], ...deviceColumns].join()}\r\n`;
  for (let number = 0; number < devices; number++) {
    const { username, ...others } = employee(number);
    const known = identifiers === "all" ? [username, ...Object.values(others)] : [username];
    text += `${[...known, ...Object.values(device(number))].join()}\r\n`;
    if (text.length < 200_000) continue;
    yield text;
    text = "";
  }
  yield text;
}

/** Employees who are there and who are not, in no order. */
export function asked(devices, count) {
  const known = [];
  const unknown = [];
  for (let at = 0; at < count; at++) {
    const number = (at * 2_654_435_761) % devices;
    known.push(employee(number).username);
    unknown.push(employee(devices + number).username);
  }
  return { known, unknown };
}
