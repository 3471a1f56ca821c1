// What a unit says of its sheet by the keyboard alone: that a whole domain does not apply, and why figures that do not
// agree are right.
import { expect, opened, pack, signIn, tabTo, test } from "./office.js";

const WORDS = {
  vi: {
    whole: "Cả mục này không áp dụng cho đơn vị: 3",
    marked: "không áp dụng cho đơn vị này",
    again: "Áp dụng lại mục 3",
    told: "«Số đạt yêu cầu» (12) lớn hơn «Tổng số» (7)",
    right: "Nếu số liệu đúng, ghi lý do",
    refused: "Chưa nộp được: số liệu của 1.1.2",
    give: "Ghi lý do",
    given: "Đã có lý do",
    submit: "Duyệt và nộp phiếu",
    receipt: "Biên nhận",
  },
  en: {
    whole: "The whole of it does not apply: 3",
    marked: "does not apply to this unit",
    again: "Let it apply again: 3",
    told: "“Số đạt yêu cầu” (12) is more than “Tổng số” (7)",
    right: "Where they are right, give a reason",
    refused: "Not submitted: the figures of 1.1.2",
    give: "Give the reason",
    given: "There is a reason",
    submit: "Approve and submit",
    receipt: "Receipt",
  },
};

/** The example's set under a code of its own, in which the third domain may be left out. */
const leftOut = (set) => {
  const domain = "\n3,,Cải cách thủ tục hành chính,18,,,,,";
  expect(set).toContain(`${domain},,,,,\n`);
  return set.replace("HN-2023-SO", "BAN-PHIM").replace(domain, `${domain}bỏ ra khỏi điểm tối đa`);
};

class Office {
  constructor(browser, baseURL) {
    Object.assign(this, { browser, baseURL, contexts: [] });
  }

  async as(login, lang = "vi") {
    const context = await this.browser.newContext({ baseURL: this.baseURL });
    this.contexts.push(context);
    if (lang === "en") await context.addCookies([{ name: "lang", value: "en", url: this.baseURL }]);
    const page = await context.newPage();
    await signIn(page, login);
    return page;
  }

  /** A campaign of one department that has just opened. */
  async campaign(lang) {
    const standing = await this.as("thuongtruc");
    return opened(standing, pack(`phim-${lang}-${Date.now()}`, leftOut));
  }

  async end() {
    for (const context of this.contexts) await context.close();
  }
}

/** The sheet of whoever looks at the campaign. */
const ownSheet = async (page, campaign) => {
  await page.goto(campaign);
  await page.click("main .tiles a");
  await expect(page.locator("#criterion")).toBeVisible();
  return new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
};

const button = (page, name) => page.locator("main").getByRole("button", { name });

for (const lang of ["vi", "en"]) {
  const words = WORDS[lang];

  test(`a whole domain does not apply, and applies again, by the keyboard (${lang})`, async ({ browser, baseURL }) => {
    const office = new Office(browser, baseURL);
    const campaign = await office.campaign(lang);
    const officer = await office.as("canbo", lang);
    const sheet = await ownSheet(officer, campaign);
    const notice = officer.locator("main .notice", { hasText: words.marked });
    await officer.goto(`${sheet}/3.1.2`);
    await expect(notice).toHaveCount(0);
    await tabTo(officer, button(officer, words.whole));
    await officer.keyboard.press("Enter");
    await expect(notice).toContainText("Cải cách thủ tục hành chính");
    await expect(officer, "one stays at the criterion").toHaveURL(new RegExp(`${sheet}/3\\.1\\.2$`));
    // It is said at every criterion of the domain, and at none of another one.
    await officer.goto(`${sheet}/3.3.1`);
    await expect(notice).toBeVisible();
    await officer.goto(`${sheet}/2.1.1`);
    await expect(notice).toHaveCount(0);
    await expect(button(officer, words.again)).toHaveCount(0);
    await officer.goto(`${sheet}/3.1.2`);
    await tabTo(officer, button(officer, words.again));
    await officer.keyboard.press("Enter");
    await expect(button(officer, words.whole)).toBeVisible();
    await expect(notice).toHaveCount(0);
    await office.end();
  });

  test(`figures that do not agree get a reason and are submitted, by the keyboard (${lang})`, async ({
    browser,
    baseURL,
  }) => {
    const office = new Office(browser, baseURL);
    const campaign = await office.campaign(lang);
    const officer = await office.as("canbo", lang);
    const sheet = await ownSheet(officer, campaign);
    await officer.goto(`${sheet}/1.1.2`);
    const [a, b] = [officer.getByLabel("Số đạt yêu cầu"), officer.getByLabel("Tổng số")];
    await tabTo(officer, a);
    await officer.keyboard.type("12");
    await officer.keyboard.press("Tab");
    await expect(b).toBeFocused();
    await officer.keyboard.type("7");
    await officer.keyboard.press("Tab");
    const said = officer.locator("[data-said='v.a']");
    await expect(said).toContainText(words.told);

    // Without a reason the head submits nothing.
    const head = await office.as("thutruong", lang);
    await head.goto(`${sheet}/submit`);
    await tabTo(head, button(head, words.submit));
    await head.keyboard.press("Enter");
    await expect(head.locator("main [role=alert]")).toContainText(words.refused);

    await tabTo(officer, said.getByRole("link", { name: words.right }));
    await officer.keyboard.press("Enter");
    await expect(officer).toHaveURL(new RegExp(`${sheet}/submit#checks$`));
    const check = officer.locator("section[aria-labelledby=checks]");
    await expect(check).toContainText(words.told);
    await tabTo(officer, check.locator("textarea[name=reason]"));
    await officer.keyboard.type("Gồm 5 nhiệm vụ năm trước chuyển sang");
    await tabTo(officer, button(officer, words.give));
    await officer.keyboard.press("Enter");
    await expect(check).toContainText(words.given);
    await expect(check.locator(".said")).toContainText("Gồm 5 nhiệm vụ năm trước chuyển sang");

    await head.goto(`${sheet}/submit`);
    await expect(head.locator("section[aria-labelledby=checks]")).toContainText(words.given);
    await tabTo(head, button(head, words.submit));
    await head.keyboard.press("Enter");
    await expect(head.locator("#receipt")).toHaveText(words.receipt);
    await office.end();
  });
}
