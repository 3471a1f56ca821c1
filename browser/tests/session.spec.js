// A session that ends costs nothing that was typed: with and without script, in both languages, whatever ended it.
import { PASSWORD, expect, signIn, test } from "./office.js";

const PAGE = "/sheets/6/4.1.1";
const line = "Đơn vị đã bổ sung báo cáo số 45/BC-SNV; «kèm» <b>3</b> phụ lục & \"giải trình\".\n";
/** 1,000 letters in lines. */
const EXPLANATION = line.repeat(13).slice(0, 1_000).trim();
const WORDS = {
  vi: { over: "Phiên làm việc đã kết thúc", back: "chưa được lưu", send: "Gửi giải trình", old: "Trang đã cũ" },
  en: { over: "The session has ended", back: "was not saved", send: "Send", old: "The page is too old" },
};

/** Ends the session of a browser from another one of the same person, as an hour without a request does. */
const endElsewhere = async (browser, baseURL) => {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await signIn(page, "canbo");
  await page.goto("/account");
  for (;;) {
    const end = page.locator("form[action^='/account/browser/'] button").first();
    if ((await end.count()) === 0) break;
    await end.click();
  }
  await context.close();
};

const signInAgain = async (page) => {
  await page.fill("#login", "canbo");
  await page.fill("#password", PASSWORD);
  await page.click("main button.btn-primary");
};

const explanation = (page) => page.locator(`form[action^='${PAGE}/explain'] textarea`).first();

for (const lang of ["vi", "en"]) {
  for (const script of [true, false]) {
    test(`an explanation outlives its session (${lang}, ${script ? "with" : "without"} script)`, async ({
      browser,
      baseURL,
    }) => {
      const context = await browser.newContext({ baseURL, javaScriptEnabled: script });
      await context.addCookies([{ name: "lang", value: lang, url: baseURL }]);
      const page = await context.newPage();
      await signIn(page, "canbo");
      await page.goto(PAGE);
      await explanation(page).fill(EXPLANATION);
      await endElsewhere(browser, baseURL);
      const answer = page.waitForResponse((response) => response.url().includes("/explain"));
      await page.getByRole("button", { name: WORDS[lang].send, exact: true }).first().click();
      expect((await answer).status()).toBe(401);
      await expect(page.getByRole("alert").first()).toContainText(WORDS[lang].over);
      await signInAgain(page);
      await expect(page).toHaveURL(new RegExp(`${PAGE}\\?unsent=\\d+$`));
      await expect(page.locator("#typed")).toContainText(WORDS[lang].back);
      await expect(page.locator("#typed")).toBeInViewport();
      await expect(explanation(page)).toHaveValue(EXPLANATION);
      await expect(explanation(page)).toBeFocused();
      await page.goto(PAGE);
      await expect(page.locator("main"), "nothing was sent by itself").not.toContainText("45/BC-SNV");
      await context.close();
    });
  }
}

test("signing out in another window loses nothing in this one, and signing in again there neither", async ({
  page,
  context,
}) => {
  await signIn(page, "canbo");
  await page.goto(PAGE);
  await explanation(page).fill(EXPLANATION);
  const other = await context.newPage();
  await other.goto("/");
  await other.getByRole("button", { name: "Đăng xuất" }).click();
  await page.getByRole("button", { name: "Gửi giải trình" }).first().click();
  await expect(page.getByRole("alert").first()).toContainText("giữ 30 phút");
  await signInAgain(page);
  await expect(explanation(page)).toHaveValue(EXPLANATION);
});

test("the page says before the session ends that it does, and goes on with it", async ({ page }) => {
  let left = 240;
  let asked = 0;
  await page.clock.install();
  await signIn(page, "canbo");
  await page.goto(PAGE);
  const person = Number(await page.locator("#session").getAttribute("data-person"));
  await page.route("**/session", async (route) => {
    asked += 1;
    if (route.request().method() === "POST") left = 3_600;
    await route.fulfill({ json: { left, most: 30_000, person, csrf: "new" } });
  });
  const bar = page.locator(".session");
  await expect(bar).toBeHidden();
  await page.clock.runFor(54 * 60_000);
  expect(asked, "nobody asks while there is time").toBe(0);
  await page.clock.runFor(2 * 60_000);
  await expect(bar).toContainText("kết thúc sau 4 phút");
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(bar).toBeHidden();
  left = 0;
  await page.clock.runFor(56 * 60_000);
  await expect(bar).toContainText("Phiên làm việc đã kết thúc");
  await expect(bar.getByRole("link")).toHaveAttribute("target", "_blank");
  left = 3_600;
  await page.clock.runFor(31_000);
  await expect(bar).toContainText("Đã đăng nhập lại");
  await expect(page.locator("input[name=csrf]").first()).toHaveValue("new");
});

test("a refused form opens where it is wrong, with all that was typed", async ({ page }) => {
  await signIn(page, "thuongtruc");
  await page.goto("/campaigns/new");
  await page.fill("#title", "Chỉ số năm 2027");
  await page.fill("#code", "mã có dấu cách");
  await page.fill("#year", "2027");
  await page.fill("#basis", "Kế hoạch số 9/KH-UBND");
  await page.getByRole("button", { name: "Lập", exact: true }).click();
  await expect(page.locator("#code")).toBeFocused();
  await expect(page.locator("#code")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("main")).not.toContainText("Gói chưa dùng được");
  const typed = [["#title", "Chỉ số năm 2027"], ["#code", "mã có dấu cách"], ["#basis", "Kế hoạch số 9/KH-UBND"]];
  for (const [field, value] of typed) {
    await expect(page.locator(field)).toHaveValue(value);
  }
});
