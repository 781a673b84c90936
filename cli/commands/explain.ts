/**
 * `dustrun explain CODE`: the rule behind a diagnostic. `dustrun explain LOG`: why a program does not exist.
 *
 * @module
 */
import { explainLog } from "../../api/explain.ts";
import { placesOf } from "../../api/places.ts";
import { encodeWireValue } from "../../api/values.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { EXIT_DIFFERENT, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import { explainableCodes, explanationOf, renderExplanation } from "../render/code.ts";
import { Fault } from "../host/fault.ts";
import { type Io, isColored } from "../host/io.ts";
import { nearestWord } from "../../api/suggest.ts";
import { damagedLog, openLog } from "../input/log_operand.ts";
import { paintLines } from "../text/style.ts";
import { renderLogExplanation } from "../render/explanation.ts";
import { renderReplay } from "../render/replay.ts";
import { shownJson } from "../text/shown.ts";
import { watchReading } from "../host/progress.ts";

/** Prints the explanation. A word in the form of a code is a code; any other names a log. */
export function run(args: ArgumentsOf<"explain">, io: Io): number {
  const asked = args.operands[0];
  const width = Math.min(io.columns, 100);
  const known = explanationOf(asked);
  if (known !== undefined) {
    io.stdout(args.json ? shownJson(JSON.stringify(known)) : renderExplanation(known, { width }));
    return 0;
  }
  if (LIKE_A_CODE.test(asked)) throw unknownCode(asked);
  return explainRun(args, io, width);
}

/** What begins like a code, or has its form with other letters. */
const LIKE_A_CODE = /^(?:dr[0-9][0-9a-z]*|[a-z]{1,3}[0-9]{2,})$/i;

function explainRun(args: ArgumentsOf<"explain">, io: Io, width: number): number {
  const { path, log } = openLog(args.operands[0], args, io);
  try {
    io.drop("read", "write");
    const explained = explainLog(watchReading(log, io));
    if (!explained.ok) throw damagedLog(path, explained.failure);
    const { replay } = explained.value;
    if (replay.damage !== undefined) throw damagedLog(path, replay.damage);
    const lines = replay.verdict === "reproduced"
      ? renderLogExplanation(path, explained.value, width)
      : renderReplay(path, replay, placesOf(log));
    if (args.json) {
      io.stdout(shownJson(encodeWireValue({ log: path, ...explained.value })));
    } else io.stdout(paintLines(lines, isColored(io)));
    if (replay.verdict === "reproduced") return 0;
    return replay.verdict === "prefix" ? EXIT_INCOMPLETE : EXIT_DIFFERENT;
  } finally {
    log.close();
  }
}

function unknownCode(code: string): Fault {
  return new Fault({
    code: "DR1303",
    message: `there is no code ${JSON.stringify(code)}`,
    help: codeHelp(code),
  });
}

/** The code or the family of codes that is probably meant: `DR9` is family 09. */
function codeHelp(asked: string): string {
  const code = asked.toUpperCase().replace(/^DR([0-9])$/, "DR0$1");
  const codes = explainableCodes();
  const family = codes.filter((known) => known.startsWith(code));
  const [first] = family;
  if (first !== undefined && family.length > 1) {
    return `did you mean one of ${first} to ${family.at(-1)}?`;
  }
  const meant = first ?? nearestWord(code, codes);
  return meant === undefined
    ? `the codes are ${codes[0]} to ${codes.at(-1)}`
    : `did you mean ${meant}?`;
}
