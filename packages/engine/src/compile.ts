import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import {
  checkFlow,
  createRegistry,
  emptyValue,
  FlowError,
  hasErrors,
  isSet,
  isVisible,
  migrateNodes,
  parseFlow,
  programOf,
  scopesOf,
  serializeFlow,
  settingsOf,
  titleOf,
  typeOfFlowVariable,
  type Block,
  type DeclaredVariable,
  type Flow,
  type FlowNode,
  type FlowScopes,
  type NodeDefinition,
  type Program,
  type Registry,
  type Step,
} from '@millrace/flow'
import { freezeDeep } from './freeze-deep.ts'
import type { Implementation } from './implement.ts'
import { invalidFlow } from './invalid-flow.ts'
import type { NodePackage } from './node-package.ts'
import type {
  Plan,
  PlannedAttachment,
  PlannedBlock,
  PlannedProperty,
  PlannedStep,
  PlannedSubBlock,
  PlannedTrigger,
  PlannedVariable,
} from './plan.ts'
import { resolveProperties } from './open-properties.ts'
import { compileProperty, type Slots } from './resolve.ts'

/**
 * Turns a flow document, as JSON, into a plan of the nodes of these packages. [C1] A flow with an
 * error is refused whole, with every problem: throws `flow_invalid` with `details.problems`. Two nodes
 * of one type among the packages are a defect.
 */
export function compile(document: unknown, packages: readonly NodePackage[]): Plan {
  const nodes = packages.flatMap((one) => one.nodes)
  const registry = createRegistry({
    nodes: nodes.map(({ definition }) => definition),
    connections: packages.flatMap(({ connections = [] }) => connections),
    migrations: packages.flatMap(({ migrations = [] }) => migrations),
  })
  const flow = migrateNodes(read(document), registry)
  const problems = checkFlow(flow, registry)
  if (hasErrors(problems)) throw invalidFlow(problems)
  const implementations = new Map(nodes.map((node) => [node.definition.type, node]))
  return new Compiler(flow, registry, implementations).compile()
}

function read(document: unknown): Flow {
  const parsed = parseFlow(document)
  switch (parsed.status) {
    case 'flow':
      return parsed.flow
    case 'newer':
      throw new FlowError(
        'flow_invalid',
        `The flow is of version ${parsed.version}, which this Millrace does not know. Update Millrace to run it.`,
      )
    case 'malformed':
      throw invalidFlow(parsed.problems)
  }
}

/** The content hash of a flow: SHA-256 of its canonical text, in hexadecimal. */
export function hashFlow(flow: Flow): string {
  return bytesToHex(sha256(utf8ToBytes(serializeFlow(flow))))
}

class Compiler {
  readonly #flow: Flow
  readonly #registry: Registry
  readonly #implementations: ReadonlyMap<string, Implementation>
  readonly #nodes: ReadonlyMap<string, FlowNode>
  readonly #program: Program
  readonly #scopes: FlowScopes
  readonly #handsOnYieldsOf = new Set<string>()
  #slots = 0
  #yields = false

  constructor(
    flow: Flow,
    registry: Registry,
    implementations: ReadonlyMap<string, Implementation>,
  ) {
    this.#flow = flow
    this.#registry = registry
    this.#implementations = implementations
    this.#program = programOf(flow, registry)
    this.#scopes = scopesOf(flow, registry, this.#program)
    this.#nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  }

  compile(): Plan {
    const { entry } = this.#program
    const variables = new Map(
      (this.#flow.variables ?? []).map((variable) => [
        variable.name,
        {
          slot: this.#nextSlot(),
          type: typeOfFlowVariable(variable),
          value: variable.value ?? null,
        },
      ]),
    )
    let scope: Slots = new Map([...variables].map(([name, { slot }]) => [name, slot]))
    const [first, ...others] = entry?.steps ?? []
    let trigger: PlannedTrigger | undefined
    let steps = entry?.steps ?? []
    if (first?.definition?.kind === 'trigger') {
      const initial = [...variables.values()].map(({ value }) => value)
      const properties = this.#planProperties(first.node, first.definition, scope)
      trigger = this.#planTrigger(first.node, first.definition, {
        properties: resolveProperties(properties, initial),
      })
      scope = extend(scope, trigger.outputs)
      steps = others
    }
    const block = this.#planBlock({ port: undefined, steps }, scope)
    return freezeDeep({
      flow: this.#flow,
      document: hashFlow(this.#flow),
      settings: settingsOf(this.#flow),
      trigger,
      block,
      slots: this.#slots,
      variables,
      yields: this.#yields,
      handsOnYieldsOf: [...this.#handsOnYieldsOf],
    })
  }

  #nextSlot(): number {
    return this.#slots++
  }

  #planTrigger(
    node: FlowNode,
    definition: NodeDefinition,
    { properties }: Pick<PlannedTrigger, 'properties'>,
  ): PlannedTrigger {
    return {
      nodeId: node.id,
      properties,
      implementation: this.#implementationOf(definition, 'trigger'),
      outputs: this.#planVariables(this.#scopes.outputsOf(node.id)),
    }
  }

  #planBlock(block: Block, outer: Slots): PlannedBlock {
    let scope = outer
    const steps = block.steps.map((step) => {
      const planned = this.#planStep(step, scope)
      scope = extend(scope, planned.outputs)
      return planned
    })
    return { steps }
  }

  #planStep({ node, definition, blocks }: Step, scope: Slots): PlannedStep {
    if (definition === undefined) throw new Error(`"${node.type}" passed the check unknown.`)
    const isDisabled = node.disabled === true
    if (!isDisabled) this.#noteYields(node, definition, blocks)
    return {
      nodeId: node.id,
      title: titleOf(node, definition),
      isDisabled,
      isImmediate: isImmediate(definition),
      blockPorts: blockPortsOf(definition),
      implementation: this.#implementationOf(definition, 'action'),
      properties: isDisabled ? [] : this.#planProperties(node, definition, scope),
      given: givenProperties(node),
      outputs: this.#planVariables(this.#scopes.outputsOf(node.id)),
      blocks: isDisabled
        ? new Map()
        : new Map(
            [...blocks].map(([port, block]) => [port, this.#planSubBlock(node, block, scope)]),
          ),
      connected: new Set(blocks.keys()),
      attachments: isDisabled ? [] : this.#planAttachments(node.id, scope),
    }
  }

  #noteYields(
    { properties = {} }: FlowNode,
    { yields }: NodeDefinition,
    blocks: Step['blocks'],
  ): void {
    if (typeof yields !== 'object') {
      if (yields === true) this.#yields = true
      return
    }
    const flowId = properties[yields.ofFlow]
    if (typeof flowId === 'string' && !blocks.has(yields.unless)) this.#handsOnYieldsOf.add(flowId)
  }

  #planSubBlock(node: FlowNode, block: Block, outer: Slots): PlannedSubBlock {
    const { port } = block
    const variables =
      port === undefined ? [] : this.#planVariables(this.#scopes.blockVariablesOf(node.id, port.id))
    return {
      port: port?.id ?? '',
      isLoop: port?.isLoop ?? false,
      isFinally: port?.isFinally ?? false,
      variables,
      ...this.#planBlock(block, extend(outer, variables)),
    }
  }

  #planProperties(
    node: FlowNode,
    definition: NodeDefinition,
    scope: Slots,
  ): readonly PlannedProperty[] {
    const title = titleOf(node, definition)
    return Object.entries(definition.properties).map(([key, property]) => {
      const site = { nodeId: node.id, title, key }
      return {
        key,
        kind: property.kind,
        hidesSecrets: property.kind === 'namedValues' && property.names === 'text',
        // What is hidden is not checked either, so whatever stands there counts for nothing.
        resolve: isVisible(property, definition, node)
          ? compileProperty({ ...site, property }, node.properties?.[key], scope)
          : compileProperty(
              { ...site, property: { ...property, required: false } },
              undefined,
              scope,
            ),
      }
    })
  }

  #planVariables(variables: readonly DeclaredVariable[]): readonly PlannedVariable[] {
    return variables.map(({ key, name, type }) => ({
      key,
      name,
      slot: this.#nextSlot(),
      type,
      empty: emptyValue(type),
    }))
  }

  #planAttachments(hostId: string, scope: Slots): readonly PlannedAttachment[] {
    return (this.#flow.attachments ?? []).flatMap(({ host: [id, port], resource }) => {
      const node = this.#nodes.get(resource)
      const definition = node && this.#registry.nodes.get(node.type)
      if (id !== hostId || node === undefined || definition === undefined) return []
      if (node.disabled === true) return []
      return [
        {
          port,
          nodeId: resource,
          title: titleOf(node, definition),
          implementation: this.#implementationOf(definition, 'resource'),
          properties: this.#planProperties(node, definition, scope),
          given: givenProperties(node),
          attachments: this.#planAttachments(resource, scope),
        },
      ]
    })
  }

  #implementationOf<K extends Implementation['kind']>(
    definition: NodeDefinition,
    kind: K,
  ): Extract<Implementation, { kind: K }> {
    const implementation = this.#implementations.get(definition.type)
    if (implementation?.kind !== kind) {
      throw new FlowError(
        'flow_invalid',
        `"${definition.title}" cannot run: it is defined as ${definition.kind}, but implemented as ${implementation?.kind ?? 'nothing'}.`,
      )
    }
    return implementation as Extract<Implementation, { kind: K }> // its kind was just compared
  }
}

function givenProperties({ properties = {} }: FlowNode): ReadonlySet<string> {
  return new Set(Object.keys(properties).filter((key) => isSet(properties[key])))
}

function isImmediate({ properties, attachments = {} }: NodeDefinition): boolean {
  return (
    Object.keys(attachments).length === 0 &&
    Object.values(properties).every(({ kind }) => kind !== 'connection')
  )
}

function blockPortsOf(definition: NodeDefinition): PlannedStep['blockPorts'] {
  return Object.entries(definition.exec?.out ?? {}).flatMap(([key, out]) =>
    out.block === undefined ? [] : [{ key, isEach: 'each' in out }],
  )
}

function extend(scope: Slots, variables: readonly PlannedVariable[]): Slots {
  if (variables.length === 0) return scope
  return new Map([...scope, ...variables.map(({ name, slot }) => [name, slot] as const)])
}
