// What is typed stays, whatever comes back; and is saved as soon as that can be.
import { expect, signIn, test } from "./office.js";

const SHEET = "/sheets/55";
const AT = `${SHEET}/1.1.2`;
const WORDS = {
  vi: { saved: "Đã lưu", not: "CHƯA LƯU", save: "Lưu" },
  en: { saved: "Saved", not: "NOT SAVED", save: "Save" },
};

/** A browser of its own, which complains of nothing that a broken line makes it say. */
const opened = async (browser, baseURL, { login = "canboxa", at = AT, lang = "vi", locale = "vi-VN" } = {}) => {
  const context = await browser.newContext({ baseURL, locale });
  if (lang === "en") await context.addCookies([{ name: "lang", value: "en", url: baseURL }]);
  const page = await context.newPage();
  await signIn(page, login);
  await page.goto(at);
  return page;
};
const note = (page) => page.locator("#note");
const saved = (page) => page.locator("#saved");
/** Answers the next saves in place of the server. */
const answer = async (page, at, options) => {
  const answered = [];
  await page.route(`**${at}`, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    answered.push(Date.now());
    if (options === "broken") return route.abort("connectionreset");
    return route.fulfill({ contentType: "text/html; charset=utf-8", body: "<html><main>no</main></html>", ...options });
  });
  return answered;
};
const type = async (page, text) => {
  await note(page).fill("");
  await note(page).pressSequentially(text);
  await note(page).press("Tab");
};
const stored = async (page, at = AT) => {
  const other = await page.context().newPage();
  await other.goto(at);
  const text = await other.locator("#note").inputValue();
  await other.close();
  return text;
};

const locked = "Đã khóa từ 17:00 ngày 05/12/2021 vì hết hạn; cơ quan thường trực có thể gia hạn.";
const answers = {
  401: [{ status: 401 }, /phiên làm việc đã hết/, /your session is over/],
  403: [{ status: 403 }, /không có quyền lưu ở đây/, /no right to save here/],
  409: [
    { status: 409, body: `<html><main><h1>Chưa làm được</h1><p id="why">${locked}</p></main></html>` },
    /cơ quan thường trực có thể gia hạn/,
    /cơ quan thường trực/,
  ],
  413: [{ status: 413 }, /nội dung quá dài/, /more than the server takes/],
  429: [{ status: 429, headers: { "retry-after": "2" } }, /quá nhiều yêu cầu/, /too many requests/],
  500: [{ status: 500 }, /máy chủ bận hoặc gặp sự cố/, /busy or in trouble/],
  502: [{ status: 502 }, /máy chủ bận hoặc gặp sự cố/, /busy or in trouble/],
  503: [{ status: 503 }, /máy chủ bận hoặc gặp sự cố/, /busy or in trouble/],
  "a foreign page": [
    { status: 200, body: "<html><body><main><h1>Wi-Fi</h1><form><input name=note></form></main></body></html>" },
    /không phải của hệ thống này/,
    /did not come from this system/,
  ],
  "a broken line": ["broken", /mất kết nối/, /no connection/],
};

for (const lang of ["vi", "en"]) {
  for (const [what, [options, vi, en]] of Object.entries(answers)) {
    test(`the text stays when the save is answered by ${what} (${lang})`, async ({ browser, baseURL }) => {
      const page = await opened(browser, baseURL, { lang });
      const words = WORDS[lang];
      const before = await note(page).inputValue();
      const text = `gõ lúc ${Date.now()}`;
      const tries = await answer(page, AT, options);
      await type(page, text);
      await expect(saved(page)).toContainText(words.not);
      await expect(saved(page)).toContainText(lang === "vi" ? vi : en);
      await expect(saved(page)).not.toContainText(words.saved);
      await expect(note(page)).toHaveValue(text);
      await expect(page.locator("#of-before"), "points are said to be older").toBeVisible();
      expect(await stored(page)).toBe(before);
      // No loop that hammers: within two seconds it is asked at most twice again.
      await page.waitForTimeout(2_000);
      expect(tries.length).toBeLessThanOrEqual(3);
      await page.unrouteAll();
      await page.getByRole("button", { name: words.save, exact: true }).click();
      await expect(saved(page)).toContainText(words.saved);
      await expect(page.locator("#unsaved")).toBeHidden();
      await expect(page.locator("#of-before")).toBeHidden();
      await expect(note(page)).toHaveValue(text);
      expect(await stored(page)).toBe(text);
      await page.context().close();
    });
  }
}

test("what can work is sent again by itself: too fast, a busy server, a broken line", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL);
  for (const options of [{ status: 429, headers: { "retry-after": "2" } }, { status: 503 }, "broken"]) {
    const text = `tự gửi lại ${Date.now()}`;
    const tries = await answer(page, AT, options);
    await type(page, text);
    await expect(saved(page)).toContainText("CHƯA LƯU");
    await page.unrouteAll();
    await expect(saved(page)).toContainText("Đã lưu");
    if (options.status === 429) expect(tries.length, "not before its time").toBe(1);
    expect(await stored(page)).toBe(text);
  }
  await page.context().setOffline(true);
  await type(page, "đứt mạng");
  await expect(saved(page)).toContainText("mất kết nối");
  await page.context().setOffline(false);
  await expect(saved(page)).toContainText("Đã lưu");
  expect(await stored(page)).toBe("đứt mạng");
  await page.context().close();
});

test("a session that is over: the text waits, and is saved once one signs in in another tab", async ({
  browser,
  baseURL,
}) => {
  const page = await opened(browser, baseURL);
  await page.context().clearCookies({ name: /parindex/ });
  const text = `sau giờ nghỉ ${Date.now()}`;
  await type(page, text);
  await expect(saved(page)).toContainText("phiên làm việc đã hết");
  await expect(note(page)).toHaveValue(text);
  await expect(page).toHaveURL(new RegExp(`${AT}$`));
  const [other] = await Promise.all([
    page.context().waitForEvent("page"),
    saved(page).getByRole("link", { name: "Đăng nhập lại" }).click(),
  ]);
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await other.fill("#login", "canboxa");
  await other.fill("#password", "mưa rào cuối hạ ở quê");
  await other.click("main button.btn-primary");
  await expect(other, "one comes back to the criterion").toHaveURL(new RegExp(`${AT}$`));
  await expect(saved(page)).toContainText("Đã lưu");
  expect(await stored(page)).toBe(text);
  await page.context().close();
});

test("somebody else who signs in meanwhile gets nothing of it", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL);
  const before = await note(page).inputValue();
  await page.context().clearCookies({ name: /parindex/ });
  await type(page, "của người khác");
  await expect(saved(page)).toContainText("phiên làm việc đã hết");
  const other = await page.context().newPage();
  await signIn(other, "chutichxa");
  await expect(saved(page)).toContainText("tài khoản khác");
  await other.goto(AT);
  await expect(other.locator("#note")).toHaveValue(before);
  await expect(other.locator("#draft")).toBeHidden();
  await page.context().close();
});

test("the page asks before it is closed with something unsaved, and only then", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL);
  const asked = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await page.locator("#f-1").focus();
  await answer(page, AT, { status: 503 });
  await type(page, "chưa lưu được");
  await expect(saved(page)).toContainText("CHƯA LƯU");
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(note(page)).toHaveValue("chưa lưu được");
  await page.unrouteAll();
  await page.getByRole("button", { name: "Lưu", exact: true }).click();
  await expect(saved(page)).toContainText("Đã lưu");
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toHaveLength(1);
});

test("what is unsaved survives the browser, is offered and never sent by itself", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL);
  const context = page.context();
  const before = await note(page).inputValue();
  const text = `bản nháp ${Date.now()}`;
  await answer(page, AT, { status: 503 });
  await type(page, text);
  await expect(saved(page)).toContainText("CHƯA LƯU");
  await page.close();

  const back = await context.newPage();
  await back.goto(AT);
  const offer = back.locator("#draft");
  await expect(offer).toContainText(text);
  await expect(note(back), "nothing was put in by itself").toHaveValue(before);
  await back.waitForTimeout(500);
  expect(await stored(back), "nor sent").toBe(before);
  // Whoever types something else meanwhile loses neither.
  await back.locator("#f-1").focus();
  await offer.getByRole("button", { name: "Khôi phục" }).click();
  await expect(note(back)).toHaveValue(text);
  await expect(saved(back)).toContainText("chưa lưu");
  expect(await stored(back)).toBe(before);
  await back.getByRole("button", { name: "Lưu", exact: true }).click();
  await expect(saved(back)).toContainText("Đã lưu");
  await back.reload();
  await expect(offer, "once saved there is nothing to offer").toBeHidden();

  // Dropped, it is gone; signed out, too.
  for (const how of ["dropped", "signed out"]) {
    await answer(back, AT, { status: 503 });
    await type(back, `${text} ${how}`);
    await expect(saved(back)).toContainText("CHƯA LƯU");
    if (how === "signed out") {
      await back.click("text=Đăng xuất");
      await expect(back).toHaveURL(/sign-in/);
      await signIn(back, "canboxa");
    }
    await back.unrouteAll();
    await back.goto(AT);
    if (how === "dropped") await offer.getByRole("button", { name: "Bỏ" }).click();
    await expect(offer).toBeHidden();
    await back.reload();
    await expect(offer).toBeHidden();
    await expect(note(back)).toHaveValue(text);
  }
  await context.close();
});

test("too old a draft is forgotten, and so are the oldest of too many", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL);
  await page.evaluate(() => {
    const day = 86_400_000;
    const keep = (name, draft) => localStorage.setItem(`parindex:draft:9:/sheets/1/${name}`, JSON.stringify(draft));
    for (let at = 0; at < 60; at += 1) keep(at, { at: Date.now() - at * 60_000, fields: {} });
    keep("old", { at: Date.now() - 8 * day, fields: { note: "x" } });
  });
  await page.reload();
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("parindex:draft:")));
  expect(kept).toHaveLength(40);
  expect(kept).not.toContain("parindex:draft:9:/sheets/1/old");
  await page.context().close();
});

for (const [lang, locale] of [["vi", "vi-VN"], ["en", "en-US"]]) {
  test(`a day is typed by keyboard, is one change, and is shown as it was meant (${locale})`, async ({
    browser,
    baseURL,
  }) => {
    const at = `${SHEET}/1.1.1`;
    const page = await opened(browser, baseURL, { at, lang, locale });
    const day = page.locator("#fields [data-day]");
    const rows = () => page.locator("#history li").count();
    let sends = 0;
    page.on("request", (request) => (sends += request.method() === "POST" && request.url().endsWith(at) ? 1 : 0));
    const write = async (text) => {
      const before = [await rows(), sends];
      await day.focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text, { delay: 30 });
      expect(await day.inputValue(), "nothing is rewritten while it is typed").toBe(text);
      expect(sends, "nor sent").toBe(before[1]);
      await page.keyboard.press("Tab");
      return before[0];
    };
    const first = (await day.inputValue()) === "20/01/2021" ? "19/01/2021" : "20/01/2021";
    await write(first);
    await expect(page.locator("#history ins").first()).toHaveText(first);
    const before = await write("25012021");
    await expect(day).toHaveValue("25/01/2021");
    await expect(page.locator("#history ins").first()).toHaveText("25/01/2021");
    expect(await rows(), "one row for one change").toBe(before + 1);
    await expect(page.locator("#history del").first()).toHaveText(first);
    // What is no day, or a slip of a key, stays and is said; nothing of it is scored.
    for (const [text, says] of [["31/02/2021", "31/02/2021"], ["25/01/21", "25/01/21"], ["25/01/0021", "1900–2200"]]) {
      const shown = await page.locator("#result .points").first().textContent();
      const rowsBefore = await write(text);
      await expect(page.locator("#fields .wrong")).toContainText(says);
      await expect(day).toHaveValue(text);
      await expect(page.locator("#of-before")).toBeVisible();
      expect(await page.locator("#result .points").first().textContent()).toBe(shown);
      expect(await rows()).toBe(rowsBefore);
    }
    await write("25/01/2012");
    await expect(page.locator("#fields .wrong")).toContainText("01/01/2021 – 31/12/2021");
    await expect(day, "what was typed stays").toHaveValue("25/01/2012");
    await write("1/2/2021");
    await expect(day).toHaveValue("01/02/2021");
    await expect(page.locator("#history ins").first()).toHaveText("01/02/2021");
    await page.context().close();
  });
}

test("a day can be chosen on a calendar, and a moment is typed with its time", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL, { at: `${SHEET}/1.1.1` });
  const day = page.locator("#fields [data-day]");
  await expect(page.getByRole("button", { name: "Chọn ngày trên lịch" }).first()).toBeVisible();
  await page.locator("#fields input.native").evaluate((native) => {
    native.value = "2021-01-28";
    native.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await expect(day).toHaveValue("28/01/2021");
  await expect(page.locator("#history ins").first()).toHaveText("28/01/2021");
  const standing = await opened(browser, baseURL, { login: "thuongtruc", at: "/campaigns/2/prepare", locale: "en-US" });
  const closes = standing.locator("#closes-0");
  const was = await closes.inputValue();
  expect(was).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d$/);
  const digits = was.replace(/\D/g, "");
  await closes.focus();
  await standing.keyboard.press("Control+a");
  await standing.keyboard.type(digits);
  await standing.keyboard.press("Tab");
  await expect(closes).toHaveValue(was);
  await standing.click("button:has-text('Lưu thời gian các bước')");
  await expect(closes).toHaveValue(was);
  for (const each of [page, standing]) await each.context().close();
});

test("two people, two fields: both are saved, and each sees the other's", async ({ browser, baseURL }) => {
  const at = `${SHEET}/2.1.1`;
  const first = await opened(browser, baseURL, { at });
  const second = await opened(browser, baseURL, { at, login: "chutichxa" });
  const [a, b] = [(page) => page.locator("#f-1"), (page) => page.locator("#f-2")];
  const mine = String(1_000 + (Date.now() % 1_000));
  const type = async (page, field, text) => {
    await field.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  };
  await type(first, a(first), mine);
  await expect(saved(first)).toContainText("Đã lưu");
  await type(second, b(second), `${mine}7`);
  await expect(saved(second)).toContainText("Đã lưu");
  await expect(second.locator("#fields [role=alert]")).toHaveCount(0);
  await expect(a(second), "what the other one saved comes in").toHaveValue(mine);
  // Both change the same one: only that one asks, and nothing else is sent over it by the way.
  await type(first, a(first), `${mine}1`);
  await expect(saved(first)).toContainText("Đã lưu");
  await type(second, a(second), `${mine}2`);
  await expect(second.locator("#fields [role=alert]")).toContainText(`đã ghi «${mine}1»`);
  await type(second, note(second), `ghi chú ${mine}`);
  await expect(second.locator("#history")).toContainText(`ghi chú ${mine}`);
  await expect(second.locator("#fields [role=alert]"), "it still asks").toContainText(`đã ghi «${mine}1»`);
  await expect(a(second)).toHaveValue(`${mine}2`);
  await second.getByRole("link", { name: "Lấy giá trị kia" }).click();
  await expect(a(second)).toHaveValue(`${mine}1`);
  await expect(second.locator("#fields [role=alert]")).toHaveCount(0);
  await expect(saved(second)).toContainText("Đã lưu");
  await type(second, a(second), `${mine}3`);
  await expect(second.locator("#history ins").first()).toHaveText(`${mine}3`);
  for (const page of [first, second]) await page.context().close();
});

test("a note that is too long says how much too long, and nothing of it is lost", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL);
  const text = `${"ă".repeat(5_000)}KẾT`;
  await note(page).fill(text);
  await expect(page.locator(".left.over")).toHaveText("quá 3 ký tự, chưa lưu được");
  await note(page).press("Tab");
  await expect(page.locator("#said-note .wrong")).toContainText("dài 5.003 ký tự, quá 3 ký tự so với giới hạn 5.000");
  await expect(note(page)).toHaveValue(text);
  await note(page).fill(text.slice(3));
  await note(page).press("Tab");
  await expect(saved(page)).toContainText("Đã lưu");
  await expect(page.locator(".left")).toHaveText("còn 0 ký tự");
  expect(await stored(page)).toBe(text.slice(3));
  await note(page).fill("ngắn");
  await note(page).press("Tab");
  await expect(saved(page)).toContainText("Đã lưu");
  await page.context().close();
});

test("advice that does not come is not taken for none", async ({ browser, baseURL }) => {
  const at = "/criteria-sets/6/1/edit/3.3.3";
  const page = await opened(browser, baseURL, { login: "thuongtruc", at });
  const rule = page.locator("#rule");
  const text = `${await rule.inputValue()} `;
  const over = { status: 401, contentType: "text/html", body: "<html><main>no</main></html>" };
  await page.route("**/edit/3.3.3?check=1", (route) => route.fulfill(over));
  await rule.fill(text);
  await rule.press("Tab");
  await expect(page.locator("#advice [role=alert]")).toContainText("Chưa kiểm tra được");
  await expect(rule).toHaveValue(text);
  await page.unrouteAll();
  await page.locator("#name").fill("Tên khác");
  await page.locator("#name").press("Tab");
  await expect(page.locator("#advice [role=alert]")).toHaveCount(0);
  await page.context().close();
});

test("sending one form asks before the text of another one is gone", async ({ browser, baseURL }) => {
  const page = await opened(browser, baseURL, { login: "thuongtruc", at: "/campaigns/2/prepare" });
  const note = page.locator("#note");
  const describe = () => page.locator("summary:has(#describe)").click();
  const stood = await note.inputValue();
  const typed = `Gửi báo cáo trước 17 giờ. ${stood}`;
  await describe();
  await note.press("Control+Home");
  await note.pressSequentially("Gửi báo cáo trước 17 giờ. ");
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  await page.getByRole("button", { name: "Lưu thời gian các bước" }).click();
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(note, "who stays still has it").toHaveValue(typed);
  // The form that holds the text is sent without a question, and then so is every other one.
  const save = page.locator("form[action$='/describe'] button:not(.pick)");
  for (const text of [typed, stood]) {
    await note.fill(text);
    await save.click();
    await expect(page.locator("details:has(#describe)")).not.toHaveAttribute("open");
    await expect(note).toHaveValue(text);
    await describe();
  }
  expect(asked).toHaveLength(1);
  await page.context().close();
});
