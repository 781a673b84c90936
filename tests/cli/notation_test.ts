/**
 * What people read is in the notation of the language. Every command that prints of a run is executed over every fixture, and no line
 * holds a tagged value or a DIR path; places have one form.
 *
 * @module
 */
import { FIRST_STEPPER } from "../../cli/commands/step_keys.ts";
import { render } from "../../cli/commands/step_screen.ts";
import {
  encodeWireValue,
  LogStates,
  MemoryFile,
  Places,
  renderContent,
  renderMemberPath,
  renderValue,
  type RunInput,
  type Value,
  viewBody,
  viewState,
} from "../../mod.ts";
import { valueToWire } from "../../dvm/value/wire_object.ts";
import { assert, assertEquals, assertStrictEquals, assertThrows } from "../../std/assert.ts";
import { join } from "../../std/path.ts";
import { diagnosticFixtures, diagnosticGoldens } from "../support/diagnostic_fixtures.ts";
import { fixtures } from "../support/fixtures.ts";
import { dustrun } from "../support/memory_io.ts";
import { needing } from "../support/needs.ts";

/** A value of each kind. */
const VALUES: { readonly [K in Value["kind"]]: Value } = {
  Int: { kind: "Int", value: 5 },
  Float: { kind: "Float", value: 1 },
  Bool: { kind: "Bool", value: true },
  String: { kind: "String", value: "a b" },
  Char: { kind: "Char", value: "c" },
  Mem: { kind: "Mem", value: "m1.2" },
  Thread: { kind: "Thread", value: "t1" },
  Mutex: { kind: "Mutex", value: "x1" },
  File: { kind: "File", value: "f1" },
  Port: { kind: "Port", value: "serial" },
  Device: { kind: "Device", value: "uart" },
  Mapped: { kind: "Mapped", value: "uart" },
  Unit: { kind: "Unit" },
  Array: { kind: "Array", items: [{ kind: "Int", value: 5 }, { kind: "Unit" }] },
  Struct: { kind: "Struct", ty: "S", fields: new Map([["f", { kind: "File", value: "f1" }]]) },
};

/** `{"Int":5}` and its kin, also without quotes, and a step of a DIR path, `body[3]`. */
const TAGGED = new RegExp(
  `\\{(?:(?:${Object.keys(VALUES).join("|")}): |"(?:${Object.keys(VALUES).join("|")})":)`,
);
const DIR_PATH =
  /\b(?:forges|procs|binds|contract|shapes|fields|params|uses|body|then_body|else_body)\[\d/;

/** A place, from the name of an artifact on: in a process, or by its column. */
const PLACE =
  /^(?:, [^ ,]*::[KQΦ]::[^,;:\])]+(?:, statement [1-9]\d*)?(?=$|[,;:\])\s])|:\d+(?=$|: |\s))/;

function assertNotation(output: string, what: string): void {
  for (const line of output.split("\n")) {
    assert(!TAGGED.test(line), `${what}: a tagged value in: ${line}`);
    assert(!DIR_PATH.test(line), `${what}: a DIR path in: ${line}`);
    for (const named of line.matchAll(/\.dir\.json:\d+/g)) {
      const rest = line.slice(named.index + named[0].length);
      assert(PLACE.test(rest), `${what}: not a place: ${line}`);
    }
    assertEquals(line.match(/[^,] statement \d|^statement \d/g), null, `${what}: ${line}`);
  }
}

/** Options of the command line that mean the same as an input. */
function optionsOf({ entry, args = {}, semantics, limits = {} }: RunInput): string[] {
  const plain = (value: unknown) => typeof value === "string" ? value : encodeWireValue(value);
  return [
    ...(entry === undefined ? [] : ["-e", entry]),
    ...Object.entries(args).flatMap(([name, value]) => ["--arg", `${name}=${plain(value)}`]),
    ...(semantics === undefined ? [] : ["--semantics", semantics]),
    ...Object.entries(limits).flatMap(([name, limit]) =>
      /^max_(?:ticks|depth|work)$/.test(name) ? [`--${name.replace("_", "-")}`, String(limit)] : []
    ),
  ];
}

/** What the stepper shows of a log, at a few of its events, on terminals wide enough for every line; nothing where it has no states. */
function stepScreens(path: string): string[] {
  const log = new MemoryFile(Deno.readFileSync(path));
  const states = LogStates.open(log);
  if (!states.ok) return [];
  const places = new Places(() => states.value.program);
  return [1, 4, 9, 20].flatMap((seq) => {
    const there = states.value.at({ kind: "event", seq });
    if (!there.ok) return [];
    const events = [...states.value.events({ from: seq - 1, to: seq + 3 })];
    const screen = {
      name: "log",
      stepper: { ...FIRST_STEPPER, seq, total: 100 },
      view: viewState(there.value),
      body: viewBody(there.value),
      events: events.flatMap((read) => read.ok ? [read.value] : []),
      places,
    };
    return [2_000, 4_000].map((columns) =>
      render(screen, { columns, rows: 60 }).map(({ text }) => text).join("\n")
    );
  });
}

Deno.test("a value of any kind is in the notation wherever the form of the log has it", () => {
  for (const [tag, value] of Object.entries(VALUES)) {
    if (value.kind === "Unit") continue; // a word like any other, where no value is expected
    const wire = valueToWire(value), text = renderValue(value);
    assertStrictEquals(renderContent(wire), text);
    assertStrictEquals(renderContent({ n: wire }), `(n: ${text})`);
    assertStrictEquals(renderMemberPath(`value.${tag}`), "value");
    assertNotation(renderContent([wire, { at: 1, n: wire }]), tag);
    assertThrows(() => assertNotation(`{${tag}: ${text}}`, tag));
    assertThrows(() => assertNotation(encodeWireValue(wire), tag));
  }
});

Deno.test("diagnostics have no tagged value and no DIR path, and places have one form", () => {
  for (const fixture of diagnosticFixtures()) {
    const goldens = diagnosticGoldens(fixture);
    for (const form of ["plain.txt", "graphic.txt"]) {
      assertNotation(goldens.get(form) ?? "", `${fixture.name}/${form}`);
    }
  }
  for (
    const other of [
      'returned: {"Int":5}',
      "at forges[0].procs[0]: here",
      "a.dir.json:3 body",
      "a.dir.json:3, F::K::p statement 4",
    ]
  ) assertThrows(() => assertNotation(other, "another notation"));
});

Deno.test(needing({
  name: "no output for people has a tagged value or a DIR path, and places have one form",
  needs: [],
  size: "ci",
  fn: async () => {
    const folder = Deno.makeTempDirSync();
    const store = join(folder, "store");
    const cases = [...fixtures(), ...diagnosticFixtures()];
    assert(cases.length > 200);
    const shown = async (...words: readonly string[]) => {
      const { stdout, stderr } = await dustrun(...words);
      assertNotation(stdout + stderr, words.join(" "));
    };
    try {
      let previous: string | undefined;
      for (const { name, artifacts, input } of cases) {
        const paths = artifacts.map((artifact) => join(folder, artifact.name));
        artifacts.forEach(({ text }, index) => Deno.writeTextFileSync(paths[index] ?? "", text));
        const [program = "", ...linked] = paths;
        const links = linked.flatMap((path) => ["--link", path]);
        await shown("check", ...links, program);
        if (input === undefined) continue;
        const log = join(folder, `${name.replace("/", "-")}.jsonl`);
        const options = [...optionsOf(input), ...links, program];
        await shown("run", "--simulate", "--trace", "--log", log, ...options);
        await shown("--all", "2", ...options);
        await shown("explore", "--max-schedules", "2", "--logs", "0", ...options);
        await shown("solve", "--all", "2", ...options);
        await shown("solve", "--conflicts", "2", ...options);
        await shown("solve", "--relax", ...options);
        // Arguments that do not fit are refused before there is a log.
        if (![...Deno.readDirSync(folder)].some((entry) => log.endsWith(`/${entry.name}`))) {
          continue;
        }
        const trace = `${log}.json`;
        const { stdout } = await dustrun("export", "--format", "trace", log);
        Deno.writeTextFileSync(trace, stdout);
        await shown("state", log);
        await shown("state", log, "--at", "tick:1");
        await shown("explain", log);
        await shown("check-certificate", log);
        for (const screen of stepScreens(log)) assertNotation(screen, `step ${log}`);
        await shown("replay", log);
        await shown("replay", trace, ...options);
        await shown("audit", "--resource", "*", log);
        if (previous !== undefined) {
          for (const level of ["observational", "trace", "bytes"]) {
            await shown("diff", "--level", level, previous, log);
          }
          await shown("diff", "--view", "side", previous, log);
          await shown("diff", trace, previous);
          await shown("replay", previous, ...links, program);
        }
        previous = log;
        await dustrun("run", "--simulate", "--store", store, ...options);
      }
      await shown("runs", "--store", store);
      await shown("audit", "--store", store);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
}));
