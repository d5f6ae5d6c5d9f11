// An old phone on a poor line, 400 kbit/s and 400 ms with a processor of a quarter: open, fill, photograph, send, follow.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, motcua } from "../harness.mjs";
import { SLOW_3G, slowed } from "../visit.mjs";

journey("a dossier from an old phone on a poor line", async ({ page, context, server, shot }) => {
  page.setDefaultTimeout(90_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await slowed(devtools, { ...SLOW_3G, processor: 4 });
  const start = Date.now();
  const person = citizen({ page });
  await person.wholeWay(dossiers["help with a funeral"]);
  await shot("followed");
  console.log(`  ${((Date.now() - start) / 1000).toFixed(0)} s from the first page to the timeline`);
  const told = execFileSync(motcua, ["doctor", "--data", server.data], { encoding: "utf8" });
  assert.match(told, /^dossiers\s+1$/m);
}, { seconds: 300 });
