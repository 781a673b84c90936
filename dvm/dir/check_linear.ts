/**
 * Linearity: in a Q process, and in any process that carries `linear`, every parameter and bound name is used exactly once
 * . Complete: what passes here cannot fail at run time.
 *
 * @module
 */
import { bindsLinear, isLinearProc, type Mention, mentionsOf } from "../regime/linear.ts";
import type { Block, Proc, Program, Stmt } from "./model.ts";
import { alwaysLeaves } from "./control.ts";
import type { Report } from "./report.ts";
import { boundNameOf } from "./walk.ts";

/** Checks the linearity of one process. */
export function checkLinear(_program: Program, proc: Proc, report: Report): void {
  if (proc.regime === "Q" && !proc.qualifiers.includes("linear")) {
    report.add({ proc }, {
      code: "DR0403",
      message: `${proc.name} is a Q process without the linear qualifier`,
      label: "linear is missing",
      help: "add linear to its qualifiers",
    });
  }
  if (!isLinearProc(proc)) return;
  const checker = new LinearChecker(proc, report);
  checker.checkBody();
}

/** What has become of a name. */
type Status =
  | { readonly kind: "live"; readonly boundAt: Stmt | undefined }
  | { readonly kind: "spent"; readonly at: Stmt }
  | { readonly kind: "classical"; readonly at: Stmt };

/** The names of a process by cell. */
type Names = Map<number, Status>;

class LinearChecker {
  readonly #proc: Proc;
  readonly #report: Report;
  /** Names reported already: one story a name. */
  readonly #reported = new Set<number>();

  constructor(proc: Proc, report: Report) {
    this.#proc = proc;
    this.#report = report;
  }

  checkBody(): void {
    const names: Names = new Map();
    this.#proc.params.forEach((_, slot) => names.set(slot, { kind: "live", boundAt: undefined }));
    const ends = this.#checkBlock(this.#proc.body, names);
    if (ends) this.#checkLeftovers(names, undefined);
  }

  /** Walks a block, changing `names`; whether control reaches its end. */
  #checkBlock(block: Block, names: Names): boolean {
    for (const stmt of block) {
      for (const mention of mentionsOf(stmt, this.#proc)) this.#spend(stmt, mention, names);
      switch (stmt.kind) {
        case "If":
          if (!this.#checkBranches(stmt, names)) return false;
          break;
        case "While":
        case "For":
          this.#checkLoop(stmt, names);
          break;
        case "Return":
          this.#checkLeftovers(names, stmt);
          return false;
        default:
          if (boundNameOf(stmt) !== undefined && "slot" in stmt && bindsLinear(stmt)) {
            names.set(stmt.slot, { kind: "live", boundAt: stmt });
          }
      }
      if (alwaysLeaves(stmt)) return false;
    }
    return true;
  }

  #spend(stmt: Stmt, mention: Mention, names: Names): void {
    const { name, spending } = mention;
    const status = names.get(name.slot);
    if (status === undefined || this.#reported.has(name.slot)) return;
    const at = { proc: this.#proc, stmt, expr: mention.expr, span: name };
    switch (status.kind) {
      case "live":
        if (spending === "borrowed") return;
        names.set(name.slot, { kind: spending === "measured" ? "classical" : "spent", at: stmt });
        return;
      case "classical":
        if (spending === "projected" && mention.isField) return;
        this.#reported.add(name.slot);
        this.#report.add(at, {
          code: "DR0404",
          message: `${name.name} was measured: only fields of its classical outcome can be read`,
          label: "used as a whole after its measurement",
          help: `read a field: ${name.name}.…`,
          origin: { at: { proc: this.#proc, stmt: status.at }, label: "measured here" },
        });
        return;
      case "spent":
        this.#reported.add(name.slot);
        this.#report.add(at, {
          code: "DR0401",
          message: `${name.name} is used twice, and it is linear`,
          label: "used again here",
          help: "use each linear name once; bind what the first use gives, and use that",
          origin: { at: { proc: this.#proc, stmt: status.at }, label: "used first here" },
        });
        return;
    }
  }

  /** Both branches must leave the same names; whether control passes the statement. */
  #checkBranches(stmt: Extract<Stmt, { kind: "If" }>, names: Names): boolean {
    const thenNames: Names = new Map(names);
    const elseNames: Names = new Map(names);
    const thenEnds = this.#checkBlock(stmt.thenBody, thenNames);
    const elseEnds = this.#checkBlock(stmt.elseBody ?? [], elseNames);
    if (thenEnds) this.#checkInner(stmt.thenBody, thenNames, names);
    if (elseEnds) this.#checkInner(stmt.elseBody ?? [], elseNames, names);
    if (!thenEnds && !elseEnds) return false;
    const after = thenEnds ? thenNames : elseNames;
    for (const [slot, before] of names) {
      const inThen = thenNames.get(slot), inElse = elseNames.get(slot);
      if (thenEnds && elseEnds && inThen?.kind !== inElse?.kind && !this.#reported.has(slot)) {
        this.#reported.add(slot);
        const name = this.#proc.slotNames[slot] ?? "";
        this.#report.add({ proc: this.#proc, stmt }, {
          code: "DR0406",
          message: `${name} is used in one branch only`,
          label: "the branches differ",
          help: `use ${name} in both branches, or in neither`,
          origin: {
            at: { proc: this.#proc, stmt: before.kind === "live" ? before.boundAt : before.at },
            label: "bound here",
          },
        });
      }
      names.set(slot, after.get(slot) ?? before);
    }
    return true;
  }

  /** A body may run any number of times: it may not spend what was bound outside it. */
  #checkLoop(stmt: Extract<Stmt, { kind: "While" | "For" }>, names: Names): void {
    const inner: Names = new Map(names);
    if (stmt.kind === "For") inner.delete(stmt.slot); // the loop's variable counts; it is no resource
    if (this.#checkBlock(stmt.body, inner)) this.#checkInner(stmt.body, inner, names);
    for (const [slot, before] of names) {
      const after = inner.get(slot);
      if (
        before.kind !== "live" || after === undefined || after.kind === "live" ||
        this.#reported.has(slot)
      ) continue;
      this.#reported.add(slot);
      const name = this.#proc.slotNames[slot] ?? "";
      this.#report.add({ proc: this.#proc, stmt: after.at }, {
        code: "DR0401",
        message: `${name} is used in a loop, and it is linear`,
        label: "used again in every iteration",
        help: `use ${name} outside the loop`,
        origin: { at: { proc: this.#proc, stmt: before.boundAt }, label: "bound outside the loop" },
      });
    }
  }

  /** Names bound in a block end with it. */
  #checkInner(block: Block, names: Names, outer: Names): void {
    const own: Names = new Map([...names].filter(([slot]) => !outer.has(slot)));
    this.#checkLeftovers(own, block.at(-1));
  }

  #checkLeftovers(names: Names, end: Stmt | undefined): void {
    for (const [slot, status] of names) {
      if (status.kind !== "live" || this.#reported.has(slot)) continue;
      this.#reported.add(slot);
      const name = this.#proc.slotNames[slot] ?? "";
      this.#report.add({ proc: this.#proc, stmt: status.boundAt }, {
        code: "DR0402",
        message: `${name} is never used, and it is linear`,
        label: status.boundAt === undefined
          ? `parameter ${name} is left over`
          : `${name} is left over`,
        help: `use ${name} once: return it, pass it on, measure it or free it`,
        ...(end === undefined
          ? {}
          : { origin: { at: { proc: this.#proc, stmt: end }, label: "the process ends here" } }),
      });
    }
  }
}
