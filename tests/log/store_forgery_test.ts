/**
 * Forgeries of a store by somebody who knows its form: each is caught by `audit`, by `verify` of the store, or by a note that was made
 * earlier and kept elsewhere.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { fromFileUrl, join } from "../../std/path.ts";
import { leafHash, readStore, renderNotedTree, storeOrigin, type StoreTree } from "../../mod.ts";
import { parseStoreLine } from "../../store/runs/store_line.ts";
import { dustrun } from "../support/memory_io.ts";
import { needing } from "../support/needs.ts";

const TOUR = fromFileUrl(new URL("../../fixtures/tour/", import.meta.url));
const HELLO = join(TOUR, "hello.dir.json");
const LEDGER = join(TOUR, "ledger.dir.json");

/** A store, open to a forger. */
class Forged {
  readonly folder = Deno.realPathSync(Deno.makeTempDirSync());
  readonly store = join(this.folder, "store");
  readonly log = join(this.store, "log");
  readonly note = join(this.folder, "kept.note");

  run(number: number): string {
    const padded = String(number).padStart(6, "0");
    const names = [...Deno.readDirSync(join(this.store, "runs"))].map(({ name }) => name);
    return join(this.store, "runs", names.find((name) => name.startsWith(padded)) ?? "none");
  }

  lines(path: string): string[] {
    return Deno.readTextFileSync(path).trimEnd().split("\n");
  }

  rewrite(path: string, lines: readonly string[]): void {
    Deno.writeTextFileSync(path, lines.map((line) => `${line}\n`).join(""));
  }

  /** Changes the lines of the store's log. */
  relog(change: (line: string, index: number) => string | undefined): void {
    this.rewrite(
      this.log,
      this.lines(this.log).flatMap((line, index) => change(line, index) ?? []),
    );
  }

  get tree(): StoreTree {
    const read = readStore(this.store);
    assert(read.ok && read.value !== undefined);
    return read.value;
  }

  /** Makes the log of a run say something else, consistently: the same program with another argument, written by dustrun. */
  async reexecute(number: number): Promise<void> {
    const log = join(this.folder, "other.jsonl");
    const words = ["--simulate", LEDGER, "-e", "transfer", "--arg", "amount=10", "--log", log];
    assertStrictEquals((await dustrun(...words)).exit, 0);
    Deno.copyFileSync(log, this.run(number));
  }
}

/** Runs: 1 simulated, 2 and 3 realized, 4 simulated with arguments, 5 refused. A note was kept after all of them. */
async function forge(change: (forged: Forged) => void | Promise<void>): Promise<Forged> {
  const forged = new Forged();
  const { store, folder } = forged;
  const transfer = ["--simulate", LEDGER, "-e", "transfer", "--arg"];
  for (
    const words of [
      ["--simulate", HELLO],
      [HELLO, "--realize", `emit=file:${join(folder, "out.txt")}`],
      [HELLO, "--realize", `emit=file:${join(folder, "out.txt")}`],
      [...transfer, "amount=30"],
      [...transfer, "amount=130"],
    ]
  ) await dustrun(...words, "--store", store);
  const { history, leaves, root } = forged.tree;
  const origin = storeOrigin({ name: "dustrun", store: history.names[0]?.id ?? "" });
  Deno.writeTextFileSync(forged.note, renderNotedTree({ origin, size: leaves.length, root }));
  await change(forged);
  return forged;
}

const REMOVED = /nobody recorded that it was removed/;

/** Names that dustrun gives to no log. */
const ODD_NAMES = [
  "000020-a b.jsonl",
  "000009-a\nb.jsonl",
  "22-a.jsonl",
  "hello.jsonl",
  "000023-A.JSONL",
  "000024-a.jsonl.bak",
  ".000025-a.jsonl",
  "\x1b[2J000026.jsonl",
];

/** Forgeries, and what is said of them: without a note, and with the one that was kept. */
const FORGERIES: readonly {
  readonly name: string;
  readonly change: (forged: Forged) => void | Promise<void>;
  /** Exit code and output of `verify` of the store, and exit code of `audit`. */
  readonly found: readonly [number, RegExp];
  /** Exit code and code of the fault with the kept note, where nothing else shows it. */
  readonly noted?: readonly [number, RegExp];
}[] = [
  {
    name: "nothing is changed",
    change: () => {},
    found: [0, /in order; 5 runs recorded, 0 removed/],
    noted: [0, /attested: 11 lines/],
  },
  {
    name: "a run is removed",
    change: (forged) => Deno.removeSync(forged.run(2)),
    found: [1, REMOVED],
  },
  {
    name: "the last run is removed",
    change: (forged) => Deno.removeSync(forged.run(5)),
    found: [1, REMOVED],
  },
  {
    name: "a log is cut off at a checkpoint",
    change: (forged) => {
      const lines = forged.lines(forged.run(4));
      const header = lines.findIndex((line) => line.includes(`"kind":"checkpoint"`));
      forged.rewrite(forged.run(4), lines.slice(0, header + 1));
    },
    found: [6, /run 4: 1 of 2 recorded blocks/],
  },
  {
    name: "the realization is cut off a log, as if nothing had been performed",
    change: (forged) => {
      const lines = forged.lines(forged.run(2));
      const end = lines.findIndex((line) => line.includes(`"kind":"realization_started"`));
      forged.rewrite(forged.run(2), lines.slice(0, end));
    },
    found: [6, /run 2: 1 of 3 recorded blocks/],
  },
  {
    name: "two runs are exchanged",
    change: (forged) => {
      const [first, second] = [forged.run(2), forged.run(3)];
      const text = Deno.readTextFileSync(first);
      Deno.copyFileSync(second, first);
      Deno.writeTextFileSync(second, text);
    },
    found: [6, /run 2: its log is that of another occurrence/],
  },
  {
    name: "a run is copied under a new number",
    change: (forged) =>
      Deno.copyFileSync(forged.run(2), join(forged.store, "runs/000006-hello.jsonl")),
    found: [1, /000006-hello\.jsonl is not recorded/],
  },
  {
    name: "a run is put beside another under the same number",
    change: (forged) =>
      Deno.copyFileSync(forged.run(2), join(forged.store, "runs/000004-zz.jsonl")),
    found: [1, /000004-zz\.jsonl is not recorded/],
  },
  ...ODD_NAMES.map((name) => ({
    name: `a run is copied as ${JSON.stringify(name)}`,
    change: (forged: Forged) => Deno.copyFileSync(forged.run(2), join(forged.store, "runs", name)),
    found: [1, new RegExp(`${RegExp.escape(JSON.stringify(name))} is not recorded`)] as const,
  })),
  {
    name: "a folder is put into the folder of runs",
    change: (forged) => Deno.mkdirSync(join(forged.store, "runs/more")),
    found: [1, /"more" is not recorded/],
  },
  {
    name: "a link is put into the folder of runs",
    change: (forged) => Deno.symlinkSync(forged.run(1), join(forged.store, "runs/000006-l.jsonl")),
    found: [1, /000006-l\.jsonl is not recorded/],
  },
  {
    name: "snapshots and torn tails stand beside the log of a run",
    change: (forged) => {
      const log = forged.run(2);
      for (const end of ["snapshots", "torn", "2.torn", `torn.${crypto.randomUUID()}`]) {
        Deno.writeTextFileSync(`${log}.${end}`, "x");
      }
    },
    found: [0, /in order; 5 runs recorded, 0 removed/],
    noted: [0, /attested: 11 lines/],
  },
  {
    name: "snapshots stand beside no log",
    change: (forged) =>
      Deno.writeTextFileSync(join(forged.store, "runs/000006-a.jsonl.snapshots"), ""),
    found: [1, /"000006-a\.jsonl\.snapshots" is not recorded/],
  },
  {
    name: "a log is replaced by one of the same program with other arguments",
    change: (forged) => forged.reexecute(4),
    found: [6, /run 4: the first 2 blocks of its log are not those recorded/],
  },
  {
    name: "a log is replaced by a link to another",
    change: (forged) => {
      const path = forged.run(1);
      Deno.renameSync(path, join(forged.folder, "kept.jsonl"));
      Deno.symlinkSync(join(forged.folder, "kept.jsonl"), path);
    },
    found: [1, /run 1: a link stands in the place of its log/],
  },
  {
    name: "a log is replaced by a pipe",
    change: (forged) => {
      const path = forged.run(1);
      Deno.removeSync(path);
      assert(new Deno.Command("mkfifo", { args: [path] }).outputSync().success);
    },
    found: [1, /run 1: a device or pipe stands in the place/],
  },
  {
    name: "the lines about a removed run are taken out",
    change: (forged) => {
      Deno.removeSync(forged.run(5));
      forged.relog((line) => line.includes(`"run":5,`) ? undefined : line);
    },
    found: [0, /in order; 4 runs recorded/],
    noted: [7, /DR1317.*2 of 11 attested lines are missing/],
  },
  {
    name: "the lines about a run in the middle are taken out",
    change: (forged) => {
      Deno.removeSync(forged.run(2));
      forged.relog((line) => line.includes(`"run":2,`) ? undefined : line);
    },
    found: [6, /log is damaged at line 4: last is 3 instead of 2/],
  },
  {
    name: "a line says that a run was removed which was not",
    change: (forged) => {
      Deno.removeSync(forged.run(5));
      const end = forged.lines(forged.log).at(-1) ?? "";
      const { time, last, store } = parseStoreLine(end) ?? {};
      const line = JSON.stringify({ kind: "removed", run: 5, time, last, store });
      forged.rewrite(forged.log, [...forged.lines(forged.log).slice(0, -1), line]);
    },
    found: [0, /5 runs recorded, 1 removed/],
    noted: [6, /DR1316.*first 11 lines have another root/],
  },
  {
    name: "a log is replaced, and the line about its close with it",
    change: async (forged) => {
      await forged.reexecute(4);
      const { stdout } = await dustrun("verify", forged.run(4), "--json");
      const { root } = JSON.parse(stdout);
      forged.relog((line) =>
        line.startsWith(`{"kind":"closed","run":4,`)
          ? line.replaceAll(/"(root|identity)":"[0-9a-f]{64}"/g, `"$1":"${root}"`)
          : line
      );
    },
    found: [0, /in order/],
    noted: [6, /DR1316/],
  },
  {
    name: "an outcome is recorded otherwise than it was",
    change: (forged) =>
      forged.relog((line) => line.replace(`"outcome":"inadmissible"`, `"outcome":"returned"`)),
    found: [6, /run 5: its outcome is not returned, as recorded/],
  },
  {
    name: "the store's log is removed, and a run makes a new one",
    change: async (forged) => {
      Deno.removeSync(forged.run(5));
      Deno.removeSync(forged.log);
      await dustrun("--simulate", HELLO, "--store", forged.store);
    },
    found: [0, /1 run recorded, 0 removed, numbers up to 4 are older/],
    noted: [7, /DR1317/],
  },
  {
    name: "the store's log is removed",
    change: (forged) => Deno.removeSync(forged.log),
    found: [7, /the store has no log, so nothing is known of the 5/],
    noted: [7, /DR1317.*11 of 11/],
  },
  {
    name: "the store is replaced by another of the same form and more runs",
    change: async (forged) => {
      Deno.removeSync(forged.store, { recursive: true });
      for (let n = 0; n < 6; n++) await dustrun("--simulate", HELLO, "--store", forged.store);
    },
    found: [0, /6 runs recorded/],
    noted: [6, /DR1315.*and this is store/],
  },
  {
    name: "the store is put back to an earlier copy of itself",
    change: (forged) => {
      forged.relog((line, index) => index < 7 ? line : undefined);
      for (const number of [4, 5]) Deno.removeSync(forged.run(number));
    },
    found: [0, /3 runs recorded/],
    noted: [7, /DR1317.*4 of 11/],
  },
];

for (const { name, change, found: [exit, message], noted } of FORGERIES) {
  Deno.test(needing({
    name: `a forged store is found out: ${name}`,
    needs: [],
    size: "ci",
    fn: async () => {
      const forged = await forge(change);
      const { store, note, folder } = forged;
      const verified = await dustrun("verify", "--store", store);
      assertMatch(verified.stdout, message);
      assertStrictEquals(verified.exit, exit, verified.stdout);
      const audited = await dustrun("audit", "--store", store);
      // Runs that were refused are finished, and in order.
      assertStrictEquals(audited.exit, exit, audited.stdout);
      if (exit === 0 || noted !== undefined) {
        const [code, told] = noted ?? [];
        const against = await dustrun("verify", "--store", store, "--against", note);
        assertMatch((against.stdout + against.stderr).replaceAll("\n", " "), told ?? /never/);
        assertStrictEquals(against.exit, code);
      }
      Deno.removeSync(folder, { recursive: true });
    },
  }));
}

Deno.test("the leaves of a store are its lines without their LF", async () => {
  const forged = await forge(() => {});
  const bytes = forged.lines(forged.log).map((line) => leafHash(new TextEncoder().encode(line)));
  assertEquals(forged.tree.leaves, bytes);
  Deno.removeSync(forged.folder, { recursive: true });
});
