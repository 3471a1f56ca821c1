// What every test needs: signing in, the pages of each role, and a watch over what the browser complains about.
import { test as base, expect } from "@playwright/test";

export const PASSWORD = "mưa rào cuối hạ ở quê";

/** Pages by the login of whoever may see them. */
export const PAGES = {
  quantri: ["/", "/account", "/units", "/units?q=phu+tho", "/units?day=2025-06-30", "/units/1", "/units/1/succeed", "/units/1/edit", "/units/new", "/units/import", "/units/tree?below=1", "/jobs", "/calendar", "/calendar?year=2029", "/people", "/people?closed=1", "/people/new", "/people/import", "/people/9"],
  thuongtruc: ["/", "/campaigns", "/campaigns/new", "/campaigns/2", "/campaigns/2/prepare", "/campaigns/2/awards", "/campaigns/1/blocks/1/move", "/campaigns/1/visits", "/phrases", "/criteria-sets", "/criteria-sets/upload", "/criteria-sets/4/1", "/criteria-sets/6/1", "/criteria-sets/6/1/edit/3.3.3", "/criteria-sets/6/1/copy", "/criteria-sets/6/1/try/3.3.3", "/criteria-sets/6/1/try/3.3.3?a=12&b=20", "/criteria-sets/6/1/try/3.3.3?a=x&b=20"],
  kiemtra: ["/audit", "/audit?act=session.&who=tran&from=2020-01-01"],
  canbotinh: ["/", "/sheets/74/1.1.1"],
  dieutra: ["/campaigns/2/awards/3/1.4"],
  canbo: ["/", "/audit", "/nothing", "/campaigns", "/campaigns/1", "/sheets/6/1.1.2", "/sheets/6/submit", "/sheets/6/adjusted", "/campaigns/1/documents", "/campaigns/1/documents?q=bao+cao"],
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
      if (!request.url().startsWith(baseURL) && !request.url().startsWith("data:")) complaints.push(`asked of another host: ${request.url()}`);
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

export { expect };
