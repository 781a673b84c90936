import { fromFileUrl } from "../../std/path.ts";
import { assert, assertStrictEquals } from "../../std/assert.ts";
import { listRuns } from "../../mod.ts";
import { sized } from "../support/size.ts";

const PROCESS = fromFileUrl(new URL("../support/store_process.ts", import.meta.url));

Deno.test("processes that begin runs at the same time get different numbers", async () => {
  const folder = Deno.makeTempDirSync();
  const count = sized({ quick: 15, ci: 60 });
  const labels = ["a", "b", "same", "same"];
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
  assertStrictEquals(names.length, numbers.length, "reservations are left behind");
  Deno.removeSync(folder, { recursive: true });
});
