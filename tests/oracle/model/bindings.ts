/**
 * Names are bindings, not spellings: what each mention of a name in a process means, found by one walk over its scopes
 * (TYP-13, TYP-14, X-24; docs/dir.md, "Scopes and constraints").
 *
 * A statement sees what is bound before it, in its own body and in those around. A constraint also sees what its own body and
 * those around bind later, so constraints are resolved when the whole process has been walked.
 *
 * @module
 */
import { type Arm, type Expression, type NameExpression, partsOf } from "./expression.ts";
import {
  allStatements,
  blocksIn,
  expressionsOf,
  type ModelProc,
  nameBoundBy,
  type Statement,
  type StatementOf,
} from "./program.ts";

/** One binding of a process. */
export interface Binding {
  readonly name: string;
  readonly origin: "parameter" | "let" | "loop" | "witness" | "pattern";
  /** Where it is bound. */
  readonly at: number;
  /** The body whose scope it is in; the process's own for parameters. */
  readonly block: readonly Statement[];
}

/** Names of one open body. */
interface Scope {
  readonly block: readonly Statement[];
  readonly names: Map<string, Binding>;
}

/** What the names of one process mean. */
export class Names {
  /** Places of names that are bound again in their scope. */
  readonly repeated: number[] = [];
  readonly params: readonly Binding[];
  readonly #meanings = new Map<NameExpression, Binding>();
  readonly #bound = new Map<Statement | Arm, Binding>();
  readonly #targets = new Map<Statement, Binding>();
  readonly #visible = new Map<Statement, ReadonlyMap<string, Binding>>();
  readonly #operationOf: (path: string) => string | undefined;
  readonly #late: { readonly expr: Expression; readonly scopes: readonly Scope[] }[] = [];
  readonly #body: readonly Statement[];

  /** `operationOf` says which paths mean an operation on quantum resources. */
  constructor({ params, body }: ModelProc, operationOf: (path: string) => string | undefined) {
    this.#body = body;
    this.#operationOf = operationOf;
    const names = new Map<string, Binding>();
    this.params = params.map(({ name, at }) => {
      const binding: Binding = { name, origin: "parameter", at, block: body };
      names.set(name, binding);
      return binding;
    });
    this.#block([{ block: body, names }]);
    for (const { expr, scopes } of this.#late) this.#expression(expr, scopes);
  }

  /** What a mention of a name means; `undefined` when nothing of that name is in scope. */
  meaning(mention: NameExpression): Binding | undefined {
    return this.#meanings.get(mention);
  }

  /** Every mention of a name in an expression; the type named in `q_alloc(T)` is none. */
  mentionsIn(expr: Expression): NameExpression[] {
    if (expr.kind === "name") return [expr];
    return this.operationOf(expr) === "q_alloc"
      ? []
      : partsOf(expr).flatMap((part) => this.mentionsIn(part));
  }

  /** The operation on quantum resources that an expression is. */
  operationOf(expr: Expression): string | undefined {
    return expr.kind === "call" ? this.#operationOf(expr.callee) : undefined;
  }

  /** The binding that a statement or an arm makes. */
  boundBy(statement: Statement | Arm): Binding | undefined {
    return this.#bound.get(statement);
  }

  /** The binding that an assignment changes. */
  target(statement: StatementOf<"Assign">): Binding | undefined {
    return this.#targets.get(statement);
  }

  /** The names in scope where a proof stands. */
  visibleAt(statement: StatementOf<"Prove">): ReadonlyMap<string, Binding> {
    return this.#visible.get(statement) ?? new Map();
  }

  /** Whether some statement of the process assigns to a binding. */
  isAssigned(binding: Binding): boolean {
    return allStatements(this.#body).some((statement) =>
      statement.kind === "Assign" && this.target(statement) === binding
    );
  }

  /** Whether a name is bound twice, or one that is mentioned means nothing. */
  isBroken(): boolean {
    return this.repeated.length > 0 ||
      allStatements(this.#body).flatMap(expressionsOf).some((expr) =>
        this.mentionsIn(expr).some((mention) => this.meaning(mention) === undefined)
      );
  }

  #block(scopes: readonly Scope[]): void {
    const own = scopes[scopes.length - 1];
    if (own === undefined) return;
    for (const statement of own.block) {
      this.#statement(statement, scopes);
      const name = nameBoundBy(statement);
      if (name === undefined) continue;
      if (own.names.has(name)) this.repeated.push(statement.at);
      const origin = statement.kind === "Prove" ? "witness" : "let";
      const binding: Binding = { name, origin, at: statement.at, block: own.block };
      own.names.set(name, binding);
      this.#bound.set(statement, binding);
    }
  }

  #statement(statement: Statement, scopes: readonly Scope[]): void {
    switch (statement.kind) {
      case "Constrain":
        this.#late.push({ expr: statement.expr, scopes });
        return;
      case "For": {
        this.#expression(statement.start, scopes);
        this.#expression(statement.end, scopes);
        const { name, at, body } = statement;
        const binding: Binding = { name, origin: "loop", at, block: body };
        this.#bound.set(statement, binding);
        const loop: Scope = { block: [], names: new Map([[name, binding]]) };
        this.#block([...scopes, loop, { block: body, names: new Map() }]);
        return;
      }
      case "Assign": {
        this.#expression(statement.expr, scopes);
        const target = find(statement.name, scopes);
        if (target !== undefined) this.#targets.set(statement, target);
        return;
      }
      case "Prove": {
        this.#expression(statement.expr, scopes);
        const visible = scopes.flatMap(({ names }) => [...names]);
        this.#visible.set(statement, new Map(visible));
        return;
      }
      default:
        if ("expr" in statement && statement.expr !== undefined) {
          this.#expression(statement.expr, scopes);
        }
        for (const block of blocksIn(statement)) {
          this.#block([...scopes, { block, names: new Map() }]);
        }
    }
  }

  #expression(expr: Expression, scopes: readonly Scope[]): void {
    if (this.operationOf(expr) === "q_alloc") return;
    if (expr.kind === "name") {
      const binding = find(expr.name, scopes);
      if (binding !== undefined) this.#meanings.set(expr, binding);
      return;
    }
    if (expr.kind !== "match") {
      return partsOf(expr).forEach((part) => this.#expression(part, scopes));
    }
    this.#expression(expr.of, scopes);
    for (const arm of expr.arms) {
      const name = arm.pattern.kind === "any" ? arm.pattern.name : undefined;
      if (name === undefined) {
        this.#expression(arm.value, scopes);
        continue;
      }
      const binding: Binding = {
        name,
        origin: "pattern",
        at: scopes[0]?.block[0]?.at ?? 0,
        block: [],
      };
      this.#bound.set(arm, binding);
      this.#expression(arm.value, [...scopes, { block: [], names: new Map([[name, binding]]) }]);
    }
  }
}

function find(name: string, scopes: readonly Scope[]): Binding | undefined {
  for (const { names } of [...scopes].reverse()) {
    const binding = names.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}
