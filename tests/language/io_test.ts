/**
 * Files, ports and devices (RES-08 to RES-11, X-59, X-60): what operations read, what they propose, and that a log with inputs is
 * enough to replay a run.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import {
  certainViolations,
  check,
  deviceInput,
  type EnvironmentInput,
  execute,
  executeText,
  executeToLog,
  fileInput,
  fold,
  load,
  LogWriter,
  MemoryFile,
  portInput,
  replayLog,
  type RunInput,
} from "../../mod.ts";
import { Random } from "../../campaign/random.ts";
import { CLOSED_FILES_MIN } from "../../dvm/event/io_state.ts";
import { bytesOfPayload, payloadOfBytes } from "../../dvm/value/bytes.ts";
import {
  artifact,
  bind,
  branch,
  codes,
  count,
  forge,
  type Part,
  proc,
  program,
  type Statement,
  violations,
} from "../support/program.ts";
import { testSeed } from "../support/size.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const IN = fileInput({ name: "in", modes: "r", content: bytes("four") });
const OUT = fileInput({ name: "out", modes: "rwa", content: bytes("old") });
const SCRIPT = portInput({ name: "serial", number: 64, reads: [7, -8] });
const UART = deviceInput({
  name: "uart",
  base: 4096,
  bytes: Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0),
});

function main(...body: readonly string[]): string {
  return program(proc("K::main() -> i64", ...body));
}

/** What a run returns, or the code of its failure, with its effects. */
function result(
  text: string,
  inputs: readonly EnvironmentInput[],
  input: RunInput = {},
): string {
  const { outcome, effects } = executeText(text, { ...input, environment: { inputs } });
  const shown = effects.map(({ kind, payload }) => `${kind} ${payload}; `).join("");
  return shown + (outcome.error?.code ?? JSON.stringify(outcome.returned));
}

// covers: RES-09
Deno.test("read delivers at most n bytes and their number, 0 at the end of the file", () => {
  const text = main(
    'let f = open("in", "r")',
    "let b = alloc(10)",
    "call store(b, 0)",
    "let first = read(f, b, 3)",
    "let second = read(f, b, 10)",
    "let third = read(f, b, 10)",
    "let start = load(b)",
    "call free(b)",
    "call close(f)",
    "return first Mul 100 Add second Mul 10 Add third",
  );
  assertStrictEquals(result(text, [IN]), '{"Int":310}');
  const content = text.replace(
    '"expr": "first Mul 100 Add second Mul 10 Add third"',
    '"expr": "start"',
  );
  const [f, o, u, r] = bytes("four");
  assert(f !== undefined && o !== undefined && u !== undefined && r !== undefined);
  // The second read has replaced the first byte only.
  assertStrictEquals(result(content, [IN]), `{"Int":${r + o * 256 + u * 65_536}}`);
});

// covers: RES-09, EFF-02
Deno.test("a run reads its own writes: w begins with an empty file, a with the old content, r sees both", () => {
  const run = (mode: string) =>
    main(
      `let f = open("out", "${mode}")`,
      'let r = open("out", "r")',
      "let b = alloc(8)",
      "let before = read(r, b, 8)",
      "call store(b, 16961)",
      "let n = write(f, b, 2)",
      "let after = read(r, b, 8)",
      "call free(b)",
      "call close(f)",
      "call close(r)",
      "return before Mul 100 Add n Mul 10 Add after",
    );
  assertStrictEquals(result(run("w"), [OUT]), 'write:out AB; {"Int":22}');
  assertStrictEquals(result(run("append"), [OUT]), 'write:out AB; {"Int":322}');
  const absent = fileInput({ name: "out", modes: "rwa" });
  assertStrictEquals(result(run("write"), [absent]), 'write:out AB; {"Int":22}');
  assertStrictEquals(result(run("a"), [absent]), 'write:out AB; {"Int":22}');
});

// covers: RES-08
Deno.test("copies of a file are one file: they share its position, and one close ends all", () => {
  const shared = main(
    'let f = open("in", "r")',
    "let g = f",
    "let b = alloc(8)",
    "let n = read(f, b, 3)",
    "let m = read(g, b, 3)",
    "call free(b)",
    "call close(g)",
    "return n Mul 10 Add m",
  );
  assertStrictEquals(result(shared, [IN]), '{"Int":31}');
  const closed = main(
    'let f = open("in", "r")',
    "let g = f",
    "call close(g)",
    "call close(f)",
    "return 0",
  );
  assertStrictEquals(result(closed, [IN]), "DR0910");
  const opened = main(
    'let f = open("in", "r")',
    'let g = open("in", "r")',
    "call close(f)",
    "return 0",
  );
  assertStrictEquals(result(opened, [IN]), "DR0912");
});

// covers: RES-08
Deno.test("a closed file is known while a name has it, and no longer: the state does not grow", () => {
  const rounds = 4 * CLOSED_FILES_MIN;
  const text = program(
    proc(
      "K::main() -> i64",
      'let first = open("in", "r")',
      "let same = first",
      "call close(first)",
      "let n = others()",
      "call close(same)",
      "return n",
    ),
    proc(
      "K::others() -> i64",
      count(`i in 0..${rounds}`, ['let f = open("in", "r")', "call close(f)"]),
      "return 0",
    ),
  );
  const loaded = load([{ name: "p", text }]);
  assert(loaded.ok);
  const { events, diagnostics } = execute(loaded.value, { environment: { inputs: [IN] } });
  const [used] = diagnostics;
  assertStrictEquals(used?.code, "DR0910");
  assertEquals(used.marks.slice(0, 3).map(({ label }) => label), [
    "used here",
    "it was closed here",
    "it was opened here",
  ]);
  const folded = fold(loaded.value, events);
  assert(folded.ok);
  const { openings, open, closed } = folded.value.io;
  assertEquals([openings, open.size], [rounds + 1, 0]);
  assert(closed.size <= CLOSED_FILES_MIN, `${closed.size} closed files`);
});

// covers: RES-10
Deno.test("a port is reached by its number and by its handle, and delivers each value once", () => {
  const text = program(
    proc(
      "K::main(p: Port) -> i64",
      "let v = io_read(p)",
      "let w = again(p)",
      "return v Mul 10 Add w",
    ),
    proc("K::again(p: Port) -> i64", "return io_read(64)"),
  );
  assertStrictEquals(result(text, [SCRIPT], { args: { p: "serial" } }), '{"Int":62}');
  assertStrictEquals(result(text, [SCRIPT], { args: { p: 64 } }), "DR1003");
});

// covers: RES-10
Deno.test("the memory of a device is passed and copied as it is, and answers with what was written", () => {
  const text = program(
    proc(
      "K::main(m: Mem, d: Device) -> i64",
      "let n = m",
      "call mmio_write(n, 40)",
      "call mmio_write(4104, 2)",
      "let a = mmio_read(m)",
      "let b = mmio_read(4104)",
      "let c = mmio_read(4100)",
      "return a Add b Add c Shr 32",
    ),
  );
  const written = (address: number, value: number) =>
    `mmio_write:uart {"Struct":{"ty":"MmioWrite","fields":{"address":{"Int":${address}},"value":{"Int":${value}}}}}; `;
  assertStrictEquals(
    result(text, [UART], { args: { m: "uart", d: "uart" } }),
    `${written(4096, 40)}${written(4104, 2)}{"Int":2}`,
  );
});

// covers: EFF-15, CTR-04
Deno.test("writing is an effect for contracts, reading is none", () => {
  const across = (statement: string) =>
    result(
      program(
        proc("K::main() -> i64", "return work()"),
        proc("K::work() -> i64", statement, "return 0"),
        bind("K::main -> K::work", "effects_allowed == false"),
      ),
      [SCRIPT, UART],
    );
  assertStrictEquals(across("let v = io_read(64)"), '{"Int":0}');
  assertStrictEquals(across("let v = mmio_read(4096)"), '{"Int":0}');
  assertStrictEquals(across("call io_write(64, 1)"), "DR0690");
  assertStrictEquals(across("call mmio_write(4096, 1)"), "DR0690");
});

// covers: RES-08, MEM-07
Deno.test("check reports what every run does wrong with files and devices, and nothing that one run allows", () => {
  const certain = (...body: readonly Statement[]) => {
    const text = program(
      proc("K::main(m: Mem, c: bool) -> i64", ...body, "return 0"),
      proc("K::done(f: File)", "call close(f)"),
      proc("K::made() -> File", 'return open("in", "r")'),
    );
    const loaded = load([{ name: "p", text }]);
    assert(loaded.ok);
    return certainViolations(loaded.value).map(({ code, marks }) => `${code}:${marks.length}`)
      .join();
  };
  const opened = 'let f = open("in", "r")';
  const made = "let b = alloc(8)";
  assertStrictEquals(certain(opened, "call close(f)"), "");
  assertStrictEquals(certain(opened), "DR0912:2");
  assertStrictEquals(
    certain("let f = made()", "let g = f", "call done(g)", "call close(f)"),
    "DR0910:3",
  );
  assertStrictEquals(certain(opened, branch("c", ["call close(f)"])), "");
  assertStrictEquals(certain(opened, branch("c", ["call close(f)"]), "call close(f)"), "");
  assertStrictEquals(
    certain(opened, branch("true", ["call close(f)"]), "call close(f)"),
    "DR0910:3",
  );
  assertStrictEquals(certain(opened, count("i in 0..2", ["call close(f)"])), "DR0910:3");
  assertStrictEquals(certain('let f = open("in", "z")'), "DR0911:1");
  assertStrictEquals(
    certain(made, opened, "expr write(f, b, 1)", "call free(b)"),
    "DR0911:2",
  );
  assertStrictEquals(certain(made, opened, "expr read(f, b, 9)", "call close(f)"), "DR0909:2");
  assertStrictEquals(certain("let v = load(m)"), "DR0915:1");
  assertStrictEquals(certain("let n = m", "call free(n)"), "DR0915:1");
  assertStrictEquals(certain(made, "let v = mmio_read(b)"), "DR0915:2");
  const again = (mode: string, last: string) =>
    certain(
      ...[made, 'let f = open("out", "a")', "expr write(f, b, 1)", "call close(f)"],
      ...[`let g = open("${last}", "${mode}")`, "call close(g)", "call free(b)"],
    );
  assertStrictEquals(again("w", "out"), "DR0916:2");
  assertStrictEquals(again("a", "out"), "");
  assertStrictEquals(again("w", "other"), "");
});

// covers: TYP-24
Deno.test("handles of files, ports and devices stay in K processes, as those of memory do", () => {
  const coded = (...parts: readonly Part[]) => codes(program(...parts));
  for (const handle of ["File", "Port", "Device"]) {
    const inK = proc(`K::f(h: ${handle}) -> i64`, "return 0");
    assertEquals(coded(inK), []);
    assert(coded(proc(`Q::f(h: ${handle}) -> i64`, "return 0")).includes("DR0318"), handle);
    assertEquals(coded(proc(`K::f(h: ${handle})`, "emit h")), ["DR0320"]);
    for (const statement of ["emit h", "constrain h Eq h", "let same = h Eq h"]) {
      const helps = violations(program(proc(`K::f(h: ${handle})`, statement)))
        .map(({ help }) => help);
      assert(helps.every((help) => /^read /.test(help ?? "")), `${handle}: ${helps.join()}`);
    }
    assertEquals(coded(proc(`K::f(h: ${handle})`, "constrain h Eq h")).slice(0, 1), ["DR0321"]);
    assertEquals(coded(proc(`K::f(h: ${handle})`, "let a = [h]")), ["DR0319"]);
  }
  assertEquals(coded(proc("K::main() -> i64", "return 1 Add io_read(64)")), ["DR0222"]);
  assert(coded(proc("Q::main() -> i64", "return io_read(64)")).includes("DR0318"));
  assertEquals(coded(proc("K::main()", "let v = io_write(64, 1)")), ["DR0311"]);
  assertEquals(coded(proc("K::main()", "let v = io_read(true)")), ["DR0302"]);
  assertEquals(coded(proc("K::main(p: Port)", "call close(p)")), ["DR0302"]);
});

// covers: DIR-21
Deno.test("a name that a process of the linked set bears is no operation", () => {
  const library = artifact(
    forge(
      "Lib",
      proc("K::open(a: i64) -> i64", "return a"),
      proc("K::read(a: i64) -> i64", "return a"),
    ),
  );
  const app = main("let f = open(4)", "let n = read(f)", "return n");
  const linked = load([{ name: "app", text: app }, { name: "lib", text: library }]);
  assert(linked.ok);
  assertEquals(check(linked.value), []);
});

// covers: RES-09, RES-11
Deno.test("any bytes survive: the payload of a write is one spelling of them, at most twice as long", () => {
  const random = new Random(testSeed("payloads of bytes", 26));
  const special = ["", "base64:", "base64:QQ==", "\ufeffa", "é", "\u0000\n"].map(bytes);
  const any = Array.from(
    { length: 300 },
    () =>
      Uint8Array.from(
        { length: random.below(12) },
        () => random.oneIn(3) ? random.below(random.oneIn(2) ? 256 : 40) : 97,
      ),
  );
  const payloads = new Map<string, string>();
  for (const content of [...special, ...any]) {
    const payload = payloadOfBytes(content);
    assertEquals(bytesOfPayload(payload), content, payload);
    const { length } = new TextEncoder().encode(JSON.stringify(payload));
    assert(length <= 2 * content.length + 12, `${length} bytes for ${content.length}: ${payload}`);
    assertStrictEquals(payloads.get(payload) ?? content.join(), content.join());
    payloads.set(payload, content.join());
  }
});

// covers: REP-01, REP-07, RES-11
Deno.test("a log with inputs replays alone, and a changed input is noticed", () => {
  const text = main(
    'let f = open("in", "r")',
    "let b = alloc(8)",
    "let n = read(f, b, 8)",
    "call free(b)",
    "call close(f)",
    "let v = io_read(64)",
    "call io_write(64, v)",
    "return n",
  );
  const log = new MemoryFile();
  const input = { environment: { inputs: [IN, SCRIPT, UART] } };
  executeToLog({ artifacts: [{ name: "p", text }], input }, new LogWriter(log));
  const replayed = replayLog(log);
  assert(replayed.ok);
  assertStrictEquals(replayed.value.verdict, "reproduced");
  const other = new MemoryFile(
    bytes(new TextDecoder().decode(log.content()).replace('"text":"four"', '"text":"five"')),
  );
  const changed = replayLog(other);
  assert(changed.ok && changed.value.verdict !== "prefix");
  assert(changed.value.damage !== undefined);
});
