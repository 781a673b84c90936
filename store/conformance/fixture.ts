/**
 * Conformance fixtures: what to run and what result is expected. Two forms are read (`docs/conformance.md`): a fixture of the
 * upstream project (`name`, `dir`, `entry`, `effects`, `trace`, and `expect_trace` or `expect_error`), and ours, which adds
 * `about`, `args`, `link`, `semantics`, `env`, `covers`, `skip`, `expect`. A file holds one fixture, or `cases` with a `golden`
 * file for all of them.
 *
 * @module
 */
import { folderOf, joinedPath } from "../file/path.ts";
import { plainToValue } from "../../dvm/machine/arguments.ts";
import type { Environment, PlainArgument, RunInput, Semantics } from "../../dvm/event/input.ts";
import { LIMIT_NAMES, type Limits } from "../../dvm/base/limits.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { parseJsonc } from "../json/jsonc.ts";
import { readInputs } from "./fixture_inputs.ts";
import { isList, type Members, membersOf, stringOf, stringsOf } from "./members.ts";

/** One case of a suite. Paths are relative to the working directory, or absolute. */
export interface ConformanceCase {
  /** Unique within a suite. */
  readonly name: string;
  /** The fixture file that contains it. */
  readonly file: string;
  /** What it tests, in one sentence; may be empty. */
  readonly about: string;
  /** The paths of the artifact and those linked to it. */
  readonly artifacts: readonly string[];
  /** The complete input of the run, including its semantics. */
  readonly input: RunInput;
  /** The specification clauses that it tests. */
  readonly covers: readonly string[];
  /** Why it is not run; empty if it is. */
  readonly skip: string;
  /** The expected result, as its author wrote it. */
  readonly expect: Expectation;
  /** The place of its golden trace; `undefined` if it has none. */
  readonly golden: GoldenPlace | undefined;
}

/** The expected result of a case; absent members are not compared. */
export interface Expectation {
  /** The status of the outcome. */
  readonly status?: string;
  /** The kind of failure. */
  readonly kind?: string;
  /** The returned value, tagged, or null. */
  readonly returned?: PlainArgument;
  /** The effects, as in a summary trace. */
  readonly effects?: PlainArgument;
}

/** The place of a golden trace: a whole file, or one member of a file with many traces. */
export interface GoldenPlace {
  /** The path of the file. */
  readonly path: string;
  /** The member; `undefined` for the whole file. */
  readonly member: string | undefined;
}

const FIXTURE_MEMBERS = [
  "name",
  "about",
  "dir",
  "link",
  "entry",
  "args",
  "semantics",
  "env",
  "covers",
  "skip",
  "effects",
  "trace",
  "expect",
  "expect_trace",
  "expect_error",
];

const TEXT_MEMBERS = [
  "name",
  "about",
  "dir",
  "entry",
  "semantics",
  "skip",
  "effects",
  "expect_trace",
  "expect_error",
];

const EXPECTED_MEMBERS = ["status", "kind", "returned", "effects"];

/**
 * Whether a text looks like a file of fixtures: an object with `dir` or `cases`. One with a byte order mark does, so that it is
 * refused and not overlooked.
 */
export function isFixtureText(text: string): boolean {
  const parsed = parseJsonc(text.replace(/^\ufeff/, ""));
  const members = parsed.ok ? membersOf(parsed.value) : undefined;
  return members !== undefined && ("dir" in members || "cases" in members);
}

/** Reads the cases of a fixture file. `semantics` applies to cases that name none. The failure is one sentence. */
export function readFixtures(
  file: string,
  text: string,
  semantics?: Semantics,
): Result<readonly ConformanceCase[], string> {
  const parsed = parseJsonc(text);
  if (!parsed.ok) return failure(`${file}: ${parsed.failure.message}`);
  const members = membersOf(parsed.value);
  if (members === undefined) return failure(`${file}: a fixture is an object`);
  const cases = members["cases"];
  if (cases === undefined) {
    const read = readCase(members, { file, semantics, golden: undefined });
    return read.ok ? success([read.value]) : read;
  }
  if (!isList(cases)) return failure(`${file}: cases is a list`);
  const golden = stringOf(members["golden"]);
  const all: ConformanceCase[] = [];
  for (const one of cases) {
    const read = readCase(membersOf(one) ?? {}, { file, semantics, golden });
    if (!read.ok) return read;
    all.push(read.value);
  }
  return success(all);
}

/** What a case inherits from its file. */
interface FileDefaults {
  readonly file: string;
  readonly semantics: Semantics | undefined;
  readonly golden: string | undefined;
}

function readCase(members: Members, defaults: FileDefaults): Result<ConformanceCase, string> {
  const name = stringOf(members["name"]) ?? "";
  const wrong = (why: string) => failure(`${defaults.file}: ${name || "a case"}: ${why}`);
  const unknown = Object.keys(members).find((member) => !FIXTURE_MEMBERS.includes(member));
  if (unknown !== undefined) return wrong(`a fixture has no member ${unknown}`);
  const mistyped = mistypedMember(members);
  if (mistyped !== undefined) return wrong(mistyped);
  if (name === "") return wrong("a fixture has a name");
  const dir = stringOf(members["dir"]);
  if (dir === undefined) return wrong("dir names the artifact");
  const environment = readEnvironment(members["env"]);
  if (!environment.ok) return wrong(environment.failure);
  const args = members["args"] === undefined ? {} : membersOf(members["args"]);
  if (args === undefined) return wrong("args is an object");
  const at = (path: string) => joinedPath(folderOf(defaults.file), path);
  const entry = stringOf(members["entry"]);
  return success({
    name,
    file: defaults.file,
    about: stringOf(members["about"]) ?? "",
    artifacts: [dir, ...stringsOf(members["link"])].map(at),
    input: {
      ...(entry === undefined ? {} : { entry }),
      args,
      semantics: semanticsOf(members, defaults.semantics),
      ...environment.value,
    },
    covers: stringsOf(members["covers"]),
    skip: skipReason(members),
    expect: membersOf(members["expect"]) ?? {},
    golden: goldenOf(members, { name, golden: defaults.golden, at }),
  });
}

/** What is wrong with the type of a member, or with what is expected. A member that cannot be read would be a check that never fails. */
function mistypedMember(members: Members): string | undefined {
  for (const [name, value] of Object.entries(members)) {
    const hasTexts = name === "link" || name === "covers";
    if (hasTexts && !isListOfTexts(value)) return `${name} is a list of texts`;
    if (TEXT_MEMBERS.includes(name) && typeof value !== "string") return `${name} is a text`;
  }
  if (members["expect"] === undefined) return undefined;
  const expected = membersOf(members["expect"]);
  if (expected === undefined) return "expect is an object";
  const unknown = Object.keys(expected).find((member) => !EXPECTED_MEMBERS.includes(member));
  if (unknown !== undefined) {
    return `expect has no member ${unknown}: it has ${EXPECTED_MEMBERS.join(", ")}`;
  }
  const text = ["status", "kind"].find((name) =>
    expected[name] !== undefined && typeof expected[name] !== "string"
  );
  return text === undefined ? undefined : `expect.${text} is a text`;
}

function isListOfTexts(value: PlainArgument): boolean {
  return isList(value) && value.every((one) => typeof one === "string");
}

/**
 * The semantics of a case: its own, else the requested one, else that of the executor whose form it has. Upstream's form is recognized
 * by its `trace` flag.
 */
function semanticsOf(members: Members, requested: Semantics | undefined): Semantics {
  const own = stringOf(members["semantics"]);
  if (own === "host-0.1" || own === "spec") return own;
  return requested ?? (typeof members["trace"] === "boolean" ? "host-0.1" : "spec");
}

function skipReason(members: Members): string {
  const semantics = stringOf(members["semantics"]);
  if (semantics !== undefined && semantics !== "spec" && semantics !== "host-0.1") {
    return `unknown semantics ${semantics}`;
  }
  if (members["effects"] === "realize") return "asks for realization; conformance only simulates";
  return stringOf(members["skip"]) ?? "";
}

function goldenOf(
  members: Members,
  { name, golden, at }: {
    readonly name: string;
    readonly golden: string | undefined;
    readonly at: (path: string) => string;
  },
): GoldenPlace | undefined {
  const own = stringOf(members["expect_trace"]) ?? stringOf(members["expect_error"]);
  if (own !== undefined) return { path: at(own), member: undefined };
  return golden === undefined ? undefined : { path: at(golden), member: name };
}

/**
 * `env`: an object with `tick_us`, `resources` (`{"name": "Console", "args": {"device": "stdout"}}` each), `limits`, `files`, `ports` and
 * `devices`.
 */
function readEnvironment(
  plain: PlainArgument | undefined,
): Result<Pick<RunInput, "environment" | "limits">, string> {
  if (plain === undefined) return success({});
  const members = membersOf(plain);
  if (members === undefined) return failure("env is an object");
  const tick = members["tick_us"];
  const offers = members["resources"];
  const limits: Partial<Record<keyof Limits, number>> = {};
  for (const limit of LIMIT_NAMES) {
    const value = membersOf(members["limits"])?.[limit];
    if (typeof value === "number") limits[limit] = value;
  }
  const inputs = readInputs(members);
  if (!inputs.ok) return inputs;
  const environment: Environment = {
    ...(inputs.value.length === 0 ? {} : { inputs: inputs.value }),
    ...(typeof tick === "number" ? { tick_us: tick } : {}),
    ...(!isList(offers) ? {} : {
      resources: offers.map((offer) => {
        const of = membersOf(offer) ?? {};
        return {
          resource: stringOf(of["name"]) ?? "",
          args: Object.entries(membersOf(of["args"]) ?? {}).map(([name, value]) => ({
            name,
            value: plainToValue(value),
          })),
        };
      }),
    }),
  };
  return success({ environment, limits });
}
