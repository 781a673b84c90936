/**
 * Asks Go's library `golang.org/x/mod/sumdb`, which shares no code with dustrun, about notes and proofs.
 *
 * @module
 */
import { fromFileUrl } from "../../std/path.ts";
import { assert, assertStrictEquals } from "../../std/assert.ts";
import { askProgram } from "./ask_program.ts";
import { file, type Need, tool } from "./needs.ts";

const PROGRAM = fromFileUrl(new URL("../log/notes/check.go", import.meta.url));
const GO_ENV = { GO111MODULE: "off", GOFLAGS: "", GOPATH: "/usr/share/gocode" };

/** A line for the Go program. */
export interface Question {
  readonly Kind: "note" | "proof" | "tree" | "sign";
  readonly Key: string;
  readonly Text: string;
  readonly Older?: string;
  readonly Hashes?: readonly string[];
}

/** What Go says to each question. */
export async function askGo(questions: readonly Question[]): Promise<readonly string[]> {
  const lines = questions.map((question) => JSON.stringify(question));
  const answers = await askProgram("go", { args: ["run", PROGRAM], env: GO_ENV }, lines);
  return answers.lines.map((line) => JSON.parse(line));
}

/** Fails unless Go accepts the ones and refuses the others; returns what it says to each, in this order. */
export async function judgedByGo(
  { accepted, refused }: {
    readonly accepted: readonly Question[];
    readonly refused: readonly Question[];
  },
): Promise<readonly string[]> {
  const questions = [...accepted, ...refused];
  const answers = await askGo(questions);
  assertStrictEquals(answers.length, questions.length);
  for (const [index, answer] of answers.entries()) {
    const expected = index < accepted.length ? "accepted: " : "refused: ";
    assert(answer.startsWith(expected), `${JSON.stringify(questions[index])}\n${answer}`);
  }
  return answers;
}

/** What a test needs that asks Go. */
export const GO_LIBRARY: readonly Need[] = [
  tool("go", "version"),
  file(`${GO_ENV.GOPATH}/src/golang.org/x/mod/sumdb/note`),
];
