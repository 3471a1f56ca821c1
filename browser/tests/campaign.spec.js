// A campaign as people play it: entered without losing a key, by two at once, without script; and whole, by seven
// roles.
import { expect, hours, opened, pack, signIn, test } from "./office.js";

/** The sheet of the commune, from the home page. */
const ownSheet = async (page) => {
  await page.click("text=Nhập phiếu: Xã Kim Xá");
  await expect(page.locator("h1")).toHaveText("Phiếu: Xã Kim Xá");
  return new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
};

test("what is typed is kept field by field, and points follow without leaving the page", async ({ page }) => {
  await signIn(page, "canboxa");
  const sheet = await ownSheet(page);
  await page.goto(`${sheet}/1.1.2`);
  await page.evaluate(() => { window.same = true; });
  const [a, b] = [page.getByLabel("Số đạt yêu cầu"), page.getByLabel("Tổng số")];
  await a.fill("9");
  await b.focus();
  await expect(page.locator("#saved")).toContainText("Đã lưu");
  await b.fill("10");
  await b.blur();
  await expect(page.locator("#result")).toContainText("9/10 = 90%");
  await expect(page.locator("#tree a[aria-current] .sign")).toHaveText("đã đủ");
  await expect(page.locator("#history")).toContainText("9");
  await b.fill("nhiều");
  await b.blur();
  await expect(page.locator(".wrong")).toBeVisible();
  await b.fill("12");
  await b.blur();
  await expect(page.locator("#result")).toContainText("9/12 = 75%");
  expect(await page.evaluate(() => window.same), "the page was never left").toBe(true);
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page).toHaveURL(/\/1\.2$/);
  await page.keyboard.press("Alt+ArrowUp");
  await expect(b).toHaveValue("12");
  // What was typed a moment before leaving is kept; what cannot be saved is not left behind.
  await b.fill("15");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page).toHaveURL(/\/1\.2$/);
  await page.keyboard.press("Alt+ArrowUp");
  await expect(b).toHaveValue("15");
  await b.fill("18");
  await page.click('main a[rel="next"]');
  await expect(page).toHaveURL(/\/1\.2$/);
  await page.keyboard.press("Alt+ArrowUp");
  await expect(b).toHaveValue("18");
  await b.fill("mười");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.locator(".wrong")).toBeVisible();
  await expect(page).toHaveURL(/\/1\.1\.2$/);
  await b.fill("12");
  await b.blur();
  await expect(page.locator("#result")).toContainText("9/12 = 75%");
});

test("the second of two editors is shown both values and chooses", async ({ page, browser, baseURL }) => {
  await signIn(page, "canboxa");
  const sheet = await ownSheet(page);
  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await signIn(other, "chutichxa");
  for (const each of [page, other]) await each.goto(`${sheet}/2.1.1`);
  const field = (each) => each.getByLabel("Số đạt yêu cầu");
  const mine = String(Date.now() % 100_000);
  await field(page).fill(mine);
  await field(page).blur();
  await expect(page.locator("#saved")).toContainText("Đã lưu");
  await field(other).fill(`1${mine}`);
  await field(other).blur();
  await expect(other.locator("#fields [role=alert]")).toContainText(`Nguyễn Thị Mai đã ghi «${mine}»`);
  await expect(field(other)).toHaveValue(`1${mine}`);
  await other.click("#fields button[name=stay]");
  await expect(other.locator("#history del").first()).toHaveText(mine);
  await context.close();
});

test("a sheet is filled in without script", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await signIn(page, "canboxa");
  const sheet = await ownSheet(page);
  await page.goto(`${sheet}/1.3`);
  await page.locator("#fields input.form-control").first().fill("1");
  await page.click("#fields button[name=next]");
  await expect(page).toHaveURL(/\/1\.4$/);
  await page.goto(`${sheet}/1.3`);
  await expect(page.locator("#saved")).toContainText("Đã lưu");
  await page.click("text=Kiểm tra đủ");
  await expect(page.locator("main")).toContainText("Còn thiếu");
  await context.close();
});

test("a whole campaign by seven roles", async ({ browser, baseURL }) => {
  test.setTimeout(360_000);
  const contexts = [];
  const as = async (login) => {
    const context = await browser.newContext({ baseURL });
    contexts.push(context);
    const page = await context.newPage();
    await signIn(page, login);
    return page;
  };
  const [standing, officer] = [await as("thuongtruc"), await as("canbo")];
  const [head, appraiser] = [await as("thutruong"), await as("thamdinh")];

  // Prepared: what is missing is said, then it opens.
  const campaign = await opened(standing, pack(`thu-${Date.now()}`));

  // Filled in with evidence by the officer, submitted by the head.
  await officer.goto(campaign);
  await officer.click("main .tiles a");
  const sheet = new URL(officer.url()).pathname.split("/").slice(0, 3).join("/");
  await officer.goto(`${sheet}/1.1.2`);
  await officer.getByLabel("Số đạt yêu cầu").fill("9");
  await officer.getByLabel("Tổng số").fill("10");
  await officer.click("#fields button[name=stay]");
  await expect(officer.locator("#result")).toContainText("9/10 = 90%");
  const buffer = Buffer.from("%PDF-1.4 báo cáo");
  await officer.setInputFiles("#file", { name: "bao-cao.pdf", mimeType: "application/pdf", buffer });
  await officer.fill("#number", "2187/BC-SCT");
  await officer.fill("#name", "Báo cáo kết quả cải cách hành chính");
  await officer.click("text=Thêm >> nth=-1");
  await expect(officer.locator(".document")).toContainText("2187/BC-SCT");
  await head.goto(`${sheet}/submit`);
  await head.click("text=Duyệt và nộp phiếu");
  await expect(head.locator("main")).toContainText("Biên nhận");
  await officer.goto(`${sheet}/1.1.2`);
  await expect(officer.locator(".notice").first()).toContainText("đã duyệt và nộp");

  // Lowered by the appraiser, released, explained.
  const number = campaign.split("/").pop();
  const decide = async (round, ruling, reason, points) => {
    await appraiser.goto(`/appraisal/${number}/${round}/${sheet.split("/").pop()}/1.1.2`);
    await appraiser.check(`input[value=${ruling}]`);
    if (points) await appraiser.fill("input[name=points]", points);
    await appraiser.fill("#reason", reason);
    await appraiser.locator("#reason").blur();
    await appraiser.keyboard.press("Control+Enter");
    await expect(appraiser).not.toHaveURL(/1\.1\.2$/);
  };
  await decide(1, "adjust", "Thiếu báo cáo quý IV", "0,5");
  await standing.goto(campaign);
  await standing.fill("#explain", hours(12));
  await standing.getByLabel("mục chưa ai kết luận").check();
  await standing.click("text=Công bố dự thảo cho đơn vị");
  await officer.goto("/");
  await officer.click(`text=Giải trình các điểm bị điều chỉnh >> nth=-1`);
  await officer.goto(`${sheet}/adjusted`);
  await officer.click("text=1.1.2");
  await expect(officer.locator("#result")).toContainText("Thiếu báo cáo quý IV");
  await officer.fill("textarea[name=text]", "Báo cáo quý IV đã gửi ngày 05/01.");
  await officer.click("text=Gửi giải trình");
  await expect(officer.locator(".remark.unit")).toContainText("đã gửi ngày 05/01");

  // Left to the council, which votes; then the chair approves and nothing moves.
  await decide(2, "council", "Hai bên chưa thống nhất");
  await standing.goto(`${campaign}/council`);
  await standing.fill("input[name=points]", "1,25");
  await standing.click("text=Đưa vào chương trình");
  const chair = await as("chutich");
  for (const [page, choice] of [[chair, "for"], [await as("phochutich"), "against"], [await as("uyvien"), "for"]]) {
    await page.goto(`${campaign}/council`);
    await page.click(`button[value=${choice}]`);
    await expect(page.locator("button[aria-pressed=true]")).toHaveAttribute("value", choice);
  }
  await standing.reload();
  await standing.click("text=Kết luận theo số phiếu");
  await expect(standing.locator("main")).toContainText("thông qua");
  await chair.goto(campaign);
  await chair.getByLabel("mục chưa ai kết luận").check();
  await chair.getByLabel("điểm từ nguồn khác chưa ghi").check();
  await chair.getByRole("button", { name: "Phê duyệt kết quả" }).click();
  await expect(chair.locator(".notice.done")).toContainText("đã phê duyệt kết quả");
  await officer.goto(`${sheet}/1.1.2`);
  await expect(officer.locator("#result")).toContainText("1,25");
  await standing.goto(`${campaign}/ranking`);
  await expect(standing.locator("main")).toContainText("Sở Công Thương");
  for (const context of contexts) await context.close();
});
