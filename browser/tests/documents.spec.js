// Documents on slow and broken lines: a large file goes on where it was, several are dropped at once, and all are
// looked at where they stand.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, signIn, test } from "./office.js";

const folder = mkdtempSync(join(tmpdir(), "documents-"));

/** A picture of one point, which a browser shows. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const file = (name, size) => {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(size, name)]));
  return path;
};

/** The form for documents on the commune's sheet. */
const form = async (page, criterion) => {
  await signIn(page, "canboxa");
  await page.click("text=Nhập phiếu: Xã Kim Xá");
  const sheet = new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
  await page.goto(`${sheet}/${criterion}`);
  const form = page.locator("form[data-uploads]").first();
  await page.locator("details.add-document").first().evaluate((each) => { each.open = true; });
  return form;
};

test("a large document goes on after a broken line, and after the page was left", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  const documents = await form(page, "2.1.1");
  const large = file("Báo cáo tổng hợp.pdf", 20 * 2 ** 20);
  let broken = 0;
  // The second part never gets through until somebody mends the line.
  await page.route("**/uploads/*", (route) => {
    const first = route.request().headers()["upload-offset"] === "0";
    if (route.request().method() !== "PATCH" || first || broken > 2) return route.continue();
    broken += 1;
    return route.abort("connectionreset");
  });
  await documents.locator("input[type=file]").setInputFiles(large);
  await documents.getByRole("button", { name: "Thêm" }).click();
  await expect(documents.getByRole("status")).toContainText("Đường truyền đứt");
  const sent = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") sent.push(Number(request.headers()["upload-offset"]));
  });
  await page.reload();
  broken = 9;
  await page.locator("details.add-document").first().evaluate((each) => { each.open = true; });
  await documents.locator("input[type=file]").setInputFiles(large);
  await documents.getByRole("button", { name: "Thêm" }).click();
  await expect(page.locator(".document", { hasText: "Báo cáo tổng hợp.pdf" })).toContainText("20,0 MB");
  expect(Math.min(...sent), "what had arrived is not sent again").toBe(8 * 2 ** 20);
  await context.close();
});

test("several documents are dropped, found without accents, and looked at where they stand", async ({ page }) => {
  const documents = await form(page, "1.1.1");
  const transfer = await page.evaluateHandle((picture) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0));
    data.items.add(new File([bytes], "Ảnh trụ sở.png", { type: "image/png" }));
    data.items.add(new File(["%PDF-1.7 hai trang"], "Kế hoạch xã.pdf", { type: "application/pdf" }));
    return data;
  }, PICTURE.toString("base64"));
  await documents.dispatchEvent("drop", { dataTransfer: transfer });
  await documents.getByRole("button", { name: "Thêm" }).click();
  await expect(page.locator(".document")).toHaveCount(2);
  const picture = page.locator(".document", { hasText: "Ảnh trụ sở.png" });
  await picture.locator("summary").click();
  await expect.poll(() => picture.locator("img").evaluate((each) => each.naturalWidth)).toBe(1);
  await page.click("ol.crumbs a");
  await page.click("text=Kho tài liệu");
  await page.fill("#q", "ke hoach");
  await page.click("text=Tìm");
  await expect(page.locator(".document")).toHaveCount(1);
  await expect(page.locator("tbody")).toContainText("Kế hoạch xã.pdf");
});

test("a version takes the place of the one before, and what is of a wrong kind is told before it is sent", async ({
  page,
}) => {
  const documents = await form(page, "2.2.1");
  await documents.locator("input[type=file]").setInputFiles(file("trang.html", 3 * 2 ** 20));
  await documents.getByRole("button", { name: "Thêm" }).click();
  await expect(documents.getByRole("status")).toContainText("Đuôi tệp phải đúng");
  await documents.locator("input[type=file]").setInputFiles(file("Báo cáo mờ.pdf", 100));
  await documents.getByLabel("Số, ký hiệu").fill("45/BC-UBND");
  await documents.getByRole("button", { name: "Thêm" }).click();
  await expect(page.locator(".document")).toHaveCount(1);
  await page.locator("details.add-document > summary").first().click();
  await documents.locator("input[type=file]").setInputFiles(file("Báo cáo rõ.pdf", 3 * 2 ** 20));
  await documents.getByLabel("Là bản mới của").selectOption({ label: "Báo cáo mờ.pdf (45/BC-UBND)" });
  await documents.getByRole("button", { name: "Thêm" }).click();
  const now = page.locator(".document");
  await expect(now).toHaveCount(1);
  await expect(now).toContainText("3,0 MB");
  await expect(now).toContainText("45/BC-UBND");
  await now.locator(".former > summary").click();
  await expect(now.locator(".former li")).toHaveCount(1);
});
