/**
 * The imports and exports of a module, read from its syntax tree, so that comments, strings and layout do not matter (but for
 * `@ts-types`, which the compiler reads too). The parser is
 * that of `deno lint`, which the runtime offers to tests (`Deno.lint.runPlugin`).
 *
 * @module
 */

/** How a module refers to another. */
export type ImportKind = "value" | "type" | "dynamic" | "url";

/** One reference to another module. */
export interface ModuleImport {
  readonly kind: ImportKind;
  /** The specifier as written; `undefined` when it is computed at run time. */
  readonly specifier: string | undefined;
}

/** What a module imports, and the names of the values that it exports. */
export interface ModuleSyntax {
  readonly imports: readonly ModuleImport[];
  /** Names of exported values, without duplicates, in source order; `export *` contributes none. */
  readonly exportedValues: readonly string[];
}

/** Reads the syntax of a module. `file` decides the dialect (`.ts`, `.d.ts`); the file system is not read. */
export function readModuleSyntax(file: string, text: string): ModuleSyntax {
  const imports: ModuleImport[] = [];
  const values = new Set<string>();
  const add = (kind: ImportKind, specifier: string | undefined) =>
    imports.push({ kind, specifier });
  /** The declarations that `@ts-types` names, in a comment that the compiler reads. */
  const addDeclarations = (node: Deno.lint.Node, source: Deno.lint.SourceCode) => {
    for (const { value } of source.getCommentsBefore(node)) {
      const [, specifier] = /^\s*@ts-types="([^"]+)"\s*$/.exec(value) ?? [];
      if (specifier !== undefined) add("type", specifier);
    }
  };
  const create = ({ sourceCode }: Deno.lint.RuleContext): Deno.lint.LintVisitor => ({
    ImportDeclaration(node) {
      addDeclarations(node, sourceCode);
      const areTypes = node.importKind === "type" || (node.specifiers.length > 0 &&
        node.specifiers.every((specifier) =>
          specifier.type === "ImportSpecifier" && specifier.importKind === "type"
        ));
      add(areTypes ? "type" : "value", node.source.value);
    },
    ExportAllDeclaration(node) {
      addDeclarations(node, sourceCode);
      add(node.exportKind, node.source.value);
    },
    ExportNamedDeclaration(node) {
      addDeclarations(node, sourceCode);
      if (node.source) {
        const areTypes = node.exportKind === "type" || (node.specifiers.length > 0 &&
          node.specifiers.every((specifier) => specifier.exportKind === "type"));
        add(areTypes ? "type" : "value", node.source.value);
      }
      for (const name of exportedValues(node)) values.add(name);
    },
    ImportExpression(node) {
      add("dynamic", textOf(node.source));
    },
    TSImportType(node) {
      add("type", textOf(node.argument));
    },
    NewExpression(node) {
      const [specifier, base] = node.arguments;
      if (node.callee.type !== "Identifier" || node.callee.name !== "URL") return;
      const text = textOf(specifier);
      if (isModuleUrl(base) && text?.endsWith(".ts")) add("url", text);
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type !== "MemberExpression" || callee.object.type !== "MetaProperty") return;
      if (callee.property.type === "Identifier" && callee.property.name === "resolve") {
        add("url", textOf(node.arguments[0]));
      }
    },
  });
  Deno.lint.runPlugin(
    { name: "syntax", rules: { read: { create } } },
    file,
    text,
  );
  return { imports, exportedValues: [...values] };
}

/** The text of a string literal, or of a template without parts that are computed. */
function textOf(node: Deno.lint.Node | undefined): string | undefined {
  if (node?.type === "TSLiteralType") return textOf(node.literal);
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0) {
    return node.quasis[0]?.cooked;
  }
  return undefined;
}

/** Whether an expression is `import.meta.url`. */
function isModuleUrl(node: Deno.lint.Node | undefined): boolean {
  return node?.type === "MemberExpression" && node.object.type === "MetaProperty" &&
    node.property.type === "Identifier" && node.property.name === "url";
}

function exportedValues(node: Deno.lint.ExportNamedDeclaration): string[] {
  if (node.exportKind === "type") return [];
  const names = node.specifiers
    .filter(({ exportKind }) => exportKind !== "type")
    .map(({ exported }) => exported.type === "Identifier" ? exported.name : exported.value);
  const { declaration } = node;
  switch (declaration?.type) {
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return declaration.id === null ? names : [...names, declaration.id.name];
    case "VariableDeclaration":
      return [
        ...names,
        ...declaration.declarations.flatMap(({ id }) => id.type === "Identifier" ? [id.name] : []),
      ];
    default:
      return names;
  }
}
