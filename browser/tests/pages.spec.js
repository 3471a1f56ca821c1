// Every page, wide and on a phone, light and dark: WCAG 2.2 AA by axe, no sideways scrolling, a heading, a title.
import AxeBuilder from "@axe-core/playwright";
import { PAGES, expect, signIn, test } from "./office.js";

const look = async (page, path) => {
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await new AxeBuilder({ page }).withTags(tags).analyze();
  const where = (each) => each.nodes.map((node) => node.html).join(" | ").slice(0, 400);
  const told = found.violations.map((each) => `${each.id}: ${where(each)}`);
  expect(told, path).toEqual([]);
  expect(await page.locator("h1").count(), `${path} has one heading`).toBe(1);
  expect(await page.title(), path).not.toMatch(/^ ·/);
  const sideways = await page.evaluate(() => {
    const whole = document.documentElement;
    return whole.scrollWidth - whole.clientWidth;
  });
  expect(sideways, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
};

const ways = {
  "wide and light": { viewport: { width: 1366, height: 768 }, colorScheme: "light" },
  "wide and dark": { viewport: { width: 1366, height: 768 }, colorScheme: "dark" },
  "on a phone": { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  // 1366 pixels at 200 % are 683.
  "at 200 % zoom, without motion": {
    viewport: { width: 683, height: 384 },
    colorScheme: "light",
    reducedMotion: "reduce",
  },
};

for (const [way, options] of Object.entries(ways)) {
  test.describe(way, () => {
    test.use(options);
    test("the sign-in page", async ({ page }) => look(page, "/sign-in"));
    for (const [login, paths] of Object.entries(PAGES)) {
      test(`the pages of ${login}`, async ({ page }) => {
        await signIn(page, login);
        for (const path of paths) await look(page, path);
      });
    }
  });
}

test("the pages in English", async ({ page }) => {
  await signIn(page, "thuongtruc");
  await page.click("text=English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  for (const path of PAGES.thuongtruc) {
    await page.goto(path);
    await expect(page.locator("nav a").first()).toHaveText("Home");
  }
  await page.click("text=Tiếng Việt");
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
});
