import type { Flow, PropertyKind, SettledSettings, Type } from '@millrace/flow'
import type { Implementation } from './implement.ts'
import type { Properties } from './open-properties.ts'
import type { Resolver } from './resolve.ts'

/**
 * A flow that compiled: checked, a tree of blocks, its bindings turned into resolvers. Frozen, and
 * shared by any number of runs; a run keeps its values in slots of its own.
 */
export interface Plan {
  readonly flow: Flow
  /** The content hash of the canonical document. */
  readonly document: string
  readonly settings: SettledSettings
  readonly trigger: PlannedTrigger | undefined
  readonly block: PlannedBlock
  /** How many slots a run's values take. */
  readonly slots: number
  /** The slot, the type and the first value of each variable of the flow. */
  readonly variables: ReadonlyMap<
    string,
    { readonly slot: number; readonly type: Type; readonly value: unknown }
  >
  /** Whether any step of this flow itself can yield a value to the client. */
  readonly yields: boolean
  /** The ids of the flows that it runs and whose yields it hands on to the client. */
  readonly handsOnYieldsOf: readonly string[]
}

export interface PlannedTrigger {
  readonly nodeId: string
  readonly implementation: Extract<Implementation, { kind: 'trigger' }>
  /** Worked out already: a trigger starts before there are values of a run. */
  readonly properties: Properties
  readonly outputs: readonly PlannedVariable[]
}

export interface PlannedBlock {
  readonly steps: readonly PlannedStep[]
}

/** One action in a block. */
export interface PlannedStep {
  readonly nodeId: string
  readonly title: string
  readonly isDisabled: boolean
  readonly implementation: Extract<Implementation, { kind: 'action' }>
  readonly properties: readonly PlannedProperty[]
  readonly given: ReadonlySet<string>
  readonly outputs: readonly PlannedVariable[]
  /** Whether there is nothing to wait for before it runs: no connection and no resource. */
  readonly isImmediate: boolean
  /** The exits with a sub-block, as the definition has them; `isEach` for one block an item. */
  readonly blockPorts: readonly { readonly key: string; readonly isEach: boolean }[]
  /** The sub-blocks that something is connected to, by port. */
  readonly blocks: ReadonlyMap<string, PlannedSubBlock>
  /** The ports of these. */
  readonly connected: ReadonlySet<string>
  readonly attachments: readonly PlannedAttachment[]
}

export interface PlannedSubBlock extends PlannedBlock {
  readonly port: string
  readonly variables: readonly PlannedVariable[]
  readonly isLoop: boolean
  readonly isFinally: boolean
}

export interface PlannedVariable {
  /** The key under which the node's implementation knows it. */
  readonly key: string
  readonly name: string
  readonly slot: number
  readonly type: Type
  /** What it holds when the node is disabled. */
  readonly empty: unknown
}

export interface PlannedProperty {
  readonly key: string
  readonly kind: PropertyKind
  /** Whether the names of its values may say that a value is a secret, as those of headers do. */
  readonly hidesSecrets: boolean
  readonly resolve: Resolver
}

/** A resource at a port of its host. */
export interface PlannedAttachment {
  readonly port: string
  readonly nodeId: string
  readonly title: string
  readonly implementation: Extract<Implementation, { kind: 'resource' }>
  readonly properties: readonly PlannedProperty[]
  readonly given: ReadonlySet<string>
  readonly attachments: readonly PlannedAttachment[]
}
