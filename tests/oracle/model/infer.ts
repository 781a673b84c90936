/**
 * Types of one process: every statement demands types of its expressions, constraints last, since they see every name (TYP-02
 * to TYP-12, X-35; semantics.md, second round, "What the compiler loses").
 *
 * @module
 */
import type { Binding, Names } from "./bindings.ts";
import { nearest } from "./decimal.ts";
import type { Arm, Expression, ExpressionOf } from "./expression.ts";
import type { Lookup } from "./lookup.ts";
import { blocksIn, type ModelProc, type Statement, type StatementOf } from "./program.ts";
import { TypeWalk } from "./infer_expression.ts";
import { INT, type ModelType, typeNamed } from "./types.ts";
import { demandInt, finalType, type Term, termOf } from "./unify.ts";

/** The types of one process, and the places at which they do not fit. */
export class Inference {
  /** Places of statements with an expression of a wrong type. */
  readonly faults: number[] = [];
  /** Calls with the name of an operation on memory that do not fit it. */
  readonly unfit = new Set<ExpressionOf<"call">>();
  readonly #lookup: Lookup;
  readonly #proc: ModelProc;
  readonly #names: Names;
  readonly #terms = new Map<Binding, Term>();
  readonly #exprs = new Map<Expression, Term>();
  readonly #literals: { readonly expr: ExpressionOf<"number">; readonly at: number }[] = [];
  readonly #constraints: StatementOf<"Constrain">[] = [];

  constructor(lookup: Lookup, proc: ModelProc, names: Names) {
    this.#lookup = lookup;
    this.#proc = proc;
    this.#names = names;
    proc.params.forEach(({ ty }, position) => {
      const binding = names.params[position];
      if (binding !== undefined) this.#terms.set(binding, this.#declared(ty));
    });
    this.#block(proc.body);
    for (const statement of this.#constraints) {
      const term = this.#walk(statement).type(statement.expr);
      const isBool = term === undefined || (term.kind === "known" && term.type.kind === "bool");
      if (!isBool && !lookup.rules.breaks("any predicate type")) this.faults.push(statement.at);
    }
    for (const { expr, at } of this.#literals) if (!this.#isHeld(expr)) this.faults.push(at);
  }

  /** The type that an expression has in the end: of numbers, arrays and matches. */
  typeOf(expr: Expression): ModelType | undefined {
    return finalType(this.#exprs.get(expr), this.#lookup.rules);
  }

  /** The type that a name has in the end. */
  typeOfBinding(binding: Binding): ModelType | undefined {
    return finalType(this.#terms.get(binding), this.#lookup.rules);
  }

  /** Whether the float that a literal becomes is finite (TYP-15). */
  #isHeld(expr: ExpressionOf<"number">): boolean {
    const type = this.typeOf(expr);
    return type?.kind !== "float" || Number.isFinite(nearest(expr.exact, type.bits));
  }

  #declared(text: string): Term {
    const { program, rules } = this.#lookup;
    return termOf(typeNamed(program, this.#proc.home, text, rules));
  }

  #walk({ at }: Statement): TypeWalk {
    return new TypeWalk({
      lookup: this.#lookup,
      proc: this.#proc,
      termOf: (mention) => {
        const binding = this.#names.meaning(mention);
        return binding && this.#terms.get(binding);
      },
      bindArm: (arm: Arm, term) => {
        const binding = this.#names.boundBy(arm);
        if (binding !== undefined) this.#terms.set(binding, term);
      },
      record: (expr, term) => {
        this.#exprs.set(expr, term);
        if (expr.kind === "number") this.#literals.push({ expr, at });
      },
      recordOperation: (call) => void this.unfit.add(call),
      fault: () => void this.faults.push(at),
    });
  }

  #block(block: readonly Statement[]): void {
    for (const statement of block) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    const walk = this.#walk(statement);
    switch (statement.kind) {
      case "Let":
        return this.#bind(statement, statement.name, (declared) => {
          if (declared === undefined) return walk.type(statement.expr);
          walk.enter(statement.expr, declared);
          return declared;
        });
      case "Call":
        return this.#bind(statement, statement.result ?? "", (declared) => {
          const term = walk.call(statement.expr, statement.result !== undefined);
          if (declared !== undefined) walk.fits(term, declared);
          return declared ?? term;
        });
      case "Prove":
        walk.type(statement.expr);
        return this.#bind(
          statement,
          statement.name,
          () => ({ kind: "known", type: { kind: "witness" } }),
        );
      case "Assign": {
        const binding = this.#names.target(statement);
        walk.enter(statement.expr, binding && this.#terms.get(binding));
        return;
      }
      case "Effect":
        if (statement.effect === "expr" && statement.expr.kind === "call") {
          walk.call(statement.expr, false);
        } else walk.type(statement.expr);
        return;
      case "Return":
        return this.#return(statement, walk);
      case "Constrain":
        this.#constraints.push(statement);
        return;
      case "If":
      case "While":
        walk.enter(statement.expr, { kind: "known", type: { kind: "bool" } });
        break;
      case "For": {
        for (const bound of [statement.start, statement.end]) {
          if (!demandInt(walk.type(bound))) this.faults.push(statement.at);
        }
        const binding = this.#names.boundBy(statement);
        if (binding !== undefined) this.#terms.set(binding, termOf(INT));
        break;
      }
      default:
        break;
    }
    for (const block of blocksIn(statement)) this.#block(block);
  }

  #bind(statement: Statement, name: string, type: (declared: Term) => Term): void {
    const local = this.#proc.locals.find((each) => each.name === name);
    const term = type(local && this.#declared(local.ty));
    const binding = this.#names.boundBy(statement);
    if (binding === undefined) return;
    const isFrozen = this.#lookup.rules.breaks("literals are typed where they stand");
    this.#terms.set(binding, isFrozen ? termOf(finalType(term, this.#lookup.rules)) : term);
  }

  #return({ expr, at }: StatementOf<"Return">, walk: TypeWalk): void {
    const { ret } = this.#proc;
    const declared = ret === undefined ? undefined : this.#declared(ret);
    if (expr === undefined) {
      const isUnit = declared?.kind === "known" && declared.type.kind === "unit";
      if (declared !== undefined && !isUnit) this.faults.push(at);
      return;
    }
    if (this.#lookup.rules.breaks("return type unchecked")) walk.type(expr);
    else walk.enter(expr, declared);
  }
}
