// Signing in by a service that the administration has already, against a certified provider.
import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { PASSWORD } from "./office.js";

const PEOPLE = process.env.PROVIDER_PEOPLE;

/** What the service says of everybody: its own name for a person, then the claims. */
const says = (people) => writeFileSync(PEOPLE, JSON.stringify(people));

const canbo = (roles) => ({ name: "Trần Thu Hà", preferred_username: "canbo", par_roles: roles });

test.beforeEach(() => {
  test.skip(!PEOPLE, "cargo xtask test starts the provider");
});

/** Clicks through the provider's own pages as somebody. */
const throughProvider = async (page, subject) => {
  await page.getByRole("link", { name: /Đăng nhập bằng Cổng thử/ }).click();
  await page.fill("input[name=login]", subject);
  await page.fill("input[name=password]", "whatever");
  await page.click("button[type=submit]");
  await page.click("button[type=submit]");
};

test("whoever the service vouches for is in, with the roles that it says and no others", async ({
  page,
  context,
  baseURL,
}) => {
  says({ u1: canbo(["observer", "administrator", "officer@KHONG-CO"]) });
  await page.goto("/sign-in");
  await throughProvider(page, "u1");
  await expect(page).toHaveURL(`${baseURL}/`);
  await expect(page.locator("h1")).toContainText("Trần Thu Hà");
  await expect(page.locator("main")).toContainText("Người theo dõi");
  await expect(page.locator("main")).toContainText("Cán bộ đơn vị");
  await expect(page.locator("main")).not.toContainText("Quản trị hệ thống");
  expect((await context.cookies()).some((cookie) => cookie.name === "provider")).toBe(false);

  says({ u1: canbo([]) });
  await context.clearCookies();
  await page.goto("/sign-in");
  await throughProvider(page, "u1");
  await expect(page.locator("main")).not.toContainText("Người theo dõi");
  await expect(page.locator("main")).toContainText("Cán bộ đơn vị", { timeout: 30_000 });
});

test("whoever signs out here is led to sign out of the service as well", async ({ page, baseURL }) => {
  says({ u1: canbo([]) });
  await page.goto("/sign-in");
  await throughProvider(page, "u1");
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await expect(page.getByRole("status")).toContainText("vẫn đăng nhập ở Cổng thử");
  await page.getByRole("link", { name: "đăng xuất cả ở đó" }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page).toHaveURL(`${baseURL}/sign-in`);
  await page.getByRole("link", { name: /Đăng nhập bằng Cổng thử/ }).click();
  await expect(page.locator("input[name=login]")).toBeVisible();
});

test("what was typed when the session ended is back on its page after signing in by the service", async ({
  page,
  context,
  baseURL,
}) => {
  const at = "/sheets/6/4.1.1";
  says({ u1: canbo([]) });
  await page.goto("/sign-in");
  await throughProvider(page, "u1");
  await expect(page).toHaveURL(`${baseURL}/`);
  await page.goto(at);
  const text = page.locator(`form[action^='${at}/explain'] textarea`).first();
  await text.fill("Giải trình viết trước khi phiên kết thúc");
  const other = await context.newPage();
  await other.goto("/");
  await other.getByRole("button", { name: "Đăng xuất" }).click();
  await page.getByRole("button", { name: "Gửi giải trình" }).first().click();
  await expect(page.locator("main [role=alert]").first()).toContainText("giữ 30 phút");
  // The service still knows who this is.
  await page.getByRole("link", { name: /Đăng nhập bằng Cổng thử/ }).click();
  await expect(page).toHaveURL(new RegExp(`${at}\\?unsent=`));
  await expect(text).toHaveValue("Giải trình viết trước khi phiên kết thúc");
});

test("a login that was given to somebody else at the service opens nothing", async ({ page }) => {
  says({ u2: canbo([]) });
  await page.goto("/sign-in");
  await throughProvider(page, "u2");
  await expect(page.locator("main [role=alert]")).toContainText("chưa có tài khoản");
});

test("whoever has no account is told what to do", async ({ page }) => {
  says({ u3: { name: "Người Lạ", preferred_username: "nguoila" } });
  await page.goto("/sign-in");
  await throughProvider(page, "u3");
  await expect(page.locator("main [role=alert]")).toContainText("chưa có tài khoản");
});

test("the login of an administrator opens nothing until its owner links the account", async ({
  page,
  context,
  baseURL,
}) => {
  says({ u4: { name: "Phạm Quang Huy", preferred_username: "quantri" } });
  await page.goto("/sign-in");
  await throughProvider(page, "u4");
  await expect(page.locator("main [role=alert]")).toContainText("chưa có tài khoản");

  await page.fill("#login", "quantri");
  await page.fill("#password", PASSWORD);
  await page.click("main button.btn-primary");
  await page.goto("/account");
  await page.fill("#link-old", "không phải mật khẩu");
  await page.getByRole("button", { name: "Gắn tài khoản" }).click();
  await expect(page.locator("main [role=alert]")).toContainText("Mật khẩu hiện nay không đúng");
  await page.fill("#link-old", PASSWORD);
  await page.getByRole("button", { name: "Gắn tài khoản" }).click();
  await page.getByRole("link", { name: /Tiếp tục đến/ }).click();
  await page.fill("input[name=login]", "u4");
  await page.fill("input[name=password]", "whatever");
  await page.click("button[type=submit]");
  await expect(page).toHaveURL(`${baseURL}/account`);
  await expect(page.locator("main")).toContainText("Đã gắn");

  await context.clearCookies();
  await page.goto("/sign-in?next=/units");
  await throughProvider(page, "u4");
  await expect(page).toHaveURL(`${baseURL}/units`);

  await page.goto("/account");
  await page.fill("#link-old", PASSWORD);
  await page.getByRole("button", { name: "Bỏ gắn" }).click();
  await expect(page.locator("main")).not.toContainText("Đã gắn");
});

test("a way back that nobody began, or that was used, leads nowhere", async ({ page, context, baseURL }) => {
  await page.goto("/sign-in/provider/back?code=x&state=y");
  await expect(page.locator("main [role=alert]")).toContainText("quá lâu hoặc bắt đầu ở trình duyệt khác");

  says({ u1: canbo([]) });
  await page.goto("/sign-in");
  const used = page.waitForRequest((request) => request.url().includes("/sign-in/provider/back?"));
  await throughProvider(page, "u1");
  const address = (await used).url();
  await expect(page).toHaveURL(`${baseURL}/`);
  await context.clearCookies({ name: "parindex" });
  await page.goto(address);
  await expect(page.locator("main [role=alert]")).toContainText("quá lâu");
});
