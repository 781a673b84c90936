/**
 * Writing certificate files: the statement of a problem as text. It shares no code with the checker, which
 * only reads.
 *
 * @module
 */
import type { Problem } from "../problem/problem.ts";
import type { Term } from "../problem/term.ts";

/** The certificate file of a refutation of a problem, without a line feed at its end. */
export function certificateFileText(problem: Problem, refutation: string): string {
  return `${headOf(problem)},${refutation}]`;
}

/** Whether a certificate file states the problem, that is, whether it is about the same process and the same open parameters. */
export function statesProblem(problem: Problem, file: string): boolean {
  return file.startsWith(`${headOf(problem)},["`);
}

function headOf(problem: Problem): string {
  const proc = stringText(problem.proc.reference);
  return `["dustrun-phi-certificate/1",${proc},${statementText(problem)}`;
}

/** The three lists of the statement of a problem, as text. */
function statementText({ unknowns, terms, conjuncts }: Problem): string {
  const lists = [
    unknowns.map(({ name, isBool, lo, hi }) =>
      `[${stringText(name)},"${isBool ? "bool" : "int"}",${integerText(lo)},${integerText(hi)}]`
    ),
    terms.map(termText),
    conjuncts.map(({ path, term }) => `[${stringText(path)},${term.id}]`),
  ];
  return lists.map((items) => `[${items.join(",")}]`).join(",");
}

function termText(term: Term): string {
  switch (term.kind) {
    case "const":
      return `["${term.isBool ? "bool" : "int"}",${integerText(term.value)}]`;
    case "var":
      return `["var",${term.index}]`;
    case "not":
      return `["not",${term.a.id}]`;
    case "and":
    case "or":
      return `["${term.kind}",${term.args.map(({ id }) => id).join(",")}]`;
    case "ite":
      return `["ite",${term.when.id},${term.a.id},${term.b.id}]`;
    default:
      return `["${term.kind}",${term.a.id},${term.b.id}]`;
  }
}

/** A JSON string as it is spelled in a certificate: what is not printable ASCII is escaped. */
function stringText(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An integer as it is spelled in a certificate. */
function integerText(value: number | bigint): string {
  return Number.isSafeInteger(Number(value)) ? String(value) : `"${value}"`;
}
