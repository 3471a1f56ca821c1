// Whoever clicks twice because nothing seems to happen makes one thing: the answers of the server come late here.
import http from "node:http";

import { expect, signIn, test } from "./office.js";

const LATE = 1_500;

/** Stands before the server: whatever is sent reaches it at once, and the answers to forms come late. */
const late = (server) =>
  new Promise((ready) => {
    const { hostname, port } = new URL(server);
    let forms = 0;
    const proxy = http.createServer((asked, answer) => {
      const { method, url: path, headers } = asked;
      const slow = method === "POST" && path !== "/sign-in";
      forms += slow ? 1 : 0;
      const further = http.request({ hostname, port, method, path, headers }, (came) => {
        const on = () => {
          answer.writeHead(came.statusCode, came.headers);
          came.pipe(answer);
        };
        if (slow) setTimeout(on, LATE);
        else on();
      });
      further.on("error", () => answer.destroy());
      asked.pipe(further);
    });
    proxy.listen(0, "127.0.0.1", () =>
      ready({ url: `http://127.0.0.1:${proxy.address().port}`, forms: () => forms, close: () => proxy.close() }),
    );
  });

const withLate = async (browser, baseURL, script, act) => {
  const server = await late(baseURL);
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: script });
  const page = await context.newPage();
  await signIn(page, "thuongtruc");
  await act(page, server);
  await context.close();
  server.close();
};

for (const script of [true, false]) {
  const how = script ? "with script" : "without script";

  test(`two clicks on a slow answer make one thing, ${how}`, async ({ browser, baseURL }) => {
    await withLate(browser, baseURL, script, async (page, server) => {
      const reason = `Hai lần bấm, ${how}`;
      await page.goto("/phrases");
      await page.fill("#text", reason);
      await page.locator("form", { has: page.locator("#text") }).locator("button").dblclick({ noWaitAfter: true });
      await expect(page.locator("li", { hasText: reason })).toHaveCount(1);
      expect(server.forms(), "the server was asked twice").toBe(2);
      await page.reload();
      await expect(page.locator("li", { hasText: reason })).toHaveCount(1);
    });
  });

  test(`a unit that was sent twice is there once, and both answers are its page, ${how}`, async ({ browser, baseURL }) => {
    await withLate(browser, baseURL, script, async (page, server) => {
      const [code, name] = [`HAI-${script}`, `Chi cục Hai Lần ${script}`];
      await page.goto("/units/new");
      await page.fill("#code", code);
      await page.fill("#name", name);
      await page.locator("main form button").first().dblclick({ noWaitAfter: true });
      await expect(page.locator("h1")).toContainText(name);
      await expect(page).toHaveURL(/\/units\/\d+$/);
      expect(server.forms()).toBe(2);
    });
  });

  test(`what was changed before the answer came is another thing, and is said, ${how}`, async ({ browser, baseURL }) => {
    await withLate(browser, baseURL, script, async (page) => {
      const send = page.locator("form", { has: page.locator("#text") }).locator("button");
      await page.goto("/phrases");
      await page.fill("#text", `Bản đầu, ${how}`);
      await send.click({ noWaitAfter: true });
      await page.fill("#text", `Bản sau, ${how}`);
      await send.click({ noWaitAfter: true });
      await expect(page.locator("[role=status]")).toContainText("đã được gửi một lần với nội dung khác");
      for (const said of ["Bản đầu", "Bản sau"]) {
        await expect(page.locator("li", { hasText: `${said}, ${how}` })).toHaveCount(1);
      }
    });
  });
}
