/**
 * House rules as lint: what `dvm/` may not name, and which way imports may point (`cli -> store -> dvm`).
 *
 * @module
 */

/** What the pure machine may not touch, with what to do instead. */
const BANNED_IN_DVM: { readonly [name: string]: string } = {
  Deno: "I/O belongs to store/ and cli/",
  process: "I/O belongs to store/ and cli/",
  console: "return what there is to say",
  Date: "no clock is read; time is ticks",
  performance: "no clock is read; time is ticks",
  crypto: "the digest function is handed in",
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

/** The project's folder; what stands above it says nothing about a file. */
const ROOT = new URL("..", import.meta.url).pathname.replace(/^\/(?=[A-Za-z]:)/, "");

/** Which layer a file belongs to, from its path within the project. */
function layerOf(path: string): "dvm" | "store" | "cli" | "other" {
  const slashed = path.replaceAll("\\", "/");
  const parts = (slashed.startsWith(ROOT) ? slashed.slice(ROOT.length) : slashed).split("/");
  if (parts.includes("dvm")) return "dvm";
  if (parts.includes("store")) return "store";
  if (parts.includes("cli") || parts.at(-1) === "cli.ts") return "cli";
  return "other";
}

function isTest(path: string): boolean {
  return path.endsWith("_test.ts");
}

const plugin: Deno.lint.Plugin = {
  name: "dustrun",
  rules: {
    "pure-machine": {
      create(context) {
        if (layerOf(context.filename) !== "dvm" || isTest(context.filename)) return {};
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
    "import-direction": {
      create(context) {
        const layer = layerOf(context.filename);
        if (isTest(context.filename)) return {};
        return {
          ImportDeclaration(node) {
            const from = node.source.value;
            const reason = wrongDirection(layer, from, node.importKind === "type");
            if (reason !== undefined) {
              context.report({ node, message: `${layer} may not import ${from}: ${reason}` });
            }
          },
        };
      },
    },
  },
};

/** Why an import points the wrong way; `undefined` when it does not. */
function wrongDirection(layer: string, from: string, isTypeOnly: boolean): string | undefined {
  if (layer === "dvm") {
    if (!from.startsWith(".") && !isTypeOnly) return "the machine has no dependencies";
    if (/\/(store|cli|tests)\//.test(from) || from.endsWith("mod.ts")) {
      return "dvm imports only itself";
    }
  }
  if (layer === "store" && (/\/cli\//.test(from) || from.endsWith("cli.ts"))) {
    return "cli -> store -> dvm";
  }
  if (layer === "cli" && /\.\.\/dvm\//.test(from)) return "the command line uses mod.ts";
  return undefined;
}

export default plugin;
