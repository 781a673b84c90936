/**
 * The generator profile of files, ports and devices: a process that opens, reads, writes and closes files, asks ports, and moves integers
 * of devices, mostly rightly, with a callee that does some of it. Many programs are wrong at run time.
 *
 * @module
 */
import { deviceInput, type EnvironmentInput, fileInput, portInput } from "../mod.ts";
import { type GeneratedCase, type StatementTree, writeArtifact } from "./artifact.ts";
import { Random } from "./random.ts";

/** The program of a seed, with the input of its run. */
export function generateIoCase(seed: number): GeneratedCase {
  const random = new Random(seed);
  const body = bodyOf(random);
  const callee: StatementTree[] = [
    letOf("n", random.pick(["read(f, b, 3)", "write(f, b, 2)"])),
    ...random.oneIn(6) ? [call("close", "f")] : [],
    { Return: { expr: "n" } },
  ];
  const params = [
    { name: "p", ty: "Port" },
    { name: "m", ty: "Mem" },
    { name: "c", ty: "bool" },
    { name: "n", ty: "i64" },
  ];
  const head = { regime: "K", uses: [], ret: "i64", qualifiers: [] };
  const moved = [{ name: "f", ty: "File" }, { name: "b", ty: "Mem" }];
  const text = writeArtifact([{
    name: "Io",
    shapes: [],
    procs: [
      { ...head, name: "moved", params: moved, body: callee },
      { ...head, name: "main", params, body },
    ],
    binds: [],
  }]);
  const args = {
    p: random.oneIn(12) ? "none" : "serial",
    m: random.oneIn(12) ? "none" : "uart",
    c: random.oneIn(2),
    n: random.below(3),
  };
  const limits = { max_ticks: 200, max_memory: random.pick([30, 1_000]) };
  return { seed, text, input: { args, limits, environment: { inputs: inputsOf(random) } } };
}

function inputsOf(random: Random): readonly EnvironmentInput[] {
  const bytes = (length: number) =>
    Uint8Array.from({ length }, () => random.pick([0, 10, 65, 255]));
  const content = random.oneIn(4) ? undefined : bytes(random.below(12));
  const modes = random.pick(["r", "rw", "rwa", "rwa", "rwa", "wa"]);
  return [
    fileInput({ name: "x", modes, content }),
    fileInput({ name: "y", modes: "rwa" }),
    portInput({
      name: "serial",
      number: 64,
      reads: [random.below(9), -1, 7].slice(random.below(3)),
    }),
    deviceInput({ name: "uart", base: 16, bytes: bytes(random.pick([8, 9, 24])) }),
  ];
}

function bodyOf(random: Random): StatementTree[] {
  const body: StatementTree[] = [letOf("b", `alloc(${random.pick([8, 8, 8, 3])})`)];
  const open: string[] = [];
  let names = 0;
  const fresh = (prefix: string) => `${prefix}${names++}`;
  for (let count = random.between(2, 12); count > 0; count--) {
    const file = open.length === 0 ? undefined : random.pick(open);
    const size = random.pick(["1", "3", "8", "8", "9", "0", "0 Sub 1"]);
    const address = random.pick(["m", "m", "16", "17", "24", "24", "15", "32", "b"]);
    const port = random.pick(["p", "64", "64", "65"]);
    const kind = random.below(file === undefined ? 6 : 13);
    const name = fresh("v");
    if (kind < 2) {
      const mode = random.pick(["r", "r", "w", "a", "read", "append", "x"]);
      open.push(fresh("f"));
      body.push(
        letOf(open.at(-1) ?? "", `open("${random.pick(["x", "y", "x", "z"])}", "${mode}")`),
      );
    } else if (kind === 2) body.push(letOf(name, `io_read(${port})`), emit(name));
    else if (kind === 3) body.push(call("io_write", port, String(random.below(9))));
    else if (kind === 4) body.push(letOf(name, `mmio_read(${address})`), emit(name));
    else if (kind === 5) body.push(call("mmio_write", address, String(random.below(300))));
    else if (kind === 6) body.push(letOf(name, `moved(${file}, b)`), emit(name));
    else if (kind === 7) {
      const memory = random.oneIn(12) ? "m" : "b";
      body.push(call("store", memory, random.pick(["4276803", "0 Sub 1", "255"])));
    } else if (kind === 11) {
      body.push(inBlock(random, [
        letOf(name, `${random.pick(["read", "write"])}(${file}, b, 3)`),
        ...random.oneIn(3) ? [call("close", file ?? "")] : [],
      ]));
    } else if (kind === 12) {
      open.push(fresh("f"));
      body.push(letOf(open.at(-1) ?? "", file ?? ""));
    } else if (kind < 10) {
      body.push(letOf(name, `${random.pick(["read", "write"])}(${file}, b, ${size})`), emit(name));
    } else {
      body.push(call("close", file ?? ""));
      if (!random.oneIn(5)) open.splice(open.indexOf(file ?? ""), 1);
    }
  }
  const closes = open.filter(() => !random.oneIn(8)).map((file) => call("close", file));
  return [...body, ...closes, call("free", "b"), { Return: { expr: "0" } }];
}

/** Statements that not every run executes, or not once. */
function inBlock(random: Random, body: readonly StatementTree[]): StatementTree {
  return random.oneIn(2)
    ? { If: { condition: "c", then_body: [...body], else_body: null } }
    : { For: { var: "i", start: "0", end: random.pick(["n", "2"]), body: [...body] } };
}

function letOf(name: string, expr: string): StatementTree {
  return { Let: { name, expr } };
}

function call(target: string, ...args: readonly string[]): StatementTree {
  return { Call: { target, args: [...args], result: null } };
}

function emit(payload: string): StatementTree {
  return { Effect: { kind: "emit", payload } };
}
