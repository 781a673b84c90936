/**
 * Logs in which one member, however deep, has an odd content. Whether that is damage is left to the verifiers: they must agree.
 *
 * @module
 */
import { logBytes, number } from "./independent_writer.ts";
import { REALIZED } from "./damage.ts";
import { FAILED_RUN } from "./sample_drafts.ts";

/** Contents that are nearly right somewhere, and what two parsers may see differently. */
const ODD: readonly unknown[] = [
  "",
  " ",
  "0",
  "main",
  "K::main",
  'K::"main"',
  'K::"a\\n"',
  'K::"\\u0061 b"',
  'K::"a',
  '"\ud800"',
  '"\\ud800"',
  "F::main",
  "main.body[0]",
  "main.body[01]",
  "main.body[\u0661]",
  "main.body[0].then_body[9].body[0]",
  "main.body[0]\n",
  "C1",
  "C\u0661",
  "C1\n",
  "q1",
  "q1 ",
  "log",
  "none",
  "next",
  "2026-11-29T03:04:05.006Z\n",
  "2026-99-99T99:99:99.999Z",
  "\u0662026-11-29T03:04:05.006Z",
  "a".repeat(32),
  "A".repeat(64),
  "a".repeat(64),
  `sha256:${"a".repeat(64)}`,
  "YQ==",
  "YR==",
  "\ufeff",
  "\u2028\u007f\u0085",
  "\ud83d",
  "\ud83d\ude00",
  "__proto__",
  0,
  1,
  number("-1"),
  number("-0"),
  number("1.0"),
  number("1e2"),
  number("9007199254740991"),
  number("9007199254740992"),
  number("18446744073709551616"),
  number("0.1"),
  number("5e-324"),
  true,
  false,
  null,
  [],
  [0],
  [""],
  {},
  { Int: 1 },
  { Int: number("9223372036854775807") },
  { Int: number("9223372036854775808") },
  { Float: number("1.0") },
  { Float: number("1") },
  { Float: number("1e-7") },
  { Float: number("0.000001") },
  { Float: number("123456789012345680000.0") },
  { Float: number("1e+21") },
  { Char: "\ud83d\ude00" },
  { Char: "\ud83d" },
  { Char: "ab" },
  "Unit",
  { "1": "Unit", "0": "Unit" },
  { "0": "Unit", "1": "Unit", a: "Unit", "01": "Unit" },
  { a: "Unit", "4294967294": "Unit" },
  { "4294967295": "Unit", "4294967296": "Unit" },
  { Struct: { ty: "", fields: {} } },
  { Struct: { fields: {}, ty: "" } },
];

/** A member by its names and indices. */
type Path = readonly (string | number)[];

/** Every kind's first event in the samples, with each member in turn replaced by each of these contents, or by those that are chosen. */
export function* oddMembers(
  isChosen: () => boolean,
): Generator<{ readonly name: string; readonly bytes: Uint8Array }> {
  for (const drafts of [REALIZED, FAILED_RUN]) {
    for (const kind of new Set(drafts.map((draft) => draft.kind))) {
      const at = drafts.findIndex((draft) => draft.kind === kind);
      const draft = drafts[at];
      if (draft === undefined) continue;
      for (const path of [["thread"], ...pathsOf(draft, []).slice(1)]) {
        for (const odd of ODD.filter(isChosen)) {
          const changed = { kind, ...Object(replaced(draft, path, odd)) };
          yield {
            name: `${kind} ${path.join(".")} ${JSON.stringify(odd)}`,
            bytes: logBytes(drafts.with(at, changed)),
          };
        }
      }
    }
  }
}

function pathsOf(content: unknown, path: Path): Path[] {
  if (typeof content !== "object" || content === null) return [path];
  const inside = Object.entries(content).flatMap(([name, member]) =>
    pathsOf(member, [...path, name])
  );
  return path.length === 0 ? inside : [path, ...inside];
}

/** The content with one member replaced; a new one stands after `kind`. */
function replaced(content: unknown, [name, ...rest]: Path, odd: unknown): unknown {
  if (name === undefined) return odd;
  if (Array.isArray(content)) {
    return content.map((item, index) => String(index) === name ? replaced(item, rest, odd) : item);
  }
  const members = Object.entries(Object(content));
  if (!members.some(([member]) => member === name)) {
    return { kind: undefined, [name]: odd, ...Object(content) };
  }
  return Object.fromEntries(
    members.map(([member, item]) => [member, member === name ? replaced(item, rest, odd) : item]),
  );
}
