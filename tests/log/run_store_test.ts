import { fromFileUrl } from "../../std/path.ts";
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { historyOf, listRuns } from "../../mod.ts";
import { sized } from "../support/size.ts";

const PROCESS = fromFileUrl(new URL("../support/store_process.ts", import.meta.url));

Deno.test("processes that begin runs at the same time get different numbers", async () => {
  const folder = Deno.makeTempDirSync();
  const count = sized({ quick: 15, ci: 50 });
  const labels = Array.from(
    { length: sized({ quick: 4, ci: 10 }) },
    (_, n) => n < 2 ? "same" : `p${n}`,
  );
  const ends = await Promise.all(labels.map((label) =>
    new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-check",
        "--allow-read",
        "--allow-write",
        PROCESS,
        folder,
        label,
        String(count),
      ],
    }).output()
  ));
  for (const { success, stderr } of ends) assert(success, new TextDecoder().decode(stderr));
  const numbers = listRuns(folder).map(({ number }) => number);
  assertStrictEquals(numbers.length, labels.length * count);
  assertStrictEquals(new Set(numbers).size, numbers.length);
  const names = [...Deno.readDirSync(`${folder}/runs`)].map(({ name }) => name);
  assertStrictEquals(names.length, numbers.length, "something else is left behind");
  const history = historyOf(folder);
  assert(history.ok && history.value !== undefined, "the store's log is damaged");
  assertStrictEquals(history.value.lines, 1 + numbers.length);
  assertEquals([...history.value.runs.keys()], numbers);
  assertEquals([...history.value.runs.values()].map(({ file }) => file), names.sort());
  Deno.removeSync(folder, { recursive: true });
});
