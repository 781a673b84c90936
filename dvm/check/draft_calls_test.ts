import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { artifact, forge, main, proc, shape } from "../../tests/support/program.ts";
import { SUPPORTS } from "../base/version.ts";
import { load } from "../load/load.ts";
import { check } from "./check.ts";

/** An argument of each type that an expression may have here, and one whose type is not known. */
const ARGUMENTS = {
  integer: "n",
  literal: "4",
  text: "s",
  float: "1.5",
  bool: "n Gt 1",
  char: "'c'",
  shape: "Box{v: 1}",
  array: "[1, 2]",
  Mem: "m",
  copied: "copy",
  Thread: "t",
  Mutex: "x",
  File: "f",
  nested: "mutex_new()",
  process: "work",
  started: "again(1)",
  ofQ: "tag",
  unknown: "ghost(1)",
  unboundName: "nowhere",
} as const;

type Argument = keyof typeof ARGUMENTS;

const INTEGER: readonly Argument[] = ["integer", "literal"];
const TEXT: readonly Argument[] = ["text"];
const MEM: readonly Argument[] = ["Mem", "copied"];
const PORT: readonly Argument[] = INTEGER;
const ADDRESS: readonly Argument[] = ["Mem", "copied", "integer", "literal"];
const MUTEX: readonly Argument[] = ["Mutex", "nested"];
const PROCESS: readonly Argument[] = ["process", "started"];

/** What each operation takes, from the drafts (4.3.4 to 4.3.6), X-56 and X-58. The seed of `spawn` may be left out. */
const OPERATIONS: { readonly [name: string]: readonly (readonly Argument[])[] } = {
  alloc: [INTEGER],
  free: [MEM],
  load: [MEM],
  store: [MEM, INTEGER],
  spawn: [PROCESS, INTEGER],
  join: [["Thread"]],
  mutex_new: [],
  mutex_lock: [MUTEX],
  mutex_unlock: [MUTEX],
  open: [TEXT, TEXT],
  read: [["File"], MEM, INTEGER],
  write: [["File"], MEM, INTEGER],
  close: [["File"]],
  io_read: [PORT],
  io_write: [PORT, INTEGER],
  mmio_read: [ADDRESS],
  mmio_write: [ADDRESS, INTEGER],
};

/** What is said of a call that fits and whose result is bound: it may have no result. */
const FITTING: { readonly [name: string]: string } = {
  alloc: "",
  load: "",
  free: "DR0311",
  store: "DR0311",
  open: "",
  read: "",
  write: "",
  close: "DR0311",
  io_read: "",
  io_write: "DR0311",
  mmio_read: "",
  mmio_write: "DR0311",
  spawn: "",
  join: "",
  mutex_new: "",
  mutex_lock: "DR0311",
  mutex_unlock: "DR0311",
};

/** No value has these types, and a name that is bound nowhere may be meant as a process. */
const UNKNOWN: readonly Argument[] = ["unknown", "unboundName"];
/** A process is no value: where one is not expected, its name has no type, and a rule of its own refuses it. */
const NO_VALUE: readonly Argument[] = ["process", "ofQ"];

// covers: DIR-25, DIR-26
Deno.test("in a linked set, a call that does not fit the operation with its name lacks its callee", () => {
  const expected = new Map<string, string>();
  const expectFit = (name: string, args: readonly Argument[], isFit: boolean) => {
    const call = `${name}(${args.map((arg) => ARGUMENTS[arg]).join(", ")})`;
    expected.set(call, isFit ? FITTING[name] ?? "" : "DR0201");
  };
  for (const [name, params] of Object.entries(OPERATIONS)) {
    const fitting = params.map(([first]) => first ?? "integer");
    expectFit(name, fitting, true);
    expectFit(name, [...fitting, "integer"], false);
    if (params.length > 0) expectFit(name, fitting.slice(0, -1), name === "spawn");
    for (const [position, fits] of params.entries()) {
      const isProcess = name === "spawn" && position === 0;
      for (const arg of keysOf(ARGUMENTS)) {
        const isInteger = fits === INTEGER || fits === ADDRESS;
        const isMissing = isProcess && UNKNOWN.includes(arg); // the process is, and is reported so
        const isFit = fits.includes(arg) || UNKNOWN.includes(arg) ||
          (!isProcess && NO_VALUE.includes(arg)) || (isInteger && arg === "started");
        expectFit(name, fitting.with(position, arg), isFit && !isMissing);
      }
    }
  }
  assert(expected.size > 400, `${expected.size}`);
  const codes = codesOf([...expected.keys()]);
  const wrong = [...expected].flatMap(([call, code], index) =>
    codes[index] === code ? [] : `${call}: ${codes[index]}, not ${code}`
  );
  assertEquals(wrong, []);
});

/** What `--version` calls the operations that are not executed. */
const FAMILIES: readonly (readonly [name: string, operation: RegExp])[] = [
  ["unsafe blocks", /^unsafe$/],
  ["threads", /^(?:spawn|join)$/],
  ["locks", /^mutex_/],
  ["memory", /^(?:alloc|free|load|store)$/],
  ["files", /^(?:open|read|write|close)$/],
  ["ports", /^io_/],
  ["devices", /^mmio_/],
];

// covers: DIR-12
Deno.test("what this version says it does not support are the operations that it refuses", () => {
  const names = ["unsafe", ...Object.keys(OPERATIONS)];
  const calls = names.map((name) => {
    const fitting = (OPERATIONS[name] ?? []).map(([first]) => ARGUMENTS[first ?? "integer"]);
    return `${name}(${fitting.join(", ")})`;
  });
  const codes = codesOf(calls);
  const refused = names.filter((_, index) => codes[index] === "DR0220");
  for (const [family, operation] of FAMILIES) {
    const isRefused = names.filter((name) => operation.test(name)).map((name) =>
      refused.includes(name)
    );
    const isNamed = new RegExp(`\\b${family}\\b`).test(SUPPORTS.split(" without ")[1] ?? "");
    assertEquals(new Set(isRefused), new Set([isNamed]), family);
  }
});

// covers: DIR-26
Deno.test("one artifact alone, and unsafe anywhere, mean the operation whatever the arguments", () => {
  const calls = ["let a = spawn(5, true)", "let b = spawn(1, 2, 3)", "let c = spawn(unsafe())"];
  const alone = load([{ name: "app", text: main(...calls, "return 0") }]);
  assert(alone.ok);
  assertEquals(check(alone.value).map(({ code }) => code), ["DR0324", "DR0324", "DR0201"]);
  assertEquals(codesOf(["unsafe()", "unsafe(1, s)"]), ["DR0220", "DR0220"]);
});

// covers: DIR-25
Deno.test("a call that does not fit names the operation that it was compared with", () => {
  const linked = load([
    { name: "app", text: main("let a = close(5)", "return 0") },
    { name: "lib", text: artifact(forge("Lib")) },
  ]);
  assert(linked.ok);
  const [diagnostic] = check(linked.value);
  assertStrictEquals(diagnostic?.message, "no process named close");
  assertStrictEquals(
    diagnostic.help,
    "define the process, or link the artifact that has it; the operation of draft v0.2 is close(file: File)",
  );
});

/** The codes of the calls, in a process with a name of each type of `ARGUMENTS`, linked with another artifact. */
function codesOf(calls: readonly string[]): readonly string[] {
  const text = artifact(forge(
    "App",
    shape("Box { v: i64 }"),
    proc("K::work() -> i64", "return 1"),
    proc("K::again(v: i64) -> i64", "return v"),
    proc("Q::tag(v: i64) -> i64", "return v"),
    proc(
      "K::main(n: u64, s: string) -> i64",
      "let m = alloc(8)",
      "let copy = m",
      "let t = spawn(work)",
      "let x = mutex_new()",
      `let f = open("a", "r")`,
      ...calls.map((call, position) => `let result_${position} = ${call}`),
      "return 0",
    ),
  ));
  const linked = load([{ name: "app", text }, { name: "lib", text: artifact(forge("Lib")) }]);
  assert(linked.ok);
  const codes = new Map<string, string>();
  for (const { code, marks: [mark] } of check(linked.value)) {
    const marked = mark?.text.slice(mark.span?.start, mark.span?.end);
    if (mark?.text.endsWith(` = ${marked}`)) codes.set(mark.path, code);
  }
  return calls.map((_, position) => codes.get(`forges[0].procs[3].body[${position + 5}]`) ?? "");
}

function keysOf(table: typeof ARGUMENTS): readonly Argument[] {
  return Object.keys(table).filter((key): key is Argument => key in table);
}
