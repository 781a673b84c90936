/**
 * Findings as SARIF 2.1.0, the format that code hosts and editors read.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @module
 */
import { VERSION } from "../../api/version.ts";
import { type Finding, type FindingPlace, type FindingRule, rulesOf } from "./finding.ts";

/** The whole log of one invocation, indented. */
export function renderSarif(findings: readonly Finding[]): string {
  const rules = rulesOf(findings);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{
      tool: {
        driver: {
          name: "dustrun",
          semanticVersion: VERSION,
          informationUri: "https://github.com/dustlang/dust",
          rules: rules.map(ruleOf),
        },
      },
      columnKind: "utf16CodeUnits",
      results: findings.map((finding) => resultOf(finding, indexes.get(finding.rule) ?? 0)),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ id, title, rule }: FindingRule) {
  return {
    id,
    name: title.replaceAll(/[^A-Za-z0-9]+(.?)/g, (_, next: string) => next.toUpperCase()),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(rule) },
    help: { text: `${sentence(rule)} \`dustrun explain ${id}\` shows an example.` },
    defaultConfiguration: { level: "error" },
  };
}

function resultOf({ rule, message, places, help }: Finding, ruleIndex: number) {
  const [main, ...others] = places;
  const advice = help === undefined ? "" : ` To fix it: ${sentence(help)}`;
  return {
    ruleId: rule,
    ruleIndex,
    level: "error",
    message: { text: `${sentence(message)}${advice}` },
    ...(main === undefined ? {} : { locations: [{ physicalLocation: physical(main) }] }),
    ...(others.length === 0 ? {} : {
      relatedLocations: others.map((place, index) => ({
        id: index + 1,
        physicalLocation: physical(place),
        message: { text: place.label === "" ? "see here" : place.label },
      })),
    }),
  };
}

/** A place without a line is a whole file, which SARIF names by its beginning. */
function physical({ file, line, column }: FindingPlace) {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: { startLine: Math.max(line, 1), startColumn: Math.max(column, 1) },
  };
}

/** A path as a reference that is relative to where the command ran, or as an absolute URI. */
function uriOf(file: string): string {
  const path = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  if (path.startsWith("/")) return `file://${path}`;
  return /^[A-Za-z]%3A\//.test(path) ? `file:///${path.replace("%3A", ":")}` : path;
}

/** A text as a sentence, with a capital and a full stop. */
function sentence(text: string): string {
  const [first = "", ...rest] = text;
  return `${first.toUpperCase()}${rest.join("")}${/[.!?]$/.test(text) ? "" : "."}`;
}
