/**
 * Each of these bugs is planted in a copy of `store/`, and the checks of codec, rules, tree, proofs and notes must find it.
 *
 * @module
 */
import { assert, assertRejects } from "../../../std/assert.ts";
import { sized } from "../../support/size.ts";
import { assertPlantable, plant, REAL_ROOT } from "./plant.ts";
import { CODEC_BUGS, NOTE_BUGS, RULE_BUGS, TREE_BUGS } from "./store_bugs.ts";
import { checkStore, storeFrom } from "./store_checks.ts";

const BUGS = [...CODEC_BUGS, ...RULE_BUGS, ...TREE_BUGS, ...NOTE_BUGS];

Deno.test("the checks find no bug in the store as it is", async () => {
  await checkStore(await storeFrom(REAL_ROOT));
  for (const bugs of [CODEC_BUGS, RULE_BUGS, TREE_BUGS, NOTE_BUGS]) assert(bugs.length >= 10);
});

Deno.test("every bug of this file can be planted", () => {
  for (const bug of BUGS) assertPlantable(bug);
});

const everyNth = sized({ quick: 26, ci: 1 });
for (const bug of BUGS.filter((_, index) => index % everyNth === 0)) {
  Deno.test(`the checks find a planted bug: ${bug.name}`, async () => {
    const code = await storeFrom(plant(bug));
    await assertRejects(() => checkStore(code));
  });
}
