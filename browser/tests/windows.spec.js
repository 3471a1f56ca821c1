// Communes in a district: the window closes by itself, one commune is given more time in public, and its late evidence
// comes in.
import { expect, hours, signIn, test } from "./office.js";

test("a window locks by itself, more time is given in public, late evidence comes in", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  await signIn(page, "thuongtruc");
  await page.goto("/campaigns/2/prepare");
  const was = [await page.inputValue("#opens-0"), await page.inputValue("#closes-0")];
  const context = await browser.newContext({ baseURL });
  const commune = await context.newPage();
  await signIn(commune, "canboxa");
  await commune.click("text=Nhập phiếu: Xã Kim Xá");
  const sheet = new URL(commune.url()).pathname.split("/").slice(0, 3).join("/");
  try {
    await page.fill("#closes-0", hours(-1));
    await page.click("text=Lưu thời gian các bước");
    await commune.goto(`${sheet}/1.2`);
    await expect(commune.locator(".notice").first()).toContainText("Cơ quan thường trực có thể gia hạn");
    await expect(commune.locator("#fields button")).toHaveCount(0);
    await expect(commune.locator("form[data-uploads]")).toHaveCount(0);
    await page.goto("/campaigns/2");
    await expect(page.locator("section[aria-labelledby=decisions]")).toContainText("đơn vị chậm nộp");

    // What is missing is said, and what was typed stays.
    await page.goto(`${sheet}/1.2`);
    await page.click("text=Việc của cơ quan thường trực với phiếu này");
    await page.fill("#until", hours(-3));
    await page.fill("#reason", "Mất điện diện rộng do bão");
    await page.fill("#signer", "Nguyễn Minh Đức");
    await page.click("button:has-text('Gia hạn')");
    await expect(page.locator("main [role=alert]")).toContainText("một thời điểm sau lúc này");
    await expect(page.locator("#reason")).toHaveValue("Mất điện diện rộng do bão");
    await page.fill("#until", hours(5));
    await page.click("button:has-text('Gia hạn')");
    await page.goto("/campaigns/2");
    await expect(page.locator("section[aria-labelledby=today]")).toContainText("Mất điện diện rộng do bão");

    await commune.goto(`${sheet}/1.2`);
    const buffer = Buffer.from("%PDF-1.4 báo cáo nộp muộn");
    await commune.setInputFiles("#file", { name: "bao-cao-muon.pdf", mimeType: "application/pdf", buffer });
    await commune.fill("#name", "Báo cáo nộp sau bão");
    await commune.click("text=Thêm >> nth=-1");
    await expect(commune.locator("#documents + .document, .document").first()).toContainText("Báo cáo nộp sau bão");
    await commune.fill("#note", "Nộp trong thời gian gia hạn");
    await commune.locator("#note").blur();
    await expect(commune.locator("#saved")).toContainText("Đã lưu");
    await commune.goto("/campaigns/2");
    await expect(commune.locator("main"), "all communes see it").toContainText("Mất điện diện rộng do bão");
  } finally {
    await page.goto("/campaigns/2/prepare");
    await page.fill("#opens-0", was[0]);
    await page.fill("#closes-0", was[1]);
    await page.click("text=Lưu thời gian các bước");
    await context.close();
  }
});
