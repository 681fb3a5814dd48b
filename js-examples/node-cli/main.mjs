// Repairs Outlook in six steps: `npm start`. With a simulated tenant, as long as the environment names none of yours.

import { userInfo } from "node:os";
import { createInterface } from "node:readline/promises";
import { createClient } from "nexthink-chatbot";
import { createSimulator } from "nexthink-chatbot/simulator";

const { NEXTHINK_INSTANCE: instance, NEXTHINK_REGION: region } = process.env;
const { NEXTHINK_CLIENT_ID: clientId, NEXTHINK_CLIENT_SECRET: clientSecret } = process.env;
const tenant = instance && { instance, region, credentials: { clientId, clientSecret } };
// Whoever has logged in to this machine is the employee: nobody is asked who they are.
const employee = { username: tenant ? userInfo().username : "amartin" };
const terminal = createInterface({ input: process.stdin, output: process.stdout });
const ask = async (question) => /^y/i.test(await terminal.question(`${question} [y/N] `));

const nexthink = createClient(tenant || createSimulator({ speed: 20 }).client); // 1. Authenticate, when it is first needed.
const [device] = await nexthink.identify(employee); // 2. Identify: the device that was seen last.
const diagnosis = device && (await nexthink.diagnose("outlook", device)); // 3. Diagnose.
const best = diagnosis?.recommendations.find(({ kind }) => kind === "remote-action");
const proposal = best && nexthink.propose(diagnosis, best, { employee }); // 4. Propose, and remediate after a yes.
const question =
  proposal && `${device.name}: ${proposal.reason}. May I run “${proposal.title}”, which is ${proposal.risk}?`;
if (question && (await ask(question))) {
  let run = await nexthink.remediate(proposal.token, { confirmed: true });
  for await (run of nexthink.follow(run)) console.log(run.state); // 5. Follow it to its end.
  run = nexthink.solved(await nexthink.verify(run), await ask("Did it help?")); // 6. Verify, and ask.
  console.log(run.solved ? "Good." : nexthink.escalation([run], { format: "text", diagnoses: [diagnosis] }));
} else {
  console.log(proposal ? "Nothing was changed." : `There is nothing that I could repair for ${employee.username}.`);
}
terminal.close();
