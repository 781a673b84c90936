/**
 * The linear bindings of a Q process as in the upstream executor: a name is bound once and is dead after a move or a consumption.
 * At most one live name refers to a resource, so a live name always has a live resource.
 *
 * @module
 */
import { type Result, success } from "../base/result.ts";
import { type HostFailure, hostFailure } from "./failure.ts";

/** A name that a linear resource was bound to. */
interface Binding {
  readonly resource: string;
  isMoved: boolean;
}

/** The linear bindings of one run. Every operation returns the resource that it acts on. */
export class HostLinearBindings {
  readonly #bindings = new Map<string, Binding>();
  #allocated = 0;

  /** Binds a new resource to a name. */
  alloc(name: string): Result<string, HostFailure> {
    if (this.#bindings.has(name)) {
      return hostFailure("DR1209", `Q alloc failed: name already bound: ${name}`);
    }
    this.#allocated++;
    return this.#bind(name, `q${this.#allocated}`);
  }

  /** Moves the resource of `source` to the name `target`. */
  move(source: string, target: string): Result<string, HostFailure> {
    if (this.#bindings.has(target)) {
      return hostFailure("DR1209", `Q move failed: destination already bound: ${target}`);
    }
    const moved = this.#end(source, "Q move failed");
    return moved.ok ? this.#bind(target, moved.value) : moved;
  }

  /** Uses a live name; changes nothing. */
  use(name: string): Result<string, HostFailure> {
    const binding = this.#bindings.get(name);
    if (binding === undefined) {
      return hostFailure("DR1209", `Q use failed: unknown binding: ${name} (op=q_use)`);
    }
    if (binding.isMoved) {
      return hostFailure("DR1209", `Q use failed: binding already moved: ${name} (op=q_use)`);
    }
    return success(binding.resource);
  }

  /** Ends a name and its resource. */
  consume(name: string): Result<string, HostFailure> {
    return this.#end(name, "Q consume failed");
  }

  /** The live names with their resources, in the order of binding. */
  *live(): Generator<{ readonly name: string; readonly resource: string }> {
    for (const [name, { resource, isMoved }] of this.#bindings) {
      if (!isMoved) yield { name, resource };
    }
  }

  #bind(name: string, resource: string): Result<string, HostFailure> {
    this.#bindings.set(name, { resource, isMoved: false });
    return success(resource);
  }

  #end(name: string, what: string): Result<string, HostFailure> {
    const binding = this.#bindings.get(name);
    if (binding === undefined) return hostFailure("DR1209", `${what}: unknown binding: ${name}`);
    if (binding.isMoved) {
      return hostFailure("DR1209", `${what}: binding already moved: ${name}`);
    }
    binding.isMoved = true;
    return success(binding.resource);
  }
}
