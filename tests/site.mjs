// The site that is built, with other forms: as an office that changes its files has it, and as an update brings it.

import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "./words.mjs";

const built = process.env.MOTCUA_SITE ?? join(root, "dist");
const xtask = process.env.MOTCUA_XTASK ?? join(root, "target/debug/xtask");

/** Copies forms and site into a folder, lets `change` at the copied forms, compiles them; answers `{ forms, site }`. */
export function otherSite(folder, change) {
  const forms = join(folder, "forms");
  cpSync(join(root, "forms"), forms, { recursive: true });
  change(forms);
  const site = join(folder, "site");
  // The compiled forms are left behind with their compressed copies, which would be served instead of the new ones.
  cpSync(built, site, { recursive: true, filter: (path) => path !== join(built, "data") });
  const compile = ["forms", "--from", forms, "--to", join(site, "data")];
  execFileSync(xtask, compile, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return { forms, site };
}
