// What every test needs: signing in, the pages of each role, and a watch over what the browser complains about.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";

const root = new URL("../../", import.meta.url).pathname;

export const PASSWORD = "mưa rào cuối hạ ở quê";

/** Pages by the login of whoever may see them. */
export const PAGES = {
  quantri: [
    "/",
    "/account",
    "/units",
    "/units?q=phu+tho",
    "/units?day=2025-06-30",
    "/units/1",
    "/units/1/succeed",
    "/units/1/edit",
    "/units/new",
    "/units/import",
    "/units/tree?below=1",
    "/jobs",
    "/calendar",
    "/calendar?year=2029",
    "/people",
    "/people?closed=1",
    "/people/new",
    "/people/import",
    "/people/9",
  ],
  thuongtruc: [
    "/",
    "/campaigns",
    "/campaigns/new",
    "/campaigns/2",
    "/campaigns/2/prepare",
    "/campaigns/2/external-points",
    "/campaigns/1/blocks/1/move",
    "/campaigns/1/visits",
    "/phrases",
    "/criteria-sets",
    "/criteria-sets/upload",
    "/criteria-sets/4/1",
    "/criteria-sets/6/1",
    "/criteria-sets/6/1/edit/3.3.3",
    "/criteria-sets/6/1/copy",
    "/criteria-sets/6/1/try/3.3.3",
    "/criteria-sets/6/1/try/3.3.3?a=12&b=20",
    "/criteria-sets/6/1/try/3.3.3?a=x&b=20",
  ],
  kiemtra: ["/audit", "/audit?act=session.&who=tran&from=2020-01-01"],
  canbotinh: ["/", "/sheets/74/1.1.1"],
  dieutra: ["/campaigns/2/external-points/3/1.4"],
  canbo: [
    "/",
    "/audit",
    "/nothing",
    "/campaigns",
    "/campaigns/1",
    "/sheets/6/1.1.2",
    "/sheets/6/submit",
    "/sheets/6/adjusted",
    "/campaigns/1/documents",
    "/campaigns/1/documents?q=bao+cao",
  ],
  canboxa: ["/", "/sheets/55/1.1.1", "/sheets/55/1.4", "/sheets/55/workbook"],
  thamdinh: ["/appraisal/1/1?domain=2&block=so", "/appraisal/1/2", "/appraisal/1/2/17/1.4"],
  chutich: ["/", "/campaigns/1/council", "/campaigns/1/ranking"],
};

/** A page that fails the test when a script is refused, an error is logged, or anything is asked of another host. */
export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const complaints = [];
    // A refusal or a mistake in a form is an answer like any other.
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const own = [baseURL, "data:"].some((place) => request.url().startsWith(place));
      if (!own) complaints.push(`asked of another host: ${request.url()}`);
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});

export const signIn = async (page, login) => {
  await page.goto("/sign-in");
  await page.fill("#login", login);
  await page.fill("#password", PASSWORD);
  await page.click("main button.btn-primary");
  await expect(page).toHaveURL(/\/$/);
};

/** A moment so many hours from now, as an official types it, by the clocks of Vietnam: `05/03/2026 17:00`. */
export const hours = (count) => {
  const [day, time] = new Date(Date.now() + (count + 7) * 3_600_000).toISOString().slice(0, 16).split("T");
  return `${day.split("-").reverse().join("/")} ${time}`;
};

/** A package of one department, as the standing body would make it; its criteria set is that of the example,
 * changed. */
export const pack = (code, changed = (set) => set) => {
  const folder = mkdtempSync(join(tmpdir(), "par-"));
  mkdirSync(join(folder, "criteria"));
  const set = readFileSync(join(root, "examples/ha-noi-2023/criteria/so.csv"), "utf8");
  writeFileSync(join(folder, "criteria/so.csv"), changed(set));
  const units = "unit,name,block,parent,standing,reason\nHN.06,Sở Công Thương,so,,ranked,\n";
  writeFileSync(join(folder, "units.csv"), units);
  const stages = [
    ["self", "Tự đánh giá", true],
    ["appraisal-1", "Thẩm định lần 1", true],
    ["appraisal-2", "Thẩm định lần 2", true],
    ["final", "Kết quả", false],
  ];
  const stage = ([id, name, own]) =>
    `[[stages]]\ncode = "${id}"\nname = "${name}"\n${own ? 'counts = ["tự đánh giá"]\n' : ""}`;
  const told = stages.map(stage).join("\n");
  const campaign = `format = 1
code = "${code}"
title = "Chấm thử ${code}"
year = 2025
legal_basis = "Kế hoạch số 1/KH-UBND"

${told}
[[blocks]]
code = "so"
name = "Các sở"
criteria = "criteria/so.csv"
`;
  writeFileSync(join(folder, "campaign.toml"), campaign);
  const archive = join(folder, `${code}.zip`);
  execFileSync(process.env.PARINDEX_PROGRAM ?? join(root, "target/debug/parindex"), ["pack", folder, archive]);
  return archive;
};

/** Goes by the tabulator alone to where somebody wants to be. */
export const tabTo = async (page, target) => {
  for (let turn = 0; turn < 200; turn += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((each) => each === document.activeElement)) return;
  }
  throw new Error(`no key leads to ${target}`);
};

/** Opens the campaign of a package, with all windows open: what is missing is said before. Its address. */
export const opened = async (standing, file) => {
  await standing.goto("/campaigns/new");
  await standing.setInputFiles("#file", file);
  await standing.click("text=Nhận gói");
  await expect(standing.locator("main")).toContainText("chưa đặt thời gian tự đánh giá");
  for (const place of [0, 1, 2]) {
    await standing.fill(`#opens-${place}`, hours(-1));
    await standing.fill(`#closes-${place}`, hours(24));
  }
  await standing.click("text=Lưu thời gian các bước");
  await standing.click("text=Mở đợt đánh giá");
  await expect(standing.locator("h1")).toContainText("Chấm thử");
  return new URL(standing.url()).pathname;
};

export { expect };
