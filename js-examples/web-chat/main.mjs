// Starts the server: `npm start`. With a simulated tenant, as long as the environment names none of yours.

import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";
import { handOverTo } from "../service-desk/hand-over.mjs";
import { serverFor } from "./server.mjs";

const { EMPLOYEE_HEADER, PORT = "8080", SERVICE_DESK_URL } = process.env;
const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
if (instance && !EMPLOYEE_HEADER)
  throw new Error("EMPLOYEE_HEADER is not set: it says in which header your proxy names the employee");

const tenant = instance
  ? { instance, region, credentials: { clientId, clientSecret } }
  : createSimulator({ speed: 20 }).client;

/** The proxy before this server has signed the employee in; it lets nobody else send this header. */
function employeeOf({ headers }) {
  if (!instance) return { username: "amartin" };
  const email = headers[EMPLOYEE_HEADER.toLowerCase()];
  return email && { email };
}

// Only the proxy, on this machine, reaches it.
const handOver = handOverTo(SERVICE_DESK_URL);
const server = serverFor({ nexthink: createClient(tenant), handOver, employeeOf }).listen(
  Number(PORT),
  "127.0.0.1",
  () => {
    console.log(`The chat is at http://localhost:${server.address().port}/`);
  },
);
