/**
 * A folder in which runs are killed: the program, the store and the sinks; what they contain, and going back to an earlier state of
 * them without new inodes, since an intent names the inode of its file.
 *
 * @module
 */
import { assert } from "../../../std/assert.ts";
import { undefinedIfMissing } from "../../../store/file/host_error.ts";
import { dustrun } from "../../support/memory_io.ts";
import {
  type Effect,
  effectsFor,
  linesFor,
  manifestOf,
  payloadsIn,
  programOf,
} from "./killed_program.ts";
import { type Kind, KINDS, type Layout, type SinkName, sinkOf, sinksOf } from "./layout.ts";
import {
  type FileOperation,
  killedAt,
  operationsOf,
  type TracedCommand,
} from "./traced_process.ts";

/** What the folder contains: the bytes of a file, the text of a link, or a folder, by path. */
export type Contents = ReadonlyMap<string, Uint8Array | { readonly link: string } | "folder">;

const FOREIGN = "another program's line";
/** After what the run wrote to a file no line need begin. */
const FOREIGN_LINE = new RegExp(`${FOREIGN} [0-9]+\n`, "g");

/** What is killed. */
export interface Killed {
  /** dustrun in one file. */
  readonly script: string;
  readonly layout: Layout;
  /** How many effects are realized together, at most. */
  readonly group: number;
}

/** A folder, its layout, and the size of groups. */
export class KillFolder {
  readonly path = Deno.realPathSync(Deno.makeTempDirSync());
  readonly store = `${this.path}/.dustrun`;
  readonly log = `${this.store}/runs/000001-p.jsonl`;
  readonly layout: Layout;
  readonly effects: readonly Effect[];
  readonly #script: string;
  readonly #group: number;
  #foreign = 0;

  constructor({ script, layout, group }: Killed) {
    this.#script = script;
    this.layout = layout;
    this.#group = group;
    this.effects = effectsFor(layout, group);
    Deno.writeTextFileSync(`${this.path}/p.dir.json`, programOf(layout, this.effects));
    if (layout.operations !== undefined) this.#writeEnvironment();
    // One file is there before, the other is not.
    Deno.writeTextFileSync(`${this.path}/a.txt`, `${FOREIGN} 0\n`);
    Deno.writeTextFileSync(this.#stdout, "");
  }

  get #stdout(): string {
    return `${this.path}/shown.txt`;
  }

  get #manifest(): string {
    return `${this.path}/environment.jsonc`;
  }

  #writeEnvironment(): void {
    const lines = `${this.path}/lines`;
    Deno.writeTextFileSync(lines, linesFor(this.effects));
    const manifest = manifestOf(lines, (kind) => this.#realizer(kind));
    Deno.writeTextFileSync(this.#manifest, JSON.stringify(manifest));
  }

  /** The words of the command that runs the program. */
  runWords(): readonly string[] {
    const realizers = KINDS.flatMap((kind) => ["--realize", `${kind}=${this.#realizer(kind)}`]);
    const store = ["--store", this.store, "--group", String(this.#group)];
    const manifest = this.layout.operations === undefined ? [] : ["--env", this.#manifest];
    return [`${this.path}/p.dir.json`, ...store, ...realizers, ...manifest];
  }

  #realizer(kind: Kind): string {
    const sink = sinkOf(this.layout, kind);
    if (sink === "stdout" || sink === "log") return sink;
    return sink === "ledger" ? `ledger:${this.store}/seals.jsonl` : `file:${this.path}/${sink}`;
  }

  /** A command line as a real process that is traced. */
  process(words: readonly string[]): TracedCommand {
    const names = ["a.txt", "a.txt.claim", "b.txt", "b.txt.claim", ".dustrun"];
    const logs = ["1", "2", "3", "4"].map((number) => `runs/00000${number}-p.jsonl`);
    const beside = [`${logs[0]}.1.torn`, `${logs[1]}.snapshots`];
    const inStore = ["log", "seals.jsonl", "runs", ...logs, ...beside].map((name) =>
      `.dustrun/${name}`
    );
    const paths = [...names, ...inStore].map((name) => `${this.path}/${name}`);
    return {
      script: this.#script,
      words,
      folder: this.path,
      paths: [this.path, ...paths],
      stdout: this.#stdout,
    };
  }

  /** The same without a trace; `under` is the command that starts it. */
  untraced(words: readonly string[], under: readonly string[] = []): Deno.Command {
    const [command = "", ...args] = [
      ...under,
      Deno.execPath(),
      ...["run", "--no-prompt", "-R", "-W", this.#script],
      ...words,
    ];
    return new Deno.Command(command, {
      args,
      cwd: this.path,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      env: { NO_COLOR: "1" },
    });
  }

  /** Runs the program to its end, and again from the same state, killed at the operation that `choose` finds. */
  async interruptRun(
    choose: (operations: readonly FileOperation[]) => FileOperation | undefined,
  ): Promise<void> {
    const fresh = this.contents();
    const command = this.process(this.runWords());
    const operation = choose((await operationsOf(command)).operations);
    this.restore(fresh);
    assert(operation !== undefined && (await killedAt(command, operation)).isKilled);
  }

  /** A command line in this process; what it prints is added to what was shown. */
  async here(words: readonly string[]) {
    const result = await dustrun(...words);
    if (words[0] !== "audit") Deno.writeTextFileSync(this.#stdout, result.stdout, { append: true });
    return result;
  }

  /** What a sink contains of the effects, in order; of the log, nothing is asked. */
  held(sink: SinkName): readonly string[] {
    if (sink === "log") return [];
    if (sink === "ledger") {
      return linesOf(`${this.store}/seals.jsonl`).map((line) => String(JSON.parse(line).payload));
    }
    const path = sink === "stdout" ? this.#stdout : `${this.path}/${sink}`;
    return payloadsIn(textAt(path));
  }

  /** The sinks that receive something. */
  sinks(): readonly SinkName[] {
    return sinksOf(this.layout).filter((sink) => sink !== "log");
  }

  /** What a sink must contain in the end, in order. */
  due(sink: SinkName): readonly string[] {
    const own = this.effects.filter(({ kind }) => sinkOf(this.layout, kind) === sink);
    return own.map(({ payload }) => payload);
  }

  /** What a file contains beside the lines of others, and what it must contain in the end. */
  bytesIn(sink: SinkName): { readonly there: string; readonly due: string } {
    const own = this.effects.filter(({ kind }) => sinkOf(this.layout, kind) === sink);
    const pieces = own.map(({ kind, payload }) => /^write:/.test(kind) ? payload : `${payload}\n`);
    const there = textAt(`${this.path}/${sink}`).replace(FOREIGN_LINE, "");
    return { there, due: pieces.join("") };
  }

  /** Another program's line at the end of the shared file. */
  appendForeignLine(): void {
    const { shared } = this.layout;
    if (shared === undefined) return;
    const line = `${FOREIGN} ${++this.#foreign}\n`;
    Deno.writeTextFileSync(`${this.path}/${shared}`, line, { append: true });
  }

  /** Whether the lines of others are all there, each once and in order. */
  hasForeignLines(): boolean {
    const lines = this.#foreignLines();
    return lines.length === this.#foreign + 1 &&
      lines.every((line, index) => line === `${FOREIGN} ${index}\n`);
  }

  #foreignLines(): readonly string[] {
    return textAt(`${this.path}/a.txt`).match(FOREIGN_LINE) ?? [];
  }

  /** Removes what was shown; reports of an audit have payloads, too. */
  forgetShown(): void {
    Deno.writeTextFileSync(this.#stdout, "");
  }

  /** Everything in the folder. */
  contents(): Contents {
    return new Map(entriesBelow(this.path));
  }

  /** Goes back to an earlier state. Files that are there keep their inodes. */
  restore(before: Contents): void {
    for (const [path] of [...entriesBelow(this.path)].reverse()) {
      if (!before.has(path)) Deno.removeSync(path);
    }
    for (const [path, content] of before) {
      const isThere = undefinedIfMissing(() => Deno.lstatSync(path)) !== undefined;
      if (content instanceof Uint8Array) Deno.writeFileSync(path, content);
      else if (isThere) continue;
      else if (content === "folder") Deno.mkdirSync(path);
      else Deno.symlinkSync(content.link, path);
    }
    this.#foreign = this.#foreignLines().length - 1;
  }

  /** Removes the folder. */
  remove(): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Files, links and folders below a folder; a folder before what is in it. */
function* entriesBelow(
  folder: string,
): Generator<[string, Uint8Array | { readonly link: string } | "folder"]> {
  for (const { name, isSymlink, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isSymlink) yield [path, { link: Deno.readLinkSync(path) }];
    else if (isDirectory) {
      yield [path, "folder"];
      yield* entriesBelow(path);
    } else yield [path, Deno.readFileSync(path)];
  }
}

/** The text of a file; empty if there is none. */
function textAt(path: string): string {
  return undefinedIfMissing(() => Deno.readTextFileSync(path)) ?? "";
}

/** The whole lines of a file; none if there is none. */
function linesOf(path: string): string[] {
  return textAt(path).split("\n").slice(0, -1);
}
