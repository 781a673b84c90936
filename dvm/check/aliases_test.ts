import { load } from "../load/load.ts";
import { assert, assertEquals } from "../../std/assert.ts";
import { aliasFailures } from "./aliases.ts";

/** The failing aliases of a program that declares these aliases beside a forge with a shape `P`: `A circular`. */
function failures(aliases: readonly string[], chainMax?: number): string[] {
  const types = aliases.map((text) => {
    const [name, target] = text.split(" = ");
    return { name, kind: { Alias: { target } } };
  });
  const forges = [{ name: "F", shapes: [{ name: "P", fields: [] }], binds: [], procs: [] }];
  const loaded = load([{ name: "test", text: JSON.stringify({ forges, types }) }]);
  assert(loaded.ok);
  return [...aliasFailures(loaded.value.types, chainMax)].map(([{ name }, why]) =>
    `${name} ${why}`
  );
}

// covers: TYP-01
Deno.test("aliasFailures() blames one alias of a circle, and none that leads to a fault", () => {
  assertEquals(failures(["A = B", "B = [C; 2]", "C = K[A]", "D = A", "E = D"]), ["A circular"]);
  assertEquals(failures(["A = A"]), ["A circular"]);
  assertEquals(failures(["A = Missing", "B = [A; 2]"]), ["A missing"]);
  assertEquals(failures(["A = P", "B = [P; 0]", "C = [B; 2]"]), []);
});

// covers: TYP-01, FAI-11
Deno.test("aliasFailures(): a chain has a bound; a circle has none", () => {
  const chain = ["A = B", "B = C", "C = D", "D = i64"];
  assertEquals(failures(chain, 4), []);
  assertEquals(failures(chain, 3), ["A too_long"]);
  assertEquals(failures(chain, 2), ["B too_long"]);
  const circle = Array.from({ length: 10 }, (_, index) => `T${index} = T${(index + 1) % 10}`);
  assertEquals(failures(circle, 3), ["T0 circular"]);
});

Deno.test("aliasFailures() needs no stack for a long chain", () => {
  const length = 50_000;
  const chain = Array.from(
    { length },
    (_, index) => `T${index} = ${index + 1 < length ? `T${index + 1}` : "i64"}`,
  );
  assertEquals(failures(chain), [`T${length - 65} too_long`]);
});
