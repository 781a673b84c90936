/**
 * Plants a bug in a copy of `dvm/explore/`. Everything else is the real thing.
 *
 * @module
 */
import { assertStrictEquals } from "../../../std/assert.ts";
import type { PlantedExploreBug } from "./explore_bugs.ts";

const ROOT = new URL("../../../", import.meta.url);
const ENTRIES = ["store/log/exploration.ts", "store/log/schedule_report.ts"];

/** The address of a module with `exploreSchedules`, which has the bug. */
export function plantInExplorer({ file, text, becomes }: PlantedExploreBug): string {
  const folder = Deno.makeTempDirSync();
  const parts = [...Deno.readDirSync(new URL("dvm/explore", ROOT))].map(({ name }) =>
    `dvm/explore/${name}`
  );
  const copied = new Set([...parts, ...ENTRIES]);
  Deno.mkdirSync(`${folder}/dvm/explore`, { recursive: true });
  Deno.mkdirSync(`${folder}/store/log`, { recursive: true });
  for (const path of copied) {
    const source = Deno.readTextFileSync(new URL(path, ROOT)).replaceAll(
      /from "(\.[^"]+)"/g,
      (asIs: string, relative: string) => {
        const { href } = new URL(relative, new URL(path, ROOT));
        return copied.has(href.slice(ROOT.href.length)) ? asIs : `from "${href}"`;
      },
    );
    if (path === `dvm/explore/${file}`) {
      assertStrictEquals(source.split(text).length, 2, `${file} has not exactly one ${text}`);
    }
    const planted = path === `dvm/explore/${file}` ? source.replace(text, () => becomes) : source;
    Deno.writeTextFileSync(`${folder}/${path}`, planted);
  }
  return `file://${folder}/store/log/exploration.ts`;
}
