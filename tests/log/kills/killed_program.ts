/**
 * The program whose runs are killed, its effects, and what its environment has. With operations it copies lines of a file into another
 * one, and writes what it reads back from that into a third.
 *
 * @module
 */
import { type Json, proc, program } from "../../support/program.ts";
import type { Kind, Layout, OperationKind } from "./layout.ts";

/** An effect of the program. */
export interface Effect {
  readonly kind: Kind;
  readonly payload: string;
}

/** The effects for a size of groups, in longer and shorter turns, so that groups are full, and are cut short by another sink. */
export function effectsFor({ operations }: Layout, group: number): readonly Effect[] {
  const most = group > 7 ? [70, 66] as const : [12, 8] as const;
  const turns: readonly (readonly [Kind, number])[] = operations === undefined
    ? [["emit", most[0]], ["seal", most[1]], ["observe", 1], ["emit", 2], ["seal", 1]]
    : [
      ...[["write:data", most[0]], ["write:copy", most[1]], ["io_write:64", 2]] as const,
      ...[["emit", 1], ["mmio_write:uart", 2], ["write:data", 1], ["write:copy", 1]] as const,
      ...[["seal", 1], ["observe", 1]] as const,
    ];
  const data: string[] = [];
  let copied = 0;
  return turns.flatMap(([kind, count], turn) =>
    Array.from({ length: count }, (_, index): Effect => {
      const payload = `effect ${turn}.${index}`;
      const number = 900_000 + 10 * turn + index;
      switch (kind) {
        case "write:data":
          data.push(`${payload};`);
          return { kind, payload: `${payload};` };
        case "write:copy":
          return { kind, payload: data[copied++] ?? "" };
        case "io_write:64":
          return { kind, payload: String(number) };
        case "mmio_write:uart":
          return {
            kind,
            payload:
              `{"Struct":{"ty":"MmioWrite","fields":{"address":{"Int":4096},"value":{"Int":${number}}}}}`,
          };
        default:
          return { kind, payload };
      }
    })
  );
}

/** The payloads in the content of a sink, in order; no two effects for one sink have the same. */
export function payloadsIn(content: string): readonly string[] {
  return content.match(/\{"Struct":.*?\}{4}|effect [0-9]+\.[0-9]+;?|9[0-9]{5}/g) ?? [];
}

/** What `data` has before the run. */
const OLD = "old;";

/** What the file that is copied contains. */
export function linesFor(effects: readonly Effect[]): string {
  return effects.flatMap(({ kind, payload }) => kind === "write:data" ? payload : []).join("");
}

/** A program that has these effects. */
export function programOf({ operations }: Layout, effects: readonly Effect[]): string {
  const body = effects.flatMap(statementsOf);
  if (operations === undefined) return program(proc("K::main() -> i64", ...body, "return 0"));
  const opened = ["lines r", "data a", "copy w"].map((words) => {
    const [name, mode] = words.split(" ");
    return `let ${name} = open("${name}", "${mode}")`;
  });
  return program(
    proc(
      "K::main() -> i64",
      ...["let b = alloc(64)", ...opened, 'let back = open("data", "r")'],
      `expr read(back, b, ${OLD.length})`,
      ...body,
      ...["lines", "data", "copy", "back"].map((name) => `call close(${name})`),
      ...["call free(b)", "return 0"],
    ),
  );
}

function statementsOf({ kind, payload }: Effect): readonly string[] {
  switch (kind) {
    case "write:data":
      return moved("lines", "data", payload);
    case "write:copy":
      return moved("back", "copy", payload);
    case "io_write:64":
      return [`call io_write(64, ${payload})`];
    case "mmio_write:uart":
      return [`call mmio_write(4096, ${/9[0-9]{5}/.exec(payload)?.[0]})`];
    default:
      return [`${kind} ${JSON.stringify(payload)}`];
  }
}

function moved(from: string, to: string, { length }: string): readonly string[] {
  return [`expr read(${from}, b, ${length})`, `expr write(${to}, b, ${length})`];
}

/** The manifest of a run with operations; `realizer` spells a sink. */
export function manifestOf(
  lines: string,
  realizer: (kind: OperationKind) => string,
): Json {
  return {
    files: {
      lines: { path: lines },
      data: { text: OLD, modes: ["r", "a"], sink: realizer("write:data") },
      copy: { modes: ["w"], sink: realizer("write:copy") },
    },
    ports: { "64": { sink: realizer("io_write:64") } },
    devices: { uart: { base: 4096, size: 8, sink: realizer("mmio_write:uart") } },
  };
}
