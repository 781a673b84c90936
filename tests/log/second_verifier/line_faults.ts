/**
 * Violations of rules 1 to 6 of `docs/log-format.md`: single lines.
 *
 * @module
 */
import type { Draft } from "./independent_writer.ts";
import { bytes, changed, events, type Fault, firstOf, REALIZED, respelled } from "./damage.ts";
import { FAILED_RUN } from "./sample_drafts.ts";

/** Rules 1, 2, 4 and 5. */
export const SPELLING_FAULTS: readonly Fault[] = [
  bytes(1, "a byte order mark", (text) => `\ufeff${text}`),
  bytes(1, "CR before each LF", (text) => text.replaceAll("\n", "\r\n")),
  bytes(1, "a blank line", (text) => text.replace("\n", "\n\n")),
  respelled(1, "stmt", (line) => line.replace('":"', '": "')),
  respelled(1, "stmt", (line) => `${line} `),
  respelled(1, "stmt", (line) => `${line}{}`),
  respelled(1, "stmt", (line) => `[${line}]`),
  respelled(1, "stmt", (line) => line.slice(0, -1)),
  respelled(1, "leave_proc", () => "null"),
  { rule: 1, name: "bytes that are no UTF-8", bytes: invalidUtf8() },
  respelled(2, "stmt", (line) => line.replace('"kind":"stmt"', '"kind":"stmt_exec"')),
  respelled(
    2,
    "stmt",
    (line) => line.replace(/"seq":(\d+),"kind":"stmt"/, '"kind":"stmt","seq":$1'),
  ),
  respelled(2, "stmt", (line) => line.replace('"kind":"stmt"', '"kind":7')),
  respelled(2, "stmt", () => "{}"),
  respelled(1, "stmt", (line) => line.replace(/"seq":/, '"seq":0')),
  respelled(4, "stmt", (line) => line.replace("main", "\\u006dain")),
  respelled(4, "run_started", (line) => line.replace("dustrun-log/2", "dustrun-log\\/2")),
  respelled(4, "leave_proc", (line) => line.replace('"Unit"', '"U\\u006Eit"')),
  respelled(4, "run_started", (line) => line.replace('"tick_us":1', '"tick_us":1e0')),
  respelled(4, "run_started", (line) => line.replace('"Int":2', '"Int":-0')),
  respelled(4, "effect", (line) => line.replace('"Float":1.0', '"Float":1.00')),
  respelled(4, "effect", (line) => line.replace('"Float":1.0', '"Float":1e0')),
  respelled(4, "effect", (line) => line.replace('"Float":1.0', '"Float":1e999')),
  changed(4, "input_loaded", { text: undefined, base64: "YQliCh==" }),
  respelled(5, "stmt", (line) => line.replace('"control":', '"at":"main.body[0]","control":')),
  respelled(5, "run_started", (line) => line.replace('"args":{', '"args":{"n":{"Int":2},')),
  respelled(5, "run_started", (line) => line.replace('"args":{', '"args":{"2":"Unit","1":"Unit",')),
  respelled(
    5,
    "run_started",
    (line) => line.replace('{"n":{"Int":2}', '{"n":{"Int":2},"1":"Unit"'),
  ),
];

/** Defaults that are spelled out, and other violations of rule 3 that single members make. */
export const MEMBER_FAULTS: readonly Fault[] = [
  respelled(3, "stmt", (line) => line.replace('"kind":"stmt"', '"kind":"stmt","thread":0')),
  changed(3, "stmt", { control: "next" }),
  changed(3, "phi_resolved", { gate: false }),
  respelled(3, "phi_resolved", (line) => line.replace(',"work"', ',"configuration":{},"work"')),
  respelled(6, "phi_resolved", (line) => line.replace(',"work"', ',"canonical":true,"work"')),
  respelled(3, "phi_resolved", (line) => line.replace(',"work"', ',"conflict":[],"work"')),
  respelled(3, "phi_resolved", (line) => line.replace(',"work"', ',"bounds":[],"work"')),
  respelled(3, "phi_resolved", (line) => line.replace(/\}$/, ',"certificate":""}')),
  ...[{ conflict: [] }, { bounds: [] }, { certificate: "" }]
    .map((members) => changed(3, "phi_resolved", members, FAILED_RUN)),
  changed(3, "run_started", { realizers: [] }),
  changed(3, "run_started", { inputs: 0 }),
  changed(3, "run_started", { schedule: [] }),
  changed(3, "realization_started", { machine: "" }),
  changed(3, "realization_finished", { reason: "" }),
  respelled(3, "leave_proc", (line) => line.replace(/\}$/, ',"error":null}')),
  changed(3, "leave_proc", { value: null }),
  changed(3, "input_loaded", { base64: "YQliCg==" }),
  changed(3, "input_loaded", { text: undefined }),
  changed(3, "input_loaded", { text: undefined, base64: "YQliCg==" }),
  changed(3, "input_loaded", { text: undefined, base64: "" }),
  changed(3, "input_loaded", { text: "a\u0000" }),
  changed(3, "input_loaded", { text: "a\u001f" }),
  changed(3, "input_loaded", { modes: undefined }),
  changed(3, "input_loaded", { sink: "log" }),
  changed(3, "input_loaded", { sink: "" }),
  changed(3, "input_loaded", { digest: undefined }),
  changed(3, "input_loaded", { input: "port" }),
  respelled(3, "input_loaded", (line) => line.replace('"modes":"r"', '"modes":"r","number":1')),
];

/** Members of a wrong type or range. */
export const TYPE_FAULTS: readonly Fault[] = [
  respelled(6, "stmt", (line) => line.replace('"kind":"stmt"', '"kind":"stmt","thread":-1')),
  ...[-1, 9007199254740992, 1.5, "0", true].map((index) => changed(6, "effect", { index })),
  ...[[-1], [0.5], 1, ["0"]].map((schedule) => changed(6, "run_started", { schedule })),
  changed(6, "thread_spawn", { seed: 7 }),
  changed(6, "thread_spawn", { seed: { Bool: true } }),
  ...["t0", "t01", "x1", "t"].map((t) => changed(6, "enter_proc", { args: { t: { Thread: t } } })),
  ...["x0", "x01", "t1", "x"].map((x) => changed(6, "enter_proc", { args: { x: { Mutex: x } } })),
  changed(6, "stmt", { control: "maybe" }),
  changed(6, "stmt", { set: {} }),
  changed(6, "stmt", { set: { a: "Unit", b: "Unit" } }),
  changed(6, "stmt", { range: { end: "Unit", start: "Unit" } }),
  ...[
    "main",
    "main.body",
    "body[0]",
    "main.body[0].case[1]",
    "X::main.body[0]",
    "a b.body[0]",
    "main.body[01]",
    "main.body[\u0661]",
    'K::"main".body[0]',
  ]
    .map((at) => changed(6, "stmt", { at })),
  ...["a b", "X::main", "", "main.body[0]", '"main"', 'K::"\\u0061 b"', 'F::K::"\n"'].map((proc) =>
    changed(6, "leave_proc", { proc })
  ),
  ...[
    { Int: "1" },
    { Int: 1.5 },
    { Float: 1 },
    { Char: "ab" },
    { Char: "" },
    { Bool: 0 },
    { Text: "" },
    { Int: 1, Bool: true },
    { Array: {} },
    { Struct: { ty: "T" } },
    {},
    [],
    "unit",
    7,
  ].map((value) => changed(6, "leave_proc", { value })),
  respelled(6, "stmt", (line) => line.replace('"Unit"', '{"Int":9223372036854775808}')),
  respelled(
    6,
    "stmt",
    (line) => line.replace('"Unit"', `${'{"Array":['.repeat(1001)}"Unit"${"]}".repeat(1001)}`),
    "a value too deep",
  ),
  changed(6, "run_started", { mode: "dry" }),
  changed(6, "run_started", { limits: [] }),
  changed(6, "run_started", { program: "a" }),
  changed(6, "recovered", { host: false }),
  changed(6, "recovered", { time: "2026-11-29T03:04:05Z" }),
  changed(6, "realization_started", { occurrence: "0123" }),
  changed(6, "witness", { value: "Unit" }),
  changed(6, "witness", { constraints: [1] }),
];

/** For every line of the samples: each member left out, one too many, two exchanged, and `null`. */
export function* structuralFaults(): Generator<Fault> {
  for (const drafts of [REALIZED, FAILED_RUN]) {
    for (const kind of new Set(drafts.map((draft) => draft.kind))) {
      const at = firstOf(kind, drafts);
      const members = Object.entries(drafts[at] ?? {}).slice(1);
      const fault = (name: string, entries: readonly (readonly [string, unknown])[]) => {
        const draft: Draft = { kind, ...Object.fromEntries(entries) };
        const rule = name.startsWith("format") ? 8 : 3;
        return events(rule, `${kind}: ${name}`, drafts.with(at, draft));
      };
      yield fault("surplus member", [...members, ["surplus", 1]]);
      for (const [index, [name]] of members.entries()) {
        yield fault(`${name} is null`, members.with(index, [name, null]));
        yield fault(
          `${name} is called otherwise`,
          members.with(index, [`${name}_`, members[index]?.[1]]),
        );
        if (index > 0) {
          yield fault(`${name} moved to the front`, [
            members[index] ?? [name, null],
            ...members.toSpliced(index, 1),
          ]);
        }
      }
    }
  }
}

/** The log with a byte inside of a string that no UTF-8 has. */
function invalidUtf8(): Uint8Array {
  const fault = changed(1, "recovered", {});
  const at = new TextDecoder("latin1").decode(fault.bytes).indexOf("dustrun-log") + 3;
  const spoiled = fault.bytes.slice();
  spoiled[at] = 0xff;
  return spoiled;
}
