/**
 * House rules as lint: the names that `dvm/` may not use, and no list spread over the arguments of a call. The order of imports is a
 * test (`tests/project/architecture_test.ts`).
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
  return namesOf(path).includes("dvm");
}

/** The names that a path within the project consists of. */
function namesOf(path: string): readonly string[] {
  const slashed = path.replaceAll("\\", "/");
  return (slashed.startsWith(ROOT) ? slashed.slice(ROOT.length) : slashed).split("/");
}

function isTest(path: string): boolean {
  return path.endsWith("_test.ts");
}

/** Whether a file only serves tests: it is one, or belongs to the project's `tests/`. */
function isForTests(path: string): boolean {
  return isTest(path) || namesOf(path).includes("tests");
}

type Call = Deno.lint.CallExpression | Deno.lint.NewExpression;

/**
 * Whether the list that is spread cannot grow with data: the elements of an array literal, or the rest parameter of a function around
 * the call, whose elements were arguments already. Of a conditional, both sides.
 */
function isBounded(list: Deno.lint.Expression, around: readonly Deno.lint.Node[]): boolean {
  switch (list.type) {
    case "ArrayExpression":
      return list.elements.every((each) =>
        each.type !== "SpreadElement" || isBounded(each.argument, around)
      );
    case "ConditionalExpression":
      return isBounded(list.consequent, around) && isBounded(list.alternate, around);
    case "Identifier":
      return isRestParameter(list, around);
    default:
      return false;
  }
}

/** Whether a name is the rest parameter of the nearest function around it that has a parameter of this name. */
function isRestParameter(name: Deno.lint.Identifier, around: readonly Deno.lint.Node[]): boolean {
  for (const node of around.toReversed()) {
    if (
      node.type !== "ArrowFunctionExpression" && node.type !== "FunctionExpression" &&
      node.type !== "FunctionDeclaration"
    ) continue;
    for (const param of node.params) {
      const isRest = param.type === "RestElement";
      const declared = isRest ? param.argument : param;
      if (declared.type === "Identifier" && declared.name === name.name) return isRest;
    }
  }
  return false;
}

/** Helpers of tests are plain functions with rest parameters, which take lists that the test itself writes down. */
function isTestHelper({ callee }: Call, path: string): boolean {
  return callee.type === "Identifier" && isForTests(path);
}

const plugin: Deno.lint.Plugin = {
  name: "dustrun",
  rules: {
    "no-spread-arguments": {
      create(context) {
        const refuse = (call: Call) => {
          if (isTestHelper(call, context.filename)) return;
          const around = context.sourceCode.getAncestors(call);
          for (const argument of call.arguments) {
            if (argument.type !== "SpreadElement" || isBounded(argument.argument, around)) continue;
            context.report({
              node: argument.argument,
              message:
                "a long list exceeds the stack when it is spread over the arguments of a call",
              hint: "use a loop, reduce(), or a parameter that takes the list",
            });
          }
        };
        return {
          CallExpression(node) {
            refuse(node);
            const { callee } = node;
            const isApply = callee.type === "MemberExpression" &&
              callee.property.type === "Identifier" && callee.property.name === "apply";
            if (isApply) context.report({ node: callee, message: "apply() spreads its list" });
          },
          NewExpression: refuse,
        };
      },
    },
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
