// The server is started by `cargo xtask test`, filled with the demonstration; PARINDEX_URL says where.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  outputDir: process.env.RESULTS ?? "../target/browser/results",
  reporter: [["list"]],
  workers: 1,
  retries: 0,
  // Two halves run at a time: a busy machine only takes longer.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    actionTimeout: 60_000,
    baseURL: process.env.PARINDEX_URL ?? "http://127.0.0.1:8765",
    locale: "vi-VN",
    viewport: { width: 1366, height: 768 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
