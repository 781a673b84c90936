import fc from "fast-check";
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { parseReference, type ProcNames, referencesOf, splitPlace } from "./reference.ts";

const REGIMES = ["K", "Q", "Φ"] as const;
/** Few names, so that processes share them; some are no identifiers, or look like parts of a reference. */
const NAMES = [
  "p",
  "main",
  "K",
  "Q",
  "body",
  "my proc",
  "a.b",
  "K::p",
  'say "hi"',
  "",
  "Φ",
  "é",
  "\n",
];

function elementOf<T>(values: readonly T[]): fc.Arbitrary<T> {
  return fc.nat(values.length - 1).map((index) => {
    const value = values[index];
    assert(value !== undefined);
    return value;
  });
}

const names: fc.Arbitrary<ProcNames> = fc.record({
  forge: elementOf(NAMES),
  regime: elementOf(REGIMES),
  name: fc.oneof(elementOf(NAMES), fc.string()),
});

/** Whether a process has what a reference says. */
function isNamed(proc: ProcNames, reference: string): boolean {
  const parsed = parseReference(reference);
  assert(parsed !== undefined, reference);
  const { forge, regime, name } = parsed;
  return name === proc.name && (regime === undefined || regime === proc.regime) &&
    (forge === undefined || forge === proc.forge);
}

Deno.test("referencesOf() names each process by the shortest reference that names one", () => {
  fc.assert(
    fc.property(fc.array(names, { maxLength: 12 }), (procs) => {
      for (const [index, reference] of referencesOf(procs).entries()) {
        const own = procs[index];
        assert(own !== undefined && isNamed(own, reference));
        const parsed = parseReference(reference);
        const count = procs.filter((proc) => isNamed(proc, reference)).length;
        // Only the longest form may name several: they have all three names in common.
        assert(count === 1 || parsed?.forge !== undefined, reference);
        const isShorterUnique = parsed?.regime === undefined
          ? false
          : procs.filter((proc) =>
            proc.name === own.name && (parsed.forge === undefined || proc.regime === own.regime)
          ).length === 1;
        assert(!isShorterUnique, `${reference} is longer than it must be`);
      }
    }),
  );
});

Deno.test("splitPlace() separates any reference from the path of a statement", () => {
  fc.assert(
    fc.property(fc.array(names, { minLength: 1, maxLength: 4 }), (procs) => {
      for (const proc of referencesOf(procs)) {
        for (const path of ["body[0]", "body[3].then_body[1].body[0]"]) {
          assertEquals(splitPlace(`${proc}.${path}`), { proc, path });
        }
      }
    }),
  );
});

Deno.test("parseReference() and splitPlace() refuse other texts", () => {
  for (const text of ["", "p::q", "X::p", "K::", "p.", 'K::"p', "a b", '"\\x"']) {
    assertStrictEquals(parseReference(text), undefined, text);
  }
  for (const text of ["", "main", "main body[0]", ".body[0]"]) {
    assertStrictEquals(splitPlace(text), undefined, text);
  }
});
