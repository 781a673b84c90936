/**
 * `load`: artifact texts in, one linked program out, or every load failure as a diagnostic.
 *
 * @module
 */
import { diagnostic } from "../diagnostic/diagnostic.ts";
import type { Diagnostic, Mark } from "../diagnostic/failure.ts";
import { ARTIFACT_LENGTH_MAX } from "../base/limits.ts";
import { failure, type Result, success } from "../base/result.ts";
import { decodeArtifact, type DecodedArtifact } from "./decode.ts";
import { linkProgram } from "./link.ts";
import type { LoadFailure } from "./load_failure.ts";
import { reasonsOf } from "./malformed_text.ts";
import type { ArtifactSource, Program } from "../dir/model.ts";
import { positionAt, positionInString } from "../text/position.ts";

/**
 * Loads and links artifacts into one program. Failures are of kind `DirLoad`: the text is not DIR. The static rules of the language
 * are left to `check`. Nothing changes the program once it has been returned.
 *
 * @example
 * ```ts
 * import { load } from "../../mod.ts";
 * const loaded = load([{ name: "broken.json", text: "{" }]);
 * if (loaded.ok || loaded.failure[0]?.code !== "DR0101") throw new Error();
 * ```
 */
export function load(artifacts: readonly ArtifactSource[]): Result<Program, readonly Diagnostic[]> {
  const decoded: DecodedArtifact[] = [];
  const diagnostics: Diagnostic[] = [];
  let procs = 0;
  for (const [index, source] of artifacts.entries()) {
    if (source.text.length > ARTIFACT_LENGTH_MAX) {
      const message = `the artifact is longer than ${ARTIFACT_LENGTH_MAX} characters`;
      diagnostics.push(toDiagnostic(source, { code: "DR0109", message, offset: 0, path: "" }));
      continue;
    }
    const result = decodeArtifact(source.text, { artifact: index, firstProc: procs });
    if (result.ok) {
      decoded.push(result.value);
      for (const forge of result.value.forges) procs += forge.procs.length;
    } else {
      for (const reason of reasonsOf(source.text, result.failure)) {
        diagnostics.push(toDiagnostic(source, reason));
      }
    }
  }
  return diagnostics.length > 0 ? failure(diagnostics) : success(linkProgram(artifacts, decoded));
}

function toDiagnostic(source: ArtifactSource, reason: LoadFailure | OversizeFailure): Diagnostic {
  const { code, message } = reason;
  const help = "help" in reason ? reason.help ?? HELP[code] : HELP[code];
  return diagnostic(code, { message, marks: [markOf(source, reason)], help });
}

/** The artifact is too long to be read. */
interface OversizeFailure {
  readonly code: "DR0109";
  readonly message: string;
  readonly offset: number;
  readonly path: string;
}

function markOf(source: ArtifactSource, reason: LoadFailure | OversizeFailure): Mark {
  const base = {
    role: "main" as const,
    label: reason.message,
    artifact: source.name,
    path: reason.path,
  };
  if ("within" in reason && reason.within !== undefined) {
    const { text, start, end } = reason.within;
    const at = positionInString(source.text, reason.offset, start);
    return { ...base, ...at, text, span: { start, end: Math.max(end, start) } };
  }
  const { line, column } = positionAt(source.text, reason.offset);
  return { ...base, line, column, ...excerpt(source.text, reason.offset) };
}

/** The part of the line around an offset, at most 60 characters, and the position of the offset in it. */
export function excerpt(text: string, offset: number): Pick<Mark, "text" | "span"> {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", offset);
  const lineEnd = newline < 0 ? text.length : newline;
  const start = Math.max(lineStart, offset - 30);
  const end = Math.min(lineEnd, offset + 30);
  const shown = text.slice(start, end).replaceAll(/[\t\r]/g, " ");
  const at = Math.min(offset - start, shown.length);
  return { text: shown, span: { start: at, end: Math.min(at + 1, shown.length) } };
}

const HELP: { readonly [code in LoadFailure["code"] | "DR0109"]: string } = {
  DR0101: "the artifact must be one well-formed JSON text; compile DPL source first",
  DR0102: "keep one of the two members",
  DR0103: "reduce the nesting; no compiler emits as much",
  DR0104: "dustrun help dir shows the form",
  DR0105: "add it; dustrun help dir lists the members",
  DR0106: "correct its name or remove it; dustrun help dir lists the members",
  DR0107: "write a value that can be represented exactly",
  DR0108: "give the program at least one forge, and every entity a name",
  DR0109: "split the artifact and link the parts with --link",
  DR0110: "remove the character, or quote it in a string",
  DR0111: "write one whole expression",
  DR0112: String.raw`close the literal; the escapes are \n \r \t \0 \\ \" and \u{…}`,
  DR0113: "use an integer from -9223372036854775808 to 9223372036854775807",
  DR0114: "bind parts of the expression with let first",
  DR0115: "rewrite the source without a block inside an expression",
  DR0116: "the operators are Add Sub Mul Div Eq Ne Lt Le Gt Ge And Or BitAnd BitOr BitXor Shl Shr",
  DR0117: "use K, Q or Φ",
  DR0118: "use linear, or no qualifier",
  DR0119: "use emit, observe or seal",
  DR0120: "dustrun help dir lists the statements",
  DR0121: "write a clause as attribute, one of == < <= > >=, and a literal or identifier",
  DR0122: "declare the version of the newest feature in use, 0.1 or 0.2",
  DR0123: "declare a struct or an alias",
};
