/**
 * House rules as lint: the names that `dvm/` may not use. The order of imports is a test (`tests/project/architecture_test.ts`).
 *
 * @module
 */

/** What the pure machine may not touch, with what to do instead. */
const BANNED_IN_DVM: { readonly [name: string]: string } = {
  Deno: "I/O belongs to store/ and cli/",
  process: "I/O belongs to store/ and cli/",
  console: "return the text",
  Date: "no clock is read; time is ticks",
  performance: "no clock is read; time is ticks",
  crypto: "the digest function is a parameter",
  fetch: "the machine has no network",
  setTimeout: "the machine is synchronous",
  setInterval: "the machine is synchronous",
  queueMicrotask: "the machine is synchronous",
  Intl: "nothing may depend on the locale",
};

const BANNED_MEMBERS: { readonly [name: string]: string } = {
  "Math.random": "nothing is random",
  "Math.sin": "engines differ in the last bit",
  "Math.cos": "engines differ in the last bit",
  "Math.exp": "engines differ in the last bit",
  "Math.log": "engines differ in the last bit",
  "Math.pow": "engines differ in the last bit",
};

/** The project's folder; the folders above it do not matter. */
const ROOT = new URL("..", import.meta.url).pathname.replace(/^\/(?=[A-Za-z]:)/, "");

/** Whether a file belongs to the pure machine, from its path within the project. */
function isInDvm(path: string): boolean {
  const slashed = path.replaceAll("\\", "/");
  const inProject = slashed.startsWith(ROOT) ? slashed.slice(ROOT.length) : slashed;
  return inProject.split("/").includes("dvm");
}

function isTest(path: string): boolean {
  return path.endsWith("_test.ts");
}

const plugin: Deno.lint.Plugin = {
  name: "dustrun",
  rules: {
    "pure-machine": {
      create(context) {
        if (!isInDvm(context.filename) || isTest(context.filename)) return {};
        return {
          Identifier(node) {
            const reason = Object.hasOwn(BANNED_IN_DVM, node.name)
              ? BANNED_IN_DVM[node.name]
              : undefined;
            const isKey = node.parent.type === "MemberExpression" &&
              node.parent.property === node &&
              !node.parent.computed;
            if (reason === undefined || isKey || node.parent.type === "Property") return;
            context.report({ node, message: `dvm/ may not use ${node.name}: ${reason}` });
          },
          MemberExpression(node) {
            if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
            const path = `${node.object.name}.${node.property.name}`;
            const reason = Object.hasOwn(BANNED_MEMBERS, path) ? BANNED_MEMBERS[path] : undefined;
            const isLocale = node.property.name === "localeCompare";
            if (reason !== undefined || isLocale) {
              context.report({
                node,
                message: `dvm/ may not use ${path}: ${
                  reason ?? "nothing may depend on the locale"
                }`,
              });
            }
          },
        };
      },
    },
  },
};

export default plugin;
