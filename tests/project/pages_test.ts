import { assert, assertEquals } from "../../std/assert.ts";

const ROOT = new URL("../../", import.meta.url);

function pagesBelow(folder: string): string[] {
  return [...Deno.readDirSync(new URL(folder, ROOT))].flatMap(({ name, isDirectory }) =>
    isDirectory ? pagesBelow(`${folder}${name}/`) : name.endsWith(".md") ? [`${folder}${name}`] : []
  );
}

const PAGES = ["README.md", "CHANGELOG.md", ...pagesBelow("docs/")];

Deno.test("every link of a page leads to a file that is there", () => {
  for (const page of PAGES) {
    const text = Deno.readTextFileSync(new URL(page, ROOT));
    for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      assert(Deno.statSync(new URL(target, new URL(page, ROOT))).isFile, `${page}: ${target}`);
    }
  }
});

Deno.test("every page that a page or a source names is there", () => {
  for (const page of PAGES) {
    const text = Deno.readTextFileSync(new URL(page, ROOT));
    for (const [, named = ""] of text.matchAll(/`(docs\/[\w./-]+\.md)`/g)) {
      assert(Deno.statSync(new URL(named, ROOT)).isFile, `${page} names ${named}`);
    }
  }
});

Deno.test("README leads to every page but decisions and examples", () => {
  const readme = Deno.readTextFileSync(new URL("README.md", ROOT));
  const led = new Set([...readme.matchAll(/\]\((docs\/[^)#]+)/g)].map(([, target]) => target));
  const missing = pagesBelow("docs/").filter((page) =>
    !led.has(page) && !/^docs\/(?:decisions|examples)\//.test(page)
  );
  assertEquals(missing, []);
});
