/**
 * The declared types of a program by name.
 *
 * @module
 */
import type { Alias, DeclaredTypes, Forge, TypeNameSite } from "./model.ts";
import type { Shape } from "./type.ts";

/** Declared types, indexed: a name is looked up for every field, parameter and shape literal of a program. */
export class TypeIndex implements DeclaredTypes {
  readonly shapes: readonly Shape[];
  readonly aliases: readonly Alias[];
  readonly #byForge = new Map<Forge, ReadonlyMap<string, Shape>>();
  readonly #byArtifact = new Map<number, Map<string, Shape | Alias>>();
  readonly #byName: ReadonlyMap<string, readonly (Shape | Alias)[]>;

  /** `shapes` and `aliases` are those declared beside the forges. */
  constructor(declared: {
    readonly forges: readonly Forge[];
    readonly shapes: readonly Shape[];
    readonly aliases: readonly Alias[];
  }) {
    const inForges = declared.forges.flatMap((forge) => forge.shapes);
    this.shapes = [...inForges, ...declared.shapes];
    this.aliases = declared.aliases;
    for (const forge of declared.forges) this.#byForge.set(forge, firstByName(forge.shapes));
    for (const type of [...declared.shapes, ...declared.aliases]) {
      const { artifact } = type.place;
      const names = this.#byArtifact.get(artifact) ?? new Map<string, Shape | Alias>();
      if (!names.has(type.name)) names.set(type.name, type);
      this.#byArtifact.set(artifact, names);
    }
    this.#byName = Map.groupBy<string, Shape | Alias>(
      [...this.shapes, ...declared.aliases],
      ({ name }) => name,
    );
  }

  /**
   * Looks in the forge, then beside the forges of the artifact, then for exactly one declaration elsewhere. From beside the forges
   * those of the same artifact come first.
   */
  find(name: string, { artifact, forge }: TypeNameSite): Shape | Alias | undefined {
    const own = forge === undefined ? undefined : this.#byForge.get(forge)?.get(name);
    const near = own ?? this.#byArtifact.get(artifact)?.get(name);
    if (near !== undefined) return near;
    const everywhere = this.#byName.get(name) ?? [];
    const inside = forge === undefined
      ? everywhere.filter(({ place }) => place.artifact === artifact)
      : [];
    const [only, ...others] = inside.length > 0 ? inside : everywhere;
    return others.length === 0 ? only : undefined;
  }
}

function firstByName(shapes: readonly Shape[]): ReadonlyMap<string, Shape> {
  const names = new Map<string, Shape>();
  for (const shape of shapes) if (!names.has(shape.name)) names.set(shape.name, shape);
  return names;
}
