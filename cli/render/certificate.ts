/**
 * What the check of a certificate shows, as text.
 *
 * @module
 */
import type { Places } from "../../api/places.ts";
import { shellWord } from "../../api/visible.ts";

/** The check of one certificate. */
export interface JudgedCertificate {
  readonly verdict: "proof" | "no-proof" | "refused";
  /** The process, and the paths of the statements that are proven to exclude one another. */
  readonly proc?: string;
  readonly conflict?: readonly string[];
  /** Whose statement the certificate is about: that of the program, of another one, or its own, as no program was given. */
  readonly statement: "program" | "other" | "own";
  /** Of a log: the event with the digest, the digest of the refutation, and whether they are the same. */
  readonly event?: number;
  readonly digest?: string;
  readonly isRecorded?: boolean;
}

/** The lines that say it. Statements that are not those of a program are named as the certificate names them. */
export function renderCertificate(
  path: string,
  judged: JudgedCertificate,
  places: Places | undefined,
): readonly string[] {
  const place = judged.event === undefined ? path : `${path}, event ${judged.event}`;
  const named = judged.statement === "program" ? places : undefined;
  switch (judged.verdict) {
    case "refused":
      return [`${place}: refused: it has not the form of a certificate, or exceeds a limit`];
    case "no-proof":
      return [`${place}: no proof: a case is left in which there may be a configuration`];
    case "proof":
      return [
        `${place}: proof: ${judged.proc} has no configuration; these statements exclude one another:`,
        ...(judged.conflict ?? []).map((each) =>
          `  ${named?.find(judged.proc ?? "", each) ?? each}`
        ),
        ...remarks(path, judged),
      ];
  }
}

function remarks(path: string, { statement, digest, isRecorded }: JudgedCertificate): string[] {
  if (isRecorded === false) {
    return [
      `  but the log has the digest of another refutation than this version finds, ${digest}`,
    ];
  }
  if (digest !== undefined) return [`  refutation ${digest}, as recorded`];
  switch (statement) {
    case "program":
      return ["  they are those of the program"];
    case "other":
      return ["  but the program says something else"];
    case "own":
      return [
        `  whether they are those of a program: dustrun check-certificate ${
          shellWord(path)
        } PROGRAM`,
      ];
  }
}
