import { alwaysJumps } from './always-jumps.ts'
import type { Registry } from './definition.ts'
import type { Flow } from './flow.ts'
import { programOf, type Block, type Step } from './program.ts'
import { scopesOf, type FlowScopes, type ScopeVariable } from './scope.ts'
import { typeOfBinding } from './type-of-binding.ts'
import { optional, type Type } from './type.ts'

/**
 * The types of what a run of the flow may result in, each once: what its jumps out of the flow say
 * that they return. `any` is among them where one does not say it, and where a run may reach the end
 * without a jump; a flow that always fails has none.
 */
export function resultTypesOf(flow: Flow, registry: Registry): readonly Type[] {
  const program = programOf(flow, registry)
  const results = new Results(scopesOf(flow, registry, program))
  const isEnded = program.entry !== undefined && results.block(program.entry)
  return results.types(isEnded ? [] : ['any'])
}

/** One walk, which gathers what is returned and tells of each block whether it always ends in a jump. */
class Results {
  readonly #scopes: FlowScopes
  readonly #byText = new Map<string, Type>()

  constructor(scopes: FlowScopes) {
    this.#scopes = scopes
  }

  types(others: readonly Type[]): readonly Type[] {
    for (const type of others) this.#add(type)
    return [...this.#byText.values()]
  }

  block({ steps }: Block): boolean {
    // What stands behind a jump never runs.
    return steps.some((step) => this.#step(step))
  }

  #step(step: Step): boolean {
    if (step.node.disabled === true) return false
    if (step.definition?.jump === 'return') this.#add(this.#returnedBy(step))
    const jumping = [...step.blocks].flatMap(([port, block]) => (this.block(block) ? [port] : []))
    return alwaysJumps(step, new Set(jumping))
  }

  #returnedBy({ node, definition }: Step): Type {
    const key = definition?.returns
    if (key === undefined) return 'any'
    const visible = this.#scopes.visibleAt(node.id)
    return typeOfBinding(node.properties?.[key], {
      find(name) {
        const found = visible.find(name)
        return found && withNull(found)
      },
      named: (names) => visible.named(names).map(withNull),
    })
  }

  #add(type: Type): void {
    this.#byText.set(JSON.stringify(type), type)
  }
}

/** A variable of the flow takes null, and holds it at first where it is given no value. */
function withNull(variable: ScopeVariable): ScopeVariable {
  return variable.origin.kind === 'flow' ? { ...variable, type: optional(variable.type) } : variable
}
