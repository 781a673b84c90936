/**
 * A store with runs of every kind, and what can be done to its log and to its folder.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { dustrun } from "../../support/memory_io.ts";
import { proc, program } from "../../support/program.ts";
import { cutAfterIntent } from "../../support/sample_logs.ts";

/** Makes a store in a new folder; returns its path. */
export async function sampleStore(): Promise<string> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const store = `${folder}/store`;
  const text = program(proc("K::main() -> i64", 'emit "one"', 'seal "two"', "return 0"));
  Deno.writeTextFileSync(`${folder}/p.dir.json`, text);
  const run = async (...words: readonly string[]) => {
    const { exit, stderr } = await dustrun(...words, "--store", store);
    assertStrictEquals(exit, 0, stderr);
  };
  const words = [`${folder}/p.dir.json`, "--realize", `emit=file:${folder}/out.txt`];
  await run("--simulate", `${folder}/p.dir.json`);
  Deno.removeSync(`${store}/log`); // the first run is older than the store's log
  await run(...words);
  await run("--simulate", `${folder}/p.dir.json`);
  await run(...words);
  await run("runs", "rm", "3");
  await run("runs", "rm", "1");
  closedTwice(store, `${store}/runs/000004-p.jsonl`);
  await run(...words);
  return store;
}

/** As if the writer of the last run had closed its log after the first intent, and `resume` at the end. */
function closedTwice(store: string, log: string): void {
  const whole = Deno.readTextFileSync(log);
  cutAfterIntent(log);
  const lines = Deno.readTextFileSync(`${store}/log`).trimEnd().split("\n");
  const closed = lines.findLastIndex((line) => line.includes('"closed","run":4'));
  const outcome = whole.split("\n").find((line) => line.includes('"kind":"outcome"'));
  assert(closed > 0 && outcome !== undefined);
  const last = lines[closed] ?? "";
  const [, blocks = ""] = /"blocks":([0-9]+)/.exec(last) ?? [];
  const checkpoints = whole.split("\n").filter((line) => line.includes('"kind":"checkpoint"'));
  const { root } = JSON.parse(checkpoints[1] ?? "");
  const earlier = last.replace(`"blocks":${blocks}`, '"blocks":2').replace(
    /"root":"[0-9a-f]+"/,
    `"root":"${root}"`,
  );
  lines.splice(closed, 0, earlier);
  Deno.writeTextFileSync(`${store}/log`, `${lines.join("\n")}\n`);
  Deno.writeTextFileSync(log, whole);
}

/** A change to the text of a store's log. */
export type LogMutant = readonly [name: string, text: string];

/** Lines left out, doubled and exchanged, and members with other contents. */
export function* logMutants(text: string): Generator<LogMutant> {
  const lines = text.trimEnd().split("\n");
  const joined = (changed: readonly string[]) => changed.map((line) => `${line}\n`).join("");
  for (const [at, line] of lines.entries()) {
    const before = lines.slice(0, at), after = lines.slice(at + 1);
    yield [`line ${at} left out`, joined([...before, ...after])];
    yield [`line ${at} doubled`, joined([...before, line, line, ...after])];
    yield [`line ${at} at the end`, joined([...before, ...after, line])];
    yield [`cut before line ${at}`, joined(before)];
    yield [`cut in line ${at}`, joined(before) + line.slice(0, 20)];
    const members = Object.entries<unknown>(JSON.parse(line));
    for (const [name, value] of members) {
      for (const odd of [...OTHERS, value]) {
        const changed = members.map((member) => member[0] === name ? [name, odd] : member);
        const spelled = JSON.stringify(Object.fromEntries(changed));
        yield [`line ${at}, ${name} is ${odd}`, joined([...before, spelled, ...after])];
      }
      const less = Object.fromEntries(members.filter((member) => member[0] !== name));
      yield [`line ${at} without ${name}`, joined([...before, JSON.stringify(less), ...after])];
    }
    for (const [pattern, spelling] of SPELLINGS) {
      const spelled = line.replace(pattern, spelling);
      yield [`line ${at} with ${spelling}`, joined([...before, spelled, ...after])];
    }
  }
}

const OTHERS: readonly unknown[] = [
  ...[0, 1, 2, 4, 5, 7, -1, 1.5, 2 ** 53, null, true, "", "x", "returned", "failed", [], {}],
  ...["0".repeat(32), "a".repeat(64), "A".repeat(64), "000004-p.jsonl", "000005-q.jsonl"],
  ...["2026-11-29T00:00:00.000Z", "2026-11-29T00:00:00Z", "dustrun-store/2", "begun", "closed"],
];

/** The same JSON in other words. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/"kind":/, '"kind" :'],
  [/^\{/, '{"surplus":1,'],
  [/\}$/, ',"surplus":1}'],
  [/"kind"/, '"\\u006bind"'],
  [/"last":([0-9]+)/, '"last":$1.0'],
  [/"last":([0-9]+)/, '"last":$1e0'],
  [/"last":([0-9]+)/, '"last":-0'],
  [/"last":([0-9]+)/, '"last":$1,"last":$1'],
  [/^/, "\ufeff"],
  [/$/, "\r"],
];

/** What somebody does in the folder of runs, whose path is given. */
export const FOLDER_MUTANTS: readonly (readonly [name: string, act: (runs: string) => void])[] = [
  ["nothing", () => {}],
  ...[2, 4, 5].flatMap((run): readonly (readonly [string, (runs: string) => void])[] => {
    const log = (runs: string) => `${runs}/00000${run}-p.jsonl`;
    return [
      [`run ${run} is missing`, (runs) => Deno.removeSync(log(runs))],
      [`run ${run} is empty`, (runs) => Deno.truncateSync(log(runs))],
      [
        `run ${run} lost a byte`,
        (runs) => Deno.truncateSync(log(runs), Deno.statSync(log(runs)).size - 1),
      ],
      [`run ${run} is cut at its outcome`, (runs) => cutBefore(log(runs), '"kind":"outcome"')],
      [
        `run ${run} is cut at its realization`,
        (runs) => cutBefore(log(runs), '"kind":"realization_started"'),
      ],
      [
        `run ${run} is a link`,
        (runs) => replaced(log(runs), (path) => Deno.symlinkSync("x", path)),
      ],
      [`run ${run} is a folder`, (runs) => replaced(log(runs), (path) => Deno.mkdirSync(path))],
      [`run ${run} has another byte`, (runs) => changed(log(runs))],
      [
        `run ${run} is that of another`,
        (runs) => Deno.copyFileSync(`${runs}/00000${run === 2 ? 4 : 2}-p.jsonl`, log(runs)),
      ],
    ];
  }),
  ...[
    ...["000003-p.jsonl", "000003-p.jsonl.1.torn", "000001-p.jsonl", "000001-x.jsonl.snapshots"],
    ...["000002-p.jsonl.snapshots", "000002-x.jsonl", "000009-x.jsonl", "000009-x.jsonl.torn"],
    ...["note", "22-a.jsonl", "000006-a b.jsonl", "000006-\n.jsonl", "000000-p.jsonl"],
  ].flatMap((name): readonly (readonly [string, (runs: string) => void])[] => [
    [`${JSON.stringify(name)} is there`, (runs) => Deno.writeTextFileSync(`${runs}/${name}`, "x")],
    [
      `${JSON.stringify(name)} is there, empty`,
      (runs) => Deno.writeTextFileSync(`${runs}/${name}`, ""),
    ],
  ]),
];

function cutBefore(log: string, text: string): void {
  const lines = Deno.readTextFileSync(log).split("\n");
  const at = lines.findIndex((line) => line.includes(text));
  if (at >= 0) Deno.writeTextFileSync(log, lines.slice(0, at).map((line) => `${line}\n`).join(""));
}

function replaced(path: string, make: (path: string) => void): void {
  Deno.removeSync(path);
  make(path);
}

function changed(log: string): void {
  const bytes = Deno.readFileSync(log);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  Deno.writeFileSync(log, bytes);
}
