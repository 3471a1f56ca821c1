// Builds dist/: one stylesheet, one script, the fonts, one sprite of icons. Every file is named by its content.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundle, transform } from "lightningcss";
import { PurgeCSS } from "purgecss";

const modules = "node_modules";
// The crates whose templates name classes and icons.
const crates = ["shell", "office", "campaign"].map((part) => `../crates/web-${part}`);
const dist = "dist";

// The oldest browsers that officials still have: Windows 7 ends with Chrome and Edge 109.
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const targets = {
  chrome: version(109),
  edge: version(109),
  firefox: version(115),
  safari: version(15),
  ios_saf: version(15),
};

mkdirSync(dist, { recursive: true });

// A file that is there already is not touched, or cargo would build the program anew.
const put = (file, content) => {
  const path = join(dist, file);
  if (!existsSync(path) || !readFileSync(path).equals(Buffer.from(content))) writeFileSync(path, content);
};
const manifest = {};
const keep = (name, content) => {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const file = name.replace(/(\.\w+)$/, `-${hash}$1`);
  put(file, content);
  manifest[name] = file;
  return file;
};

// Fonts: letters from Be Vietnam Pro; digits from Inter, because the former has no tabular ones.
const fonts = [];
for (const weight of [400, 500, 600]) {
  for (const subset of ["vietnamese", "latin"]) {
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    fonts.push([name, readFileSync(join(modules, "@fontsource/be-vietnam-pro/files", name))]);
  }
  const name = `inter-latin-${weight}-normal.woff2`;
  fonts.push([name, readFileSync(join(modules, "@fontsource/inter/files", name))]);
}
const fontFiles = Object.fromEntries(fonts.map(([name, content]) => [name, keep(name, content)]));

// Styles: Tabler cut down to what the templates use, then our own layer.
const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const templates = crates.flatMap((crate) => walk(join(crate, "templates")));
const tabler = readFileSync(join(modules, "@tabler/core/dist/css/tabler.min.css"), "utf8");
const [purged] = await new PurgeCSS().purge({
  content: templates,
  css: [{ raw: tabler }],
  variables: true,
  safelist: ["body", "html"],
});
const own = bundle({ filename: "src/app.css", minify: false, targets }).code.toString();
const named = own.replace(/font:([\w-]+\.woff2)/g, (_, name) => fontFiles[name]);
const css = transform({ filename: "app.css", code: Buffer.from(purged.css + named), minify: true, targets });
keep("app.css", css.code);

// Scripts: the little of our own for every page, how long the session of whoever is signed in lasts, and what sends
// large files for those that take them.
for (const name of ["app.js", "session.js", "upload.js"]) {
  const js = await build({
    entryPoints: [`src/${name}`],
    bundle: true,
    minify: true,
    write: false,
    target: ["chrome109", "firefox115", "safari15"],
  });
  keep(name, js.outputFiles[0].contents);
}

// Icons: only those that a template names, as `icon("…")` or as the argument `icon = "…"` of a component.
const icons = (file) => [...readFileSync(file, "utf8").matchAll(/icons?(?:\(| = )"([\w-]+)"/g)].map((hit) => hit[1]);
const used = new Set(templates.flatMap(icons));
for (const file of crates.flatMap((crate) => walk(join(crate, "src"))).filter((each) => each.endsWith(".rs"))) {
  for (const hit of readFileSync(file, "utf8").matchAll(/icon: "([\w-]+)"/g)) used.add(hit[1]);
}
const symbols = [...used].sort().map((name) => {
  const svg = readFileSync(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
  const body = svg.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s+/g, " ").trim();
  const look = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" ${look}>${body}</symbol>`;
});
keep("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
put("favicon.svg", readFileSync("src/favicon.svg"));
manifest["favicon.svg"] = "favicon.svg";

const present = new Set([...Object.values(manifest), "manifest.json"]);
for (const file of readdirSync(dist)) if (!present.has(file)) rmSync(join(dist, file));
put("manifest.json", `${JSON.stringify(manifest, null, 1)}\n`);
const size = (name) => `${name} ${(readFileSync(join(dist, manifest[name])).length / 1024).toFixed(0)} kB`;
console.log(`assets: ${["app.css", "app.js", "session.js", "upload.js", "icons.svg"].map(size).join(", ")}`);
