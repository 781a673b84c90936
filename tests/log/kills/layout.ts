/**
 * Where the effects of the killed runs go.
 *
 * @module
 */
/** The kinds of effects whose sinks the command line names. */
export const KINDS = ["emit", "observe", "seal"] as const;
type CommandKind = (typeof KINDS)[number];
/** The effects of operations, whose sinks the manifest names. */
export type OperationKind = "write:data" | "write:copy" | "io_write:64" | "mmio_write:uart";
/** A kind of effect. */
export type Kind = CommandKind | OperationKind;

/** Where effects of a kind go: the name of a file in the folder, or one of these. */
export type SinkName = "ledger" | "stdout" | "log" | `${string}.txt`;

/** Which sinks a run has. */
export interface Layout {
  readonly name: string;
  readonly sinks: Readonly<Record<CommandKind, SinkName>>;
  /** The sinks of files and devices; without them, the program has no operations. */
  readonly operations?: Readonly<Record<OperationKind, SinkName>>;
  /** Another program appends to this file meanwhile. */
  readonly shared?: SinkName;
}

/** A layout with a sink of each sort that `resume` can finish alone. */
export const FILE_AND_LEDGER: Layout = {
  name: "a file and a ledger",
  sinks: { emit: "a.txt", observe: "log", seal: "ledger" },
};

/** A run that writes to files, a port and a device. */
const FILES: Layout = {
  name: "files of the run",
  sinks: { emit: "b.txt", observe: "log", seal: "ledger" },
  operations: {
    "write:data": "a.txt",
    "write:copy": "b.txt",
    "io_write:64": "ledger",
    "mmio_write:uart": "b.txt",
  },
};

/** The layouts; where others write, and on standard output, an effect can be in doubt, as nobody can know whether it was performed. */
export const LAYOUTS: readonly Layout[] = [
  { name: "one file", sinks: { emit: "a.txt", observe: "a.txt", seal: "a.txt" } },
  FILE_AND_LEDGER,
  { name: "two files", sinks: { emit: "a.txt", observe: "b.txt", seal: "b.txt" } },
  { name: "a ledger", sinks: { emit: "ledger", observe: "ledger", seal: "ledger" } },
  {
    name: "a shared file",
    sinks: { emit: "a.txt", observe: "log", seal: "ledger" },
    shared: "a.txt",
  },
  { name: "standard output", sinks: { emit: "stdout", observe: "log", seal: "ledger" } },
  FILES,
  { ...FILES, name: "shared files of the run", shared: "a.txt" },
];

/** The sink of a kind of effect. */
export function sinkOf({ sinks, operations = NONE }: Layout, kind: Kind): SinkName {
  return { ...sinks, ...operations }[kind];
}

const NONE = {
  "write:data": "log",
  "write:copy": "log",
  "io_write:64": "log",
  "mmio_write:uart": "log",
} as const;

/** All sinks, each once. */
export function sinksOf({ sinks, operations }: Layout): readonly SinkName[] {
  return [...new Set(Object.values({ ...sinks, ...operations }))];
}

/** Whether effects can be in doubt after a kill. */
export function hasDoubt(layout: Layout): boolean {
  return layout.shared !== undefined || sinksOf(layout).includes("stdout");
}

/** How many effects are realized together. */
export const GROUPS = [1, 7, 64] as const;
