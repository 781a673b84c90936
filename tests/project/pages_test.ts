/**
 * Pages and comments refer to things that exist: links, files and folders; the glossary is sorted.
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";

const ROOT = new URL("../../", import.meta.url);

/** Folders whose paths are checked wherever a page or a comment mentions them. */
const FOLDERS = "api|bench|campaign|cli|docs|dvm|fixtures|schema|std|store|tests|tools";
const MENTION = new RegExp(`\`((?:${FOLDERS})/(?:[\\w./-]*\\w)?/?)\``, "g");

function filesBelow(folder: string, extension: string): string[] {
  return [...Deno.readDirSync(new URL(folder, ROOT))].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? filesBelow(`${folder}${name}/`, extension)
      : name.endsWith(extension)
      ? [`${folder}${name}`]
      : []
  );
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

function exists(path: string): boolean {
  try {
    Deno.statSync(new URL(path, ROOT));
    return true;
  } catch {
    return false;
  }
}

const PAGES = ["README.md", "CHANGELOG.md", "THIRD_PARTY.md", ...filesBelow("docs/", ".md")];
const SOURCES = FOLDERS.split("|").filter(exists).flatMap((folder) =>
  filesBelow(`${folder}/`, ".ts")
);

Deno.test("every link of a page leads to a file", () => {
  for (const page of PAGES) {
    for (const [, target = ""] of read(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      assert(Deno.statSync(new URL(target, new URL(page, ROOT))).isFile, `${page}: ${target}`);
    }
  }
});

Deno.test("every path that a page or a source mentions exists", () => {
  const mentions = [...PAGES, ...SOURCES].flatMap((file) =>
    [...read(file).matchAll(MENTION)].map(([, path = ""]) => ({ file, path }))
  );
  assert(mentions.length > 200, `only ${mentions.length} mentions`);
  assertEquals(mentions.filter(({ path }) => !exists(path)), []);
});

Deno.test("README links to every page except decisions and examples", () => {
  const linked = new Set(
    [...read("README.md").matchAll(/\]\((docs\/[^)#]+)/g)].map(([, to]) => to),
  );
  const missing = PAGES.filter((page) =>
    page.startsWith("docs/") && !linked.has(page) && !/^docs\/(?:decisions|examples)\//.test(page)
  );
  assertEquals(missing, []);
});

Deno.test("the glossary is sorted, and no term occurs twice", () => {
  const terms = [...read("docs/glossary.md").matchAll(/^\| ([^|]+?) \|/gm)]
    .map(([, term = ""]) => term.toLowerCase()).filter((term) => term !== "term");
  assert(terms.length > 50, `only ${terms.length} terms`);
  const sorted = [...new Set(terms)].sort((a, b) => (a < b ? -1 : 1));
  assertEquals(
    terms.filter((term) => !/^-+$/.test(term)),
    sorted.filter((term) => !/^-+$/.test(term)),
  );
});
