import {
  cancelled,
  implement,
  next,
  type BlockEnd,
  type CalledRun,
  type NodeContext,
} from '@millrace/engine'
import {
  describeType,
  emptyValue,
  FlowError,
  isOfType,
  typeOfDeclared,
  type RunEventOf,
} from '@millrace/flow'
import { kindOf } from '../../kind-of.ts'
import { runFlowNode } from './definition.ts'

type Context = NodeContext<typeof runFlowNode>

/** Runs another flow and waits for its end; its yields go on to the client, or into the block. */
export const runRunFlow = implement(runFlowNode, async (context) => {
  const { properties, signal, run, services } = context
  const startedAt = services.now()
  const stopping = new AbortController()
  const child = await startChild(context, AbortSignal.any([signal, stopping.signal]))
  const ended = run.waitWithin(child.end)
  let jump: BlockEnd = next
  let end: RunEventOf<'run-end'>
  try {
    jump = await takeValues(context, child)
  } finally {
    // [R5] Also when a node of the block failed: the other run never outlives this node.
    stopping.abort()
    end = await ended
    run.call({
      kind: 'flow',
      attempt: 1,
      startedAt,
      ms: services.now() - startedAt,
      childRunId: child.runId,
      usage: end.usage ?? null,
    })
  }
  if (signal.aborted) return { end: cancelled }
  if (jump.kind === 'next') return { outputs: { result: resultOf(context, child, end) } }
  const outputs = { result: emptyValue(typeOfDeclared(properties.resultType)) }
  return jump.kind === 'break' ? { outputs } : { outputs, end: jump }
})

async function startChild(context: Context, signal: AbortSignal): Promise<CalledRun> {
  const { properties, run, services } = context
  const { flow: flowId, inputs = [] } = properties
  if (services.flows === undefined) {
    throw new FlowError(
      'flow_invalid',
      `"${context.title}" cannot run "${flowId}" here: no other flows are at hand. Run it on a server, or give the engine a way to find flows.`,
      { property: 'flow' },
    )
  }
  // Without any inputs nothing is sent, so that the default data of the other trigger counts.
  const given = Object.fromEntries(inputs.map(({ name, value }) => [name, value]))
  const input = inputs.length === 0 ? undefined : given
  try {
    return await services.flows.start({ flowId, input, caller: run.id, signal })
  } catch (error) {
    if (!(error instanceof FlowError)) throw error
    const refusal = error.saying(`The flow "${flowId}" did not start: ${error.message}`)
    throw inCaller(refusal, error.code === 'input_invalid' ? 'inputs' : 'flow')
  }
}

/** [R3] Hands each value on before the next one is taken. Answers how the block ended. */
async function takeValues(
  { blocks, connected, run }: Context,
  { values }: CalledRun,
): Promise<BlockEnd> {
  const isTaken = connected.has('forEachYield')
  for await (const value of values) {
    if (!isTaken) {
      run.yield(value)
      continue
    }
    const end = await blocks.forEachYield({ value })
    if (end.kind !== 'next' && end.kind !== 'continue') return end
  }
  return next
}

function resultOf(
  { properties: { flow: flowId, resultType } }: Context,
  { runId }: CalledRun,
  { outcome, result = null, error }: RunEventOf<'run-end'>,
): unknown {
  const details = { childRunId: runId }
  if (error !== undefined) {
    const { code, message, ...rest } = error
    // What failed further down says already in which flow.
    const isTold = rest.details?.['childRunId'] !== undefined
    const told = isTold ? message : `The flow "${flowId}" failed: ${message}`
    const failure = new FlowError(code, told, rest)
    throw inCaller(failure, 'flow', details)
  }
  if (outcome !== 'completed') {
    throw new FlowError(
      outcome === 'interrupted' ? 'draining' : 'cancelled',
      `The run of the flow "${flowId}" was stopped before it had ended.`,
      { property: 'flow', details, retryable: true },
    )
  }
  const type = typeOfDeclared(resultType)
  if (isOfType(result, type)) return result
  throw new FlowError(
    'input_invalid',
    `The flow "${flowId}" returned ${kindOf(result)}, where "Result type" says ${describeType(type)}. Change the type, or what that flow returns.`,
    { property: 'resultType', details },
  )
}

/** [R6] An error of another run, located in this one: its own node is none of this flow's. */
function inCaller(error: FlowError, property: string, more: object = {}): FlowError {
  const { code, message, retryable, nodeId, property: childProperty, details } = error.toShape()
  const place = {
    ...(nodeId === undefined ? {} : { childNodeId: nodeId }),
    ...(nodeId === undefined || childProperty === undefined ? {} : { childProperty }),
  }
  return new FlowError(code, message, {
    retryable,
    property,
    details: { ...details, ...place, ...more },
    cause: error,
  })
}
