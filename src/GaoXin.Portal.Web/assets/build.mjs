// Bundles and minifies the front end into wwwroot/assets. Run through `npm run build`, or by `dotnet build` when inputs changed.
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "wwwroot", "assets");
const options = {
  outdir: out,
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  target: ["chrome111", "edge111", "firefox113", "safari16.4"],
};

await mkdir(out, { recursive: true });
const bundle = (entry, extra) => ({ ...options, entryPoints: { gx: join(here, ...entry) }, ...extra });
const styles = bundle(["css", "gx.css"]);
const scripts = bundle(["js", "gx.js"], { format: "iife" });
for (const name of ["mark.svg", "gaoxiaoxin.svg", "NOTICE.txt"]) await copyFile(join(here, name), join(out, name));

if (process.argv.includes("--watch")) {
  for (const one of [styles, scripts]) await (await esbuild.context(one)).watch();
} else {
  await Promise.all([esbuild.build(styles), esbuild.build(scripts)]);
}
