// What people do, as they do it.
import { PASSWORD, expect, signIn, test } from "./office.js";

test("an account from its link to its first sign-in, without script", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await signIn(page, "quantri");
  await page.click("text=Người dùng");
  await page.click("text=Mở tài khoản");
  const login = `moi${Date.now()}`;
  await page.fill("#name", "Lê Minh Quân");
  await page.fill("#login", login);
  await page.fill("#unit", "Sở Công Thương");
  await page.click("main button.btn-primary");
  const link = await page.locator("#the-link").innerText();
  const own = await browser.newContext({ javaScriptEnabled: false });
  const newcomer = await own.newPage();
  await newcomer.goto(link);
  await newcomer.fill("#password", "ngắn");
  await newcomer.fill("#again", "ngắn");
  await newcomer.click("main button.btn-primary");
  await expect(newcomer.locator("main [role=alert]")).toContainText("cần ít nhất 12");
  await newcomer.fill("#password", PASSWORD);
  await newcomer.fill("#again", PASSWORD);
  await newcomer.click("main button.btn-primary");
  await expect(newcomer.locator("h1")).toHaveText("Chào Lê Minh Quân");
  await own.close();
  await context.close();
});

test("a rule is tried with the keyboard alone", async ({ page }) => {
  await signIn(page, "thuongtruc");
  await page.goto("/criteria-sets/6/1/try/3.3.3");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText("Đến nội dung");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  const at = () => page.locator(":focus").getAttribute("name");
  for (let turn = 0; turn < 10 && (await at()) !== "a"; turn += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("998");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1271");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toContainText("998/1.271 ≈ 78,52%");
});

test("units are found without accents, and on a day before the reform", async ({ page }) => {
  await signIn(page, "canbo");
  await page.goto("/units");
  await page.fill("#q", "vinh tuong");
  await page.click("text=Tìm >> nth=0");
  await expect(page.locator("table")).toContainText("Xã Vĩnh Tường");
  await page.fill("#day", "2024-01-01");
  await page.locator("#day").blur();
  await expect(page.locator("table")).toContainText("Huyện Vĩnh Tường");
  await page.click("text=Huyện Vĩnh Tường");
  await expect(page.locator("main")).toContainText("Đơn vị này đã kết thúc");
});

test("the log proves itself", async ({ page }) => {
  await signIn(page, "kiemtra");
  await page.goto("/audit");
  await page.click("text=Kiểm tra toàn bộ");
  await expect(page.locator("[role=status]")).toContainText("không dòng nào bị sửa, xóa hay chèn");
});

test("a criterion of a draft is edited and a mistake stays on the page", async ({ page }) => {
  await signIn(page, "thuongtruc");
  await page.goto("/criteria-sets");
  await page.locator("tr", { hasText: "nháp" }).first().locator("a:has(+ .soft)").click();
  await page.locator("a", { hasText: "Sửa" }).nth(3).click();
  const rule = page.locator("#rule");
  const before = await rule.inputValue();
  await rule.fill("theo tỷ lệ a trên b");
  await page.click("text=Lưu");
  await expect(page.locator("#rule-wrong")).toBeVisible();
  await expect(rule).toHaveValue("theo tỷ lệ a trên b");
  await rule.fill(before);
  await page.fill("#evidence", "Báo cáo kết quả, có chữ ký số");
  await page.click("text=Lưu");
  await expect(page.locator("h2", { hasText: "Cây tiêu chí" })).toBeVisible();
});
