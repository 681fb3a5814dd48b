// The demo, by those who visit it: with a mouse, with the keyboard alone, in the dark, on a phone, in five languages, and
// when something goes wrong.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { describe, test } from "node:test";
import { createSimulator } from "nexthink-chatbot/simulator";
import { demo, home, missing, sizes } from "./demo-page.mjs";
import { inFewColours } from "./few-colours.mjs";

const { visit } = demo();

const outlook = "My Outlook keeps crashing";

const isTrigger = ([, path]) => path === "/api/v1/act/execute";

describe("the demo", { skip: missing, concurrency: 2 }, () => {
  test("from the complaint to a solved problem, everything behind it is shown", async () => {
    await visit({}, async (visitor) => {
      await visitor.choose(outlook);
      await visitor.hears("Your consent is needed");
      assert.deepEqual(await visitor.events(), ["Proposed: waits for a yes"]);
      assert.deepEqual((await visitor.calls()).filter(isTrigger), []);
      await visitor.choose("Yes");
      await visitor.hears("Did it help?");
      await visitor.choose("Yes");
      await visitor.hears("I'm glad that it helped");

      const calls = await visitor.calls();
      assert.deepEqual(calls.slice(0, 4), [
        ["POST", "/oauth2/default/v1/token", "access token", "200"],
        ["POST", "/api/v2/nql/execute", "identify · #get_device_basic_infos", "200"],
        ["POST", "/api/v2/nql/execute", "diagnose · #get_data_collection_times", "200"],
        ["POST", "/api/v2/nql/execute", "diagnose · #diagnose_outlook_issues", "200"],
      ]);
      assert.deepEqual(calls.filter(isTrigger), [
        ["POST", "/api/v1/act/execute", "remediate · set_outlook_plugins", "200"],
      ]);
      const [offline, plugins] = await visitor.verdicts();
      assert.match(offline, /^no match\s+offline\s+IsOnline = Yes, \d+ \w+ old/);
      assert.match(plugins, /^match\s+crashed-plugins\s+Outlook plugins have crashed: Zoom/);
      assert.deepEqual(
        (await visitor.changed()).map((text) => text.replace(/\s+/g, " ")),
        ["Crashing Outlook plugins Zoom Outlook Plugin, Salesforce Inbox → nonechanged"],
      );
      const events = await visitor.events();
      const expected = ["Proposed", "Agreed to, and sent once", "Accepted", "Succeeded", "The employee: it helped"];
      assert.deepEqual(
        events.filter((event) => expected.includes(event)),
        expected,
      );
      const truths = (await visitor.truths()).map((text) => text.replace(/\s+/g, " "));
      assert.deepEqual([truths[0], truths[1], truths[3]], ["accepted yes", "ran yes", "solved yes"]);
      assert.equal((await visitor.steps()).length, 6);
    });
  });

  test("a lost answer is told, found again by its reference, and never sent a second time", async () => {
    await visit({}, async (visitor) => {
      await visitor.toggle("Lose the next answer");
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      await visitor.choose("Yes");
      await visitor.hears("I won't send it again");
      assert.equal(await visitor.isOn("Lose the next answer"), false);
      await visitor.hears("Did it help?");
      const calls = await visitor.calls();
      assert.deepEqual(calls.filter(isTrigger), [
        ["POST", "/api/v1/act/execute", "remediate · set_outlook_plugins", "no answer"],
      ]);
      assert.ok(calls.some(([, , of]) => of === "follow up · #get_remote_action_result_by_reference"));
      const events = await visitor.events();
      assert.ok(events.includes("Answer lost: never sent again"), events.join());
      assert.ok(events.includes("Succeeded"), events.join());
    });
  });

  test("a device that goes offline is waited for, and repaired when it is back", async () => {
    await visit({}, async (visitor) => {
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      await visitor.toggle("Device goes offline");
      assert.match((await visitor.changed())[0], /Connection\s+online → offline/);
      await visitor.choose("Yes");
      await visitor.event("Waits for the device");
      await visitor.hears("is waiting for BKELLER-LT to pick it up");
      assert.ok(!(await visitor.events()).includes("Runs on the device"));
      await visitor.toggle("Device goes offline");
      await visitor.hears("Did it help?");
      assert.ok((await visitor.events()).includes("Succeeded"));
      assert.equal((await visitor.calls()).filter(isTrigger).length, 1);
    });
  });

  test("a tenant that refuses for ten seconds is asked again when it said so", async () => {
    await visit({}, async (visitor, page) => {
      await visitor.toggle("429 for ten seconds");
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      assert.equal(await visitor.isOn("429 for ten seconds"), false);
      const [refused, again] = await visitor.calls();
      assert.deepEqual(refused, ["POST", "/oauth2/default/v1/token", "access token", "429"]);
      assert.deepEqual(again, ["POST", "/oauth2/default/v1/token", "access token", "200"]);
      await page.locator("#calls summary").first().click();
      assert.match(await page.locator("#calls details").first().textContent(), /retry-after: 10\b/);
    });
  });

  test("each fault can be switched off again before it has happened", async () => {
    await visit({}, async (visitor) => {
      for (const name of ["Lose the next answer", "Device goes offline", "429 for ten seconds"]) {
        await visitor.toggle(name);
        assert.equal(await visitor.isOn(name), true);
        await visitor.toggle(name);
        assert.equal(await visitor.isOn(name), false);
      }
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      await visitor.choose("Yes");
      await visitor.hears("Did it help?");
      assert.ok((await visitor.calls()).every(([, , , status]) => status === "200"));
      assert.equal((await visitor.changed()).length, 1);
    });
  });

  test("the chat speaks the language that is chosen, from the first word to the last", async () => {
    await visit({}, async (visitor, page) => {
      await page.getByLabel("Language").selectOption("de");
      await visitor.choose("Outlook stürzt immer wieder ab");
      await visitor.hears("Ihre Zustimmung ist nötig");
      assert.equal(await page.getByRole("log").getAttribute("lang"), "de");
      assert.match((await visitor.verdicts())[1], /Outlook-Add-Ins sind abgestürzt/);
      await visitor.choose("Ja");
      await visitor.hears("Hat es geholfen?");
      await visitor.write("ja");
      await page.locator("#log .success").waitFor();
      assert.equal((await visitor.steps()).length, 6);
    });
  });

  test("every language of the package can be chosen, and asks for consent in it", async () => {
    const consents = { fr: "Votre accord est nécessaire", es: "Se necesita su consentimiento", ja: "同意が必要です" };
    for (const [locale, consent] of Object.entries(consents)) {
      await visit({ query: { speed: "100", locale } }, async (visitor, page) => {
        assert.equal(await page.getByLabel("Language").inputValue(), locale);
        await page.locator("#choices button").first().click();
        await visitor.hears(consent);
      });
    }
  });

  test("somebody else can sit down, and begins anew with their own device", async () => {
    await visit({}, async (visitor, page) => {
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      await page.getByLabel("Employee").selectOption({
        label:
          "Quentin Roux: three devices, of which only the laptop has a problem: its system drive is nearly full and it starts slowly",
      });
      assert.deepEqual(await visitor.events(), []);
      assert.equal((await visitor.calls()).length, 0);
      await visitor.hears("Hello Quentin");
      await visitor.write("my PC is slow");
      await visitor.hears("Which device is it about?");
      await page
        .locator("#choices")
        .getByRole("button", { name: /QROUX-DT/ })
        .click();
      await page.locator("#facts-of").getByText("QROUX-DT").waitFor();
    });
  });

  test("what cannot be known is shown as unknown, with the reason and what would tell", async () => {
    await visit({ query: { speed: "100", employee: "uvogel" } }, async (visitor) => {
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      const [offline] = await visitor.verdicts();
      assert.match(offline, /^unknown\s+offline[\s\S]*its script failed; “Get Outlook online” collects it hourly/);
    });
  });

  test("advice is no question of consent: nothing is done by a yes to it", async () => {
    await visit({ query: { speed: "100", employee: "cdubois" } }, async (visitor, page) => {
      await visitor.choose("My PC is slow");
      await visitor.hears("Restart this PC");
      assert.equal(await page.locator(".consent").count(), 0);
      assert.deepEqual(await visitor.events(), []);
    });
  });

  test("the service desk's part is shown when it is handed over", async () => {
    await visit({}, async (visitor, page) => {
      await visitor.choose(outlook);
      await visitor.offered("Service desk");
      await visitor.choose("Service desk");
      await page.getByText("What the service desk gets").click();
      assert.match(await page.locator("#log pre").textContent(), /"symptoms": "My Outlook keeps crashing"/);
      assert.deepEqual((await visitor.calls()).filter(isTrigger), []);
    });
  });

  test("the keyboard alone leads from the complaint to the end, and is never lost", async () => {
    await visit({}, async (visitor, page) => {
      const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
      const press = async (name) => {
        for (let presses = 0; (await focused()) !== name; presses++) {
          assert.ok(presses < 12, `${name} is not reached; the focus is at ${await focused()}`);
          await page.keyboard.press("Tab");
        }
        await page.keyboard.press("Enter");
      };
      await press(outlook);
      await visitor.offered("Yes");
      assert.equal(await page.evaluate(() => document.activeElement.id), "conversation");
      // The next key must not be a consent: it has to be reached first.
      await page.keyboard.press("Enter");
      assert.deepEqual(await visitor.events(), ["Proposed: waits for a yes"]);
      await press("Yes");
      await visitor.hears("Did it help?");
      await press("Yes");
      await visitor.hears("I'm glad that it helped");
      await press("Device goes offline");
      assert.equal(await visitor.isOn("Device goes offline"), true);
    });
  });

  test("a screen reader is told what is said, by whom, as it is said", async () => {
    await visit({}, async (visitor, page) => {
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      const said = await page.locator("#log > div").allTextContents();
      assert.ok(said.includes(`You:${outlook}`), said.join("\n"));
      assert.ok(said.some((text) => text.startsWith("Assistant:Your consent is neededMay I run")));
      assert.equal(await page.getByRole("group", { name: "Your answer" }).getByRole("button").count(), 4);
      assert.equal(await page.getByRole("log").getAttribute("aria-live"), null, "a log is polite by itself");
      assert.equal(await page.locator("#steps [aria-current=step] b").textContent(), "propose");
    });
  });

  test("no secret and no token is shown, in no call and nowhere else", async () => {
    const { clientId, clientSecret } = createSimulator().credentials;
    await visit({}, async (visitor, page) => {
      await visitor.choose(outlook);
      await visitor.offered("Yes");
      await visitor.choose("Yes");
      await visitor.hears("Did it help?");
      const html = await page.content();
      for (const secret of [clientSecret, btoa(`${clientId}:${clientSecret}`)]) assert.ok(!html.includes(secret));
      const [token, query] = await page.locator("#calls details").allTextContents();
      assert.match(token, /authorization: Basic •+\n/);
      assert.match(token, /"access_token": "•+"/);
      assert.match(query, /authorization: Bearer •+\n/);
      assert.match(query, /"username": "bkeller"/);
      // As the tenant makes its tokens.
      assert.doesNotMatch(html, /[0-9a-f]{24}\.[0-9a-f]{24}/);
    });
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const [size, viewport] of Object.entries(sizes)) {
      test(`axe finds nothing, and nothing is cut (${colorScheme}, ${size})`, async () => {
        await visit({ colorScheme, viewport }, async (visitor, page) => {
          const look = async (when) => {
            assert.deepEqual(await visitor.violations(), [], when);
            assert.deepEqual(await visitor.cut(), [], when);
          };
          const behind = async (when) => {
            if (size === "phone") await page.getByRole("button", { name: /^Behind the scenes/ }).click();
            await look(`${when}, behind the scenes`);
            if (size === "phone") await page.getByRole("button", { name: "Chat", exact: true }).click();
          };
          await look("at the beginning");
          await behind("at the beginning");
          await visitor.choose(outlook);
          await visitor.offered("Yes");
          await look("asked for consent");
          await page.locator('[data-fault="lost-answer"]').dispatchEvent("click");
          await visitor.choose("Yes");
          await visitor.hears("Did it help?");
          await page.locator("#calls details").evaluateAll((calls) => {
            for (const call of calls) call.open = true;
          });
          await look("asked whether it helped");
          await behind("with all calls open");
          await visitor.choose("Yes");
          await visitor.hears("I'm glad");
          await look("solved");
        });
      });
    }
  }

  test("any web server can publish the page: it is files, at any place", async (context) => {
    const types = { ".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml", ".mjs": "text/javascript" };
    const server = createServer((request, response) => {
      const file = join(home, new URL(request.url, "http://any").pathname.replace(/^\/some\/place/, ""));
      response.writeHead(existsSync(file) ? 200 : 404, { "content-type": types[extname(file)] });
      response.end(existsSync(file) ? readFileSync(file) : undefined);
    });
    context.after(() => server.close());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = `http://127.0.0.1:${server.address().port}/some/place/demo/index.html`;
    await visit({ at }, async (visitor) => {
      await visitor.choose(outlook);
      await visitor.offered("Yes");
    });
  });
});

const pictures = join(process.env.CHECKOUT ?? ".", "docs", "images");
const picture = (name) => join(pictures, `demo-${name}.png`);

/** What each picture of the README shows. `UPDATE_SCREENSHOTS=1` takes them anew. */
const shown = {
  async light({ choose, offered, hears }) {
    await choose(outlook);
    await offered("Yes");
    await choose("Yes");
    await hears("Did it help?");
    await choose("Yes");
    await hears("I'm glad that it helped");
  },
  async dark({ choose, offered }) {
    await choose(outlook);
    await offered("Yes");
  },
  async phone({ choose, offered }) {
    await choose(outlook);
    await offered("Yes");
  },
  async fault({ choose, offered, toggle, hears }, page) {
    await toggle("Lose the next answer");
    await choose(outlook);
    await offered("Yes");
    await choose("Yes");
    await hears("is running on");
    await page.waitForFunction(() => document.querySelectorAll("#calls li").length > 11);
    const lost = page.locator('#calls [data-fault="lost-answer"]');
    await lost.locator("summary").click();
    await lost.evaluate((call) => {
      call.closest("#calls").scrollTop = call.offsetTop - call.closest("#calls").offsetTop - 90;
    });
  },
};

describe("the pictures of the demo", { skip: missing }, () => {
  for (const [name, act] of Object.entries(shown)) {
    test(`${name} is there, and small`, async () => {
      if (process.env.UPDATE_SCREENSHOTS) {
        mkdirSync(pictures, { recursive: true });
        const phone = { viewport: sizes.phone, deviceScaleFactor: 2, isMobile: true };
        const looks = { light: {}, dark: { colorScheme: "dark" }, phone, fault: {} };
        await visit({ query: {}, ...looks[name] }, async (visitor, page) => {
          await act(visitor, page);
          await page.mouse.move(0, 0);
          writeFileSync(picture(name), inFewColours(await page.screenshot()));
        });
      }
      assert.ok(existsSync(picture(name)), `${picture(name)} is missing: UPDATE_SCREENSHOTS=1 takes it`);
      assert.ok(statSync(picture(name)).size < 150_000, `${statSync(picture(name)).size} bytes`);
    });
  }
});
