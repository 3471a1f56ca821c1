// A province scores itself: each department fills in its part of one sheet, and whoever consolidates sees what is
// missing.
import { expect, signIn, test } from "./office.js";

test("a department fills in its part, and the province sees how far it is", async ({ page, browser, baseURL }) => {
  await signIn(page, "canbotinh");
  await page.click("text=Nhập phiếu: Tỉnh Kiên Giang");
  const sheet = new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
  await expect(page.locator("#tree details")).toHaveCount(8);
  const part = page.locator("#parts .document", { hasText: "Sở Tài chính" });
  const before = await part.locator(".state .n").textContent();
  expect(before).toMatch(/^0\/\d+$/);

  const context = await browser.newContext({ baseURL });
  const body = await context.newPage();
  await signIn(body, "taichinh");
  await body.click("text=Nhập phần được giao 6: Tỉnh Kiên Giang");
  await expect(body.locator("#tree details"), "its own part alone").toHaveCount(1);
  await expect(body.locator("#parts")).toHaveCount(0);
  const code = new URL(body.url()).pathname.split("/").pop();
  expect(code).toMatch(/^6\./);
  const fields = body.locator("#fields input.form-control:visible, #fields select:visible");
  for (let at = 0; at < (await fields.count()); at += 1) {
    const field = fields.nth(at);
    if (await field.evaluate((each) => each.tagName === "SELECT")) await field.selectOption({ index: 1 });
    else await field.fill((await field.getAttribute("data-day")) === null ? "1" : "30/06/2021");
    await field.blur();
  }
  await expect(body.locator("#saved")).toContainText("Đã lưu");
  await expect(body.locator("#tree a[aria-current] .sign")).toHaveText("đã đủ");
  const foreign = await body.goto(`${sheet}/1.1.1`);
  expect(foreign.status(), "what another department fills in is not there").toBe(404);
  const submit = await body.goto(`${sheet}/submit`);
  expect(submit.status(), "nor does it submit").toBe(403);
  await context.close();

  await page.reload();
  await expect(part.locator(".state .n")).toHaveText(before.replace(/^0/, "1"));
  await page.goto(`${sheet}/${code}`);
  await expect(page.locator("#history")).toContainText("Huỳnh Thanh Nhã");
  await page.goto(`${sheet}/submit`);
  await expect(page.locator("main")).toContainText("Còn thiếu");
  await expect(page.locator("main"), "the head submits the whole").toContainText("Thủ trưởng đơn vị duyệt và nộp");
});

test("points of the survey are pasted from a spreadsheet", async ({ page }) => {
  await signIn(page, "dieutra");
  await page.goto("/campaigns/2/external-points");
  await page.locator("main table a").first().click();
  await page.fill("#pasted", "Xã Kim Xá\t18\t9\t2\t1");
  await page.click("text=Lưu tất cả");
  await expect(page.locator("main [role=alert]")).toContainText("cần nguồn");
  await page.fill("#source", "Báo cáo điều tra 15/BC");
  await page.click("text=Lưu tất cả");
  const line = page.locator("tbody tr", { hasText: "Xã Kim Xá" });
  await expect(line).toContainText("Báo cáo điều tra 15/BC");
  await expect(line.locator("td.strong")).not.toHaveText("–");
});
