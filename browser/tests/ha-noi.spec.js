// The yearly campaign of Hà Nội as the example has it, played by the people who play it: 52 units, two rounds, the
// survey, the council.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PASSWORD, expect, hours, signIn, test } from "./office.js";

const root = new URL("../../", import.meta.url).pathname;
const example = join(root, "examples/ha-noi-2023");
const program = process.env.PARINDEX_PROGRAM ?? join(root, "target/debug/parindex");

/** The rows of a file of the example; none of its cells holds a comma in quotes. */
const rows = (name) => {
  const lines = readFileSync(join(example, name), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const titles = lines[0].split(",");
  return lines.slice(1).map((line) => Object.fromEntries(line.split(",").map((cell, at) => [titles[at], cell])));
};

const grouped = (all, key) => {
  const groups = {};
  for (const each of all) (groups[key(each)] ??= []).push(each);
  return groups;
};

/** The campaign before anybody has entered anything. */
const bare = (code) => {
  const folder = join(mkdtempSync(join(tmpdir(), "par-")), "package");
  cpSync(example, folder, { recursive: true });
  for (const entered of ["facts.csv", "points.csv", "external.csv", "datapackage.json"]) rmSync(join(folder, entered));
  const about = readFileSync(join(folder, "campaign.toml"), "utf8");
  writeFileSync(join(folder, "campaign.toml"), about.replace('code = "ha-noi-2023"', `code = "${code}"`));
  execFileSync(program, ["pack", folder, `${folder}.zip`]);
  return `${folder}.zip`;
};

/** A figure as it is read in Vietnam. */
const vi = (points) => points.replace(".", ",");

class Play {
  constructor(browser, baseURL) {
    Object.assign(this, { browser, baseURL, contexts: [] });
  }

  async page() {
    const context = await this.browser.newContext({ baseURL: this.baseURL });
    this.contexts.push(context);
    return context.newPage();
  }

  async as(login) {
    const page = await this.page();
    await signIn(page, login);
    return page;
  }

  /** Somebody new, who holds one role, in one campaign alone: for the whole city where it is one for units. */
  async newcomer([administrator, standing], name, [role, campaign, unit = "01"]) {
    await administrator.goto("/people/new");
    await administrator.fill("#name", name);
    await administrator.fill("#login", `${role}${Date.now()}`);
    await administrator.fill("#unit", "01");
    await administrator.click("main button.btn-primary");
    const link = await administrator.locator("#the-link").innerText();
    const appoint = await administrator.locator("form[action$='/appoint']").getAttribute("action");
    await standing.goto(appoint.replace("/appoint", ""));
    await standing.selectOption("#role", role);
    await standing.fill("#unit", unit);
    await standing.selectOption("#campaign", campaign.split("/").pop());
    await standing.getByRole("button", { name: "Giao", exact: true }).click();
    await expect(standing.locator("main")).toContainText("chỉ trong");
    const page = await this.page();
    await page.goto(link);
    await page.fill("#password", PASSWORD);
    await page.fill("#again", PASSWORD);
    await page.click("main button.btn-primary");
    await expect(page.locator("h1")).toHaveText(`Chào ${name}`);
    return page;
  }

  async end() {
    for (const context of this.contexts) await context.close();
  }
}

/** Prepared from a package, with windows for each step, and opened. */
const opened = async (standing, code) => {
  await standing.goto("/campaigns/new");
  await standing.setInputFiles("#file", bare(code));
  await standing.click("text=Nhận gói");
  for (const place of [0, 1, 2]) {
    await standing.fill(`#opens-${place}`, hours(-1));
    await standing.fill(`#closes-${place}`, hours(24));
  }
  await standing.click("text=Lưu thời gian các bước");
  const title = `Hà Nội chấm lại ${code}`;
  await standing.click("#describe");
  await standing.fill("#title", title);
  await standing.locator("form[action$=describe] button:not(.pick)").click();
  await standing.click("text=Mở đợt đánh giá");
  await expect(standing.locator("h1")).toContainText(title);
  return new URL(standing.url()).pathname;
};

/** Where the sheet of each unit is, by the code of the unit. */
const sheets = async (standing, campaign) => {
  await standing.goto(`${campaign}/ranking`);
  const found = await standing
    .locator("tbody a[href^='/sheets/']")
    .evaluateAll((all) => all.map((each) => [each.textContent.trim(), each.getAttribute("href")]));
  const byName = Object.fromEntries(found);
  const counted = rows("units.csv").filter((unit) => unit.standing !== "exempt");
  return Object.fromEntries(counted.map((unit) => [unit.unit, byName[unit.name]]));
};

/** A sheet comes back as a table of figures, with a document, and its head submits it. */
const assessed = async ([officer, head], sheet, facts) => {
  const lines = facts.map((fact) => [fact.criterion, fact.input, fact.value].join(","));
  const table = ["Mã,Số liệu,Giá trị", ...lines].join("\n");
  await officer.goto(`${sheet}/workbook`);
  await officer.setInputFiles("#file", { name: "phieu.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await officer.click("text=Nhập vào phiếu");
  await expect(officer).toHaveURL(`${sheet}/submit`);
  await head.goto(`${sheet}/submit`);
  await head.click("text=Duyệt và nộp phiếu");
  await expect(head.locator("main")).toContainText("Biên nhận");
};

/** An appraiser decides about one criterion of one sheet. */
const decides = async (appraiser, [campaign, round], [sheet, criterion], [ruling, points, reason]) => {
  await appraiser.goto(`/appraisal/${campaign.split("/").pop()}/${round}/${sheet.split("/").pop()}/${criterion}`);
  await appraiser.check(`input[value=${ruling}]`);
  if (points) await appraiser.fill("input[name=points]", vi(points));
  await appraiser.fill("#reason", reason);
  const here = appraiser.url();
  await appraiser.click("text=Ghi kết luận, sang mục sau");
  await expect(appraiser).not.toHaveURL(here);
};

/** The draft of a round goes to the units. */
const released = async (standing, campaign) => {
  await standing.goto(campaign);
  await standing.fill("#explain", hours(12));
  await standing.click("text=Công bố dự thảo cho đơn vị");
  await expect(standing.locator("main")).toContainText("đã công bố");
};

/** What is waiting in a round is accepted, criterion by criterion, as appraisers do once they have looked at what is to
 * be lowered. */
const accepted = async (appraiser, [campaign, round]) => {
  const queue = `/appraisal/${campaign.split("/").pop()}/${round}`;
  await appraiser.goto(queue);
  const domains = await appraiser.locator("#domain option").evaluateAll((all) => all.map((each) => each.value));
  for (const domain of domains) {
    await appraiser.goto(`${queue}?domain=${domain}`);
    const accept = appraiser.locator("form[action$='/accept'] button");
    while ((await accept.count()) > 0) {
      await appraiser.locator("details").first().evaluate((all) => (all.open = true));
      await accept.first().click();
      await appraiser.goto(`${queue}?domain=${domain}`);
    }
  }
};

/** The survey body pastes the figures of one criterion for all units of a block, and marks where it does not apply. */
const entersExternalPoints = async (survey, page, all) => {
  await survey.goto(page);
  const units = await survey.locator("tbody td:first-child").allInnerTexts();
  const criterion = page.split("/").pop();
  const here = all.filter((each) => each.criterion === criterion && units.includes(each.unit));
  const [marked, figures] = [here.filter((each) => !each.input), here.filter((each) => each.input)];
  const byUnit = Object.values(grouped(figures, (each) => each.unit));
  const lines = byUnit.map((of) => [of[0].unit, ...of.map((each) => vi(each.value))]);
  await survey.fill("#source", figures[0].source);
  await survey.fill("#pasted", lines.map((line) => line.join("\t")).join("\n"));
  await survey.click("text=Lưu tất cả");
  await expect(survey.locator("main [role=alert]")).toHaveCount(0);
  for (const each of marked) {
    await survey.fill("#source", each.source);
    await survey.locator("tbody tr", { hasText: each.unit }).locator("input[type=checkbox]").check();
    await survey.click("text=Lưu tất cả");
    await expect(survey.locator("main [role=alert]")).toHaveCount(0);
  }
};

/** The points and the index of every unit, as the program computes them from the whole example. */
const computed = () => {
  const told = JSON.parse(execFileSync(program, ["score", example, "--format", "json"], { maxBuffer: 1 << 26 }));
  const ranked = told.units.filter((unit) => unit.index);
  return Object.fromEntries(
    ranked.map((unit) => [unit.name, [vi(unit.points), vi(unit.index), String(unit.rank)]]),
  );
};

test("Hà Nội from opening to approval ends in the points of the example", async ({ browser, baseURL }) => {
  test.setTimeout(900_000);
  const play = new Play(browser, baseURL);
  const standing = await play.as("thuongtruc");
  const campaign = await opened(standing, `hn-${Date.now()}`);
  const both = [await play.as("quantri"), standing];
  const officer = await play.newcomer(both, "Nguyễn Thu Trang", ["officer", campaign]);
  const head = await play.newcomer(both, "Lê Quang Hưng", ["head", campaign]);
  const sheetOf = await sheets(standing, campaign);
  expect(Object.keys(sheetOf)).toHaveLength(52);

  const facts = grouped(rows("facts.csv"), (fact) => fact.unit);
  for (const [unit, sheet] of Object.entries(sheetOf)) await assessed([officer, head], sheet, facts[unit]);
  await standing.goto(campaign);
  await expect(standing.locator("main")).toContainText("52/52");

  // The first draft: what is lowered has a reason, everything else is accepted.
  const appraiser = await play.newcomer(both, "Phạm Thị Hòa", ["appraiser", campaign, ""]);
  const points = rows("points.csv");
  const [lowered, given] = ["appraisal-1", "appraisal-2"].map((stage) => points.filter((each) => each.stage === stage));
  const adjusts = (round, each) =>
    decides(appraiser, [campaign, round], [sheetOf[each.unit], each.criterion], ["adjust", each.points, each.source]);
  for (const each of lowered) await adjusts(1, each);
  await accepted(appraiser, [campaign, 1]);
  await released(standing, campaign);

  // Units explain what the second round gives back; the last of it goes to the council.
  for (const each of given) {
    await officer.goto(`${sheetOf[each.unit]}/${each.criterion}`);
    await officer.fill("textarea[name=text]", "Đơn vị đã bổ sung báo cáo và phụ lục số liệu.");
    await officer.click("text=Gửi giải trình");
    await expect(officer.locator(".remark.unit")).toContainText("phụ lục số liệu");
  }
  const disputed = given.at(-1);
  for (const each of given.slice(0, -1)) await adjusts(2, each);
  const where = [sheetOf[disputed.unit], disputed.criterion];
  await decides(appraiser, [campaign, 2], where, ["council", "", "Hai bên chưa thống nhất"]);
  await standing.goto(`${campaign}/council`);
  await standing.fill("input[name=points]", vi(disputed.points));
  await standing.click("text=Đưa vào chương trình");
  const chair = await play.as("chutich");
  for (const member of [chair, await play.as("phochutich"), await play.as("uyvien")]) {
    await member.goto(`${campaign}/council`);
    await member.click("button[value=for]");
    await expect(member.locator("button[aria-pressed=true]")).toHaveAttribute("value", "for");
  }
  await standing.reload();
  await standing.click("text=Kết luận theo số phiếu");
  await expect(standing.locator("main")).toContainText("thông qua");

  // The survey, the SIPAS and other bodies; then the chair approves, and nothing is left that he would have to be told.
  const survey = await play.as("dieutra");
  await survey.goto(`${campaign}/external-points`);
  const links = survey.locator("main table a");
  const tables = await links.evaluateAll((all) => all.map((each) => each.getAttribute("href")));
  for (const table of tables) await entersExternalPoints(survey, table, rows("external.csv"));
  await chair.goto(campaign);
  await chair.getByRole("button", { name: "Phê duyệt kết quả" }).click();
  await expect(chair.locator(".notice.done")).toContainText("đã phê duyệt kết quả");

  await standing.goto(`${campaign}/ranking`);
  // The first thing that a cell says, whatever white space stands before it.
  const shown = await standing.locator("tbody tr:has(a[href^='/sheets/'])").evaluateAll((all) => {
    const first = (cell) => [...cell.childNodes].map((part) => part.textContent.trim()).find(Boolean) ?? "";
    return all.map((line) => [...line.querySelectorAll("td")].map(first));
  });
  const ranked = shown.filter((cells) => cells.at(-2));
  const result = Object.fromEntries(ranked.map((cells) => [cells[1], [cells.at(-3), cells.at(-2), cells[0]]]));
  expect(result).toEqual(computed());
  await play.end();
});
