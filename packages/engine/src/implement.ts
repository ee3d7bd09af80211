import type {
  Case,
  CasesProperty,
  ColumnMappingProperty,
  ConditionsProperty,
  DeclaredField,
  ExecOutEach,
  FieldsProperty,
  Filter,
  FilterProperty,
  JsonValue,
  MappedColumn,
  NamedValue,
  NamedValuesProperty,
  NodeDefinition,
  OutputDefinition,
  RecordDefinitionProperty,
  RecordField,
  Resources,
  Schedule,
  SqlExpression,
  SqlProperty,
  Template,
  Usage,
  ValueOf,
} from '@millrace/flow'
import type { BlockEnd } from './block-end.ts'
import type { Connection, Services } from './services.ts'

/** What a property is to `run`, by its kind. */
type ResolvedProperty<P> = P extends ConditionsProperty
  ? () => boolean
  : P extends SqlProperty
    ? SqlExpression<unknown>
    : P extends RecordDefinitionProperty
      ? readonly RecordField<unknown>[]
      : P extends ColumnMappingProperty
        ? readonly MappedColumn<unknown>[]
        : P extends FilterProperty
          ? Filter<string | null, unknown>
          : P extends CasesProperty
            ? readonly Case<() => boolean>[]
            : P extends FieldsProperty
              ? readonly DeclaredField[]
              : P extends NamedValuesProperty
                ? readonly NamedValue<unknown>[]
                : P extends { readonly kind: 'schedule' }
                  ? Schedule
                  : ResolvedPlain<P>

/** The same, of a property inside which there are no bindings. */
type ResolvedPlain<P> = P extends { readonly kind: 'connection' }
  ? Connection
  : P extends { readonly kind: 'number' }
    ? number
    : P extends { readonly kind: 'boolean' }
      ? boolean
      : P extends { readonly kind: 'choice'; readonly options: infer Options }
        ? Extract<keyof Options, string>
        : P extends { readonly kind: 'json' }
          ? JsonValue
          : P extends { readonly kind: 'template' }
            ? Template
            : P extends { readonly type: infer T }
              ? ValueOf<T>
              : P extends { readonly kind: 'value' | 'reference' }
                ? unknown
                : string

type IsAlwaysThere<P> = P extends { readonly default: JsonValue }
  ? true
  : P extends { readonly required: true }
    ? P extends { readonly visible: unknown }
      ? false
      : true
    : false

/** The properties of a node as `run` receives them: bindings resolved, defaults filled in. */
export type PropertiesOf<D extends NodeDefinition> = {
  readonly [K in keyof D['properties']]: IsAlwaysThere<D['properties'][K]> extends true
    ? ResolvedProperty<D['properties'][K]>
    : ResolvedProperty<D['properties'][K]> | undefined
}

type Variables<Outputs> = {
  readonly [K in keyof Outputs]: Outputs[K] extends { readonly type: infer T }
    ? ValueOf<T>
    : unknown
}

/** The values of a node's outputs, by their key in the definition. */
export type OutputsOf<D extends NodeDefinition> =
  D['outputs'] extends Readonly<Record<string, OutputDefinition>> ? Variables<D['outputs']> : never

type ExecOuts<D extends NodeDefinition> = NonNullable<D['exec']>['out']

type RunBlock<Out> = Out extends ExecOutEach
  ? (id: string, variables: Variables<Out['block']>) => BlockEnd | Promise<BlockEnd>
  : Out extends { readonly block: infer Block }
    ? (variables: Variables<Block>) => BlockEnd | Promise<BlockEnd>
    : never

/**
 * Runs one sub-block of the node once, with the block's variables set. A block with nothing
 * connected ends at once with `next`. Answers at once where nothing in it has to be waited for; throws
 * or rejects when a node in it fails.
 */
export type BlocksOf<D extends NodeDefinition> = {
  readonly [
    K in keyof ExecOuts<D> as ExecOuts<D>[K] extends { readonly block: unknown } ? K : never
  ]: RunBlock<ExecOuts<D>[K]>
}

/** The resources attached to the node, by port, in the order of the document. */
export type AttachmentsOf<D extends NodeDefinition> = {
  readonly [K in keyof NonNullable<D['attachments']>]: NonNullable<D['attachments']>[K] extends {
    readonly accepts: infer Kind extends keyof Resources
  }
    ? readonly Resources[Kind][]
    : never
}

/** A call to the outside, as it is recorded once it ended. */
export interface CallRecord {
  readonly kind: 'model' | 'query' | 'request' | 'flow'
  /** From 1; a retry is a call of its own. */
  readonly attempt: number
  /** The statement of a query, in which its values have only names. */
  readonly statement?: string
  /** What was sent, without secrets; kept at trace `full` only. Of a query, the values by name. */
  readonly request?: unknown
  /** Epoch milliseconds, by the clock of the services. */
  readonly startedAt?: number
  readonly firstByteMs?: number
  readonly ms: number
  readonly usage?: Usage | null
  /** The model that answered, and why its answer ended, in the provider's words. */
  readonly model?: string
  readonly finishReason?: string
  /** What a model said instead of an answer; kept at trace `full` only. */
  readonly refusal?: string
  /** Of a request: what it did, and the status of its answer. */
  readonly method?: string
  readonly status?: number
  /** Of a call of another flow: its run. */
  readonly childRunId?: string
}

/** What a node can do to its run. */
export interface RunContext {
  readonly id: string
  readonly flowId: string
  /** The node that is visited; of a resource, its own. */
  readonly nodeId: string
  /** Whether values and deltas are being recorded at this moment. */
  readonly isTracedFully: boolean
  /** Sends one value to the client, now. The value must be JSON; it is copied as such. */
  yield(value: unknown): void
  log(level: 'info' | 'warning' | 'error', message: string, data?: unknown): void
  /** Shows text that streams inside this node; once per provider read, not per message. */
  delta(text: string): void
  /** Records a call to the outside; its usage counts towards the run's. */
  call(record: CallRecord): void
  /**
   * Waits for another run that is cancelled with this one: the time that its *finally* blocks take is
   * not held against the node, which would else be left behind 2 s after a cancellation.
   */
  waitWithin<T>(running: Promise<T>): Promise<T>
  /** Assigns one of the flow's own variables; throws when it takes no such value. */
  setVariable(name: string, value: unknown): void
}

/** What `run` of a node receives. */
export interface NodeContext<D extends NodeDefinition> {
  readonly nodeId: string
  /** The node's title in this flow, for messages. */
  readonly title: string
  readonly properties: PropertiesOf<D>
  /** The keys of the properties that the flow itself gives a value; the others have their default. */
  readonly given: ReadonlySet<string>
  readonly attachments: AttachmentsOf<D>
  readonly blocks: BlocksOf<D>
  /** The exec-outs with a sub-block that something is connected to. */
  readonly connected: ReadonlySet<string>
  /** Aborted when the run is cancelled; reaches every wait and socket of the node. */
  readonly signal: AbortSignal
  readonly run: RunContext
  readonly services: Services
}

/** What `provide` of a resource receives: what a node does, but its run, which each call gets. */
export type ProvideContext<D extends NodeDefinition> = Omit<
  NodeContext<D>,
  'blocks' | 'connected' | 'run'
>

/**
 * A resource as its node provides it: an object of functions, each of which also gets what it can do
 * to the run in this call, after what its host gives it.
 */
export type Providing<R> = {
  readonly [M in keyof R]: R[M] extends (...values: infer Values) => infer Answer
    ? (...values: [...Values, run: RunContext]) => Answer
    : R[M]
}

type ProvidedBy<D extends NodeDefinition> = D['provides'] extends keyof Resources
  ? Providing<Resources[D['provides']]>
  : never

/** How a node ended; nothing at all means: no outputs, go on. */
export interface NodeResult<D extends NodeDefinition> {
  readonly outputs?: OutputsOf<D>
  /** Where control goes; `next` when not given. */
  readonly end?: BlockEnd
}

// oxlint-disable-next-line no-invalid-void-type -- a node that has nothing to say returns nothing
type RunResult<D extends NodeDefinition> = NodeResult<D> | void

/** The run function of a node, beside its definition. */
export type Implementation =
  | {
      readonly kind: 'action'
      readonly definition: NodeDefinition
      readonly run: (context: NodeContext<NodeDefinition>) => UntypedResult | Promise<UntypedResult>
    }
  | {
      readonly kind: 'trigger'
      readonly definition: NodeDefinition
      readonly accept: (
        input: unknown,
        properties: Readonly<Record<string, unknown>>,
      ) => Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'resource'
      readonly definition: NodeDefinition
      readonly provide: (
        context: ProvideContext<NodeDefinition>,
      ) => Resources[keyof Resources] | Promise<Resources[keyof Resources]>
    }

/** The result of any node, its types forgotten. */
export type UntypedResult = {
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly end?: BlockEnd
  // oxlint-disable-next-line no-invalid-void-type -- as above
} | void

/**
 * Implements an action. `run` may answer at once or by a promise; it rejects with a `FlowError`.
 * A `run` that only decides or yields should not be async: it then costs no turn of the queue.
 */
export function implement<const D extends NodeDefinition>(
  definition: D,
  run: (context: NodeContext<D>) => RunResult<D> | Promise<RunResult<D>>,
): Implementation {
  // The engine builds the context from the same definition, so the types meet at run time.
  return { kind: 'action', definition, run: run as never }
}

/**
 * Implements a trigger: turns what a caller sent into the trigger's outputs, before the run starts.
 * The input is `undefined` when the caller sent nothing. Throws `input_invalid` when it cannot.
 */
export function implementTrigger<const D extends NodeDefinition>(
  definition: D,
  accept: (input: unknown, properties: PropertiesOf<D>) => OutputsOf<D>,
): Implementation {
  return { kind: 'trigger', definition, accept: accept as never } // as above
}

/**
 * Implements a resource: makes, each time its host starts, the object whose functions the host
 * calls. Each call of one is a visit of the resource's node.
 */
export function implementResource<const D extends NodeDefinition>(
  definition: D,
  provide: (context: ProvideContext<D>) => ProvidedBy<D> | Promise<ProvidedBy<D>>,
): Implementation {
  return { kind: 'resource', definition, provide: provide as never } // as above
}
