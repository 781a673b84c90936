/**
 * `dustrun completions`: the completion script of a shell, or the manual page.
 *
 * @module
 */
import type { ArgumentsOf } from "../spec/commands.ts";
import { completionScript, SHELLS } from "../spec/completions.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { manPage } from "../spec/man_page.ts";
import { shownJson, shownLines, shownPage } from "../text/shown.ts";
import { nearestWord } from "../../api/suggest.ts";

/** Prints the script or the page, or what a script offers for the words of a command line. */
export async function run(args: ArgumentsOf<"completions">, io: Io): Promise<number> {
  const [asked, ...words] = args.operands;
  if (asked === "offer") {
    const { offersFor } = await import("./offer.ts");
    const offers = offersFor(words, io);
    io.stdout(args.json ? shownJson(JSON.stringify({ for: asked, offers })) : shownLines(offers));
    return 0;
  }
  const [more] = words;
  if (more !== undefined) {
    throw new Fault({
      code: "DR1304",
      message: `unexpected ${JSON.stringify(more)}`,
      help: "dustrun completions takes one word; offer takes the words of a command line",
    });
  }
  const shell = SHELLS.find((name) => name === asked);
  if (shell === undefined && asked !== "man") throw unknownShell(asked);
  const text = shell === undefined ? manPage() : completionScript(shell);
  io.stdout(args.json ? shownJson(JSON.stringify({ for: asked, text })) : shownPage(text));
  return 0;
}

function unknownShell(asked: string): Fault {
  const known = [...SHELLS, "man", "offer"];
  const suggestion = nearestWord(asked, known);
  return new Fault({
    code: "DR1303",
    message: `there is no script for ${JSON.stringify(asked)}`,
    help: suggestion === undefined
      ? `choose one of ${known.join(", ")}`
      : `did you mean ${suggestion}?`,
  });
}
