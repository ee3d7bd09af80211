import {
  defineNode,
  FlowError,
  isRecord,
  property,
  type Edge,
  type Flow,
  type FlowNode,
  type JsonObject,
} from '@millrace/flow'
import { next } from '../block-end.ts'
import { implement, implementResource, implementTrigger } from '../implement.ts'
import type { NodePackage } from '../node-package.ts'

/** Small nodes with which tests draw programs; none of them does anything but what its name says. */

const trigger = defineNode({
  type: 'test.trigger',
  version: 1,
  kind: 'trigger',
  title: 'Trigger',
  system: 'Test',
  category: 'trigger',
  icon: 'test',
  description: 'Starts a test.',
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: { outputVariable: property.variableName({ label: 'Output', default: 'input' }) },
  outputs: { input: { nameFrom: 'outputVariable', type: { record: {} } } },
})

const repeat = defineNode({
  type: 'test.repeat',
  version: 1,
  kind: 'action',
  title: 'Repeat',
  system: 'Test',
  category: 'control',
  icon: 'test',
  description: 'Runs its block some times.',
  exec: {
    in: true,
    out: {
      each: {
        label: 'Each',
        block: { item: { nameFrom: 'itemVariable', type: 'number' } },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  attachments: { reducer: { label: 'Reducer', accepts: 'historyReducer' } },
  properties: {
    times: property.number({ label: 'Times', required: true }),
    itemVariable: property.variableName({ label: 'Item', default: 'item' }),
    countVariable: property.variableName({ label: 'Count', default: 'count' }),
  },
  outputs: { count: { nameFrom: 'countVariable', type: 'number' } },
})

const choose = defineNode({
  type: 'test.choose',
  version: 1,
  kind: 'action',
  title: 'Choose',
  system: 'Test',
  category: 'control',
  icon: 'test',
  description: 'Runs one of two blocks.',
  exec: {
    in: true,
    out: {
      true: { label: 'True', block: {} },
      false: { label: 'False', block: {} },
      continue: { label: 'Continue' },
    },
  },
  properties: { condition: property.conditions({ label: 'Condition', required: true }) },
})

const attempt = defineNode({
  type: 'test.attempt',
  version: 1,
  kind: 'action',
  title: 'Attempt',
  system: 'Test',
  category: 'control',
  icon: 'test',
  description: 'Runs a block, and another one when that fails.',
  exec: {
    in: true,
    out: {
      try: { label: 'Try', block: {} },
      catch: { label: 'Catch', block: {} },
      finally: { label: 'Finally', block: {}, finally: true },
      continue: { label: 'Continue' },
    },
  },
  properties: {},
})

const say = defineNode({
  type: 'test.say',
  version: 1,
  kind: 'action',
  title: 'Say',
  system: 'Test',
  category: 'output',
  icon: 'test',
  description: 'Yields a value.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: { value: property.value({ label: 'Value', required: true }) },
  yields: true,
})

const jump = defineNode({
  type: 'test.jump',
  version: 1,
  kind: 'action',
  title: 'Jump',
  system: 'Test',
  category: 'output',
  icon: 'test',
  description: 'Breaks, continues, returns or throws.',
  exec: { in: true, out: {} },
  properties: {
    to: property.text({ label: 'To', required: true }),
    value: property.value({ label: 'Value' }),
  },
})

const wait = defineNode({
  type: 'test.wait',
  version: 1,
  kind: 'action',
  title: 'Wait',
  system: 'Test',
  category: 'control',
  icon: 'test',
  description: 'Waits until the run is cancelled, politely or not.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: { isDeaf: property.boolean({ label: 'Deaf', default: false }) },
})

const assign = defineNode({
  type: 'test.assign',
  version: 1,
  kind: 'action',
  title: 'Assign',
  system: 'Test',
  category: 'control',
  icon: 'test',
  description: 'Assigns a flow variable, and streams and logs what it assigned.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    variable: property.flowVariable({ label: 'Variable', required: true }),
    value: property.value({ label: 'Value' }),
    text: property.text({ label: 'Text' }),
  },
})

const reducer = defineNode({
  type: 'test.reducer',
  version: 1,
  kind: 'resource',
  title: 'Reducer',
  system: 'Test',
  category: 'attachment',
  icon: 'test',
  description: 'A resource.',
  provides: 'historyReducer',
  properties: { keep: property.number({ label: 'Keep', default: 1 }) },
})

/** What the test nodes do. */
export const fixtureNodes = [
  implementTrigger(trigger, (input) => {
    if (!isRecord(input)) throw new FlowError('input_invalid', 'The input must be an object.')
    return { input }
  }),
  implement(repeat, async ({ properties, blocks, attachments }) => {
    let count = 0
    if (attachments.reducer[0] !== undefined)
      count += (await attachments.reducer[0].reduce([])).length
    for (let item = 0; item < properties.times; item += 1) {
      const end = await blocks.each({ item })
      count += 1
      if (end.kind === 'break') break
      if (end.kind === 'return' || end.kind === 'cancelled') return { outputs: { count }, end }
    }
    return { outputs: { count } }
  }),
  implement(choose, async ({ properties, blocks }) => ({
    end: properties.condition() ? await blocks.true({}) : await blocks.false({}),
  })),
  implement(attempt, async ({ blocks }) => {
    try {
      try {
        return { end: await blocks.try({}) }
      } catch {
        return { end: await blocks.catch({}) }
      }
    } finally {
      await blocks.finally({})
    }
  }),
  implement(say, ({ properties, run }) => {
    run.yield(properties.value)
  }),
  implement(jump, ({ properties }) => {
    if (properties.to === 'break') return { end: { kind: 'break' } }
    if (properties.to === 'continue') return { end: { kind: 'continue' } }
    if (properties.to === 'return')
      return { end: { kind: 'return', value: properties.value ?? null } }
    if (properties.to === 'next') return { end: next }
    if (properties.to === 'defect') throw new TypeError('undefined is not a function')
    throw new FlowError('provider_failed', `Thrown: ${properties.to}.`)
  }),
  implement(
    wait,
    ({ properties, signal }) =>
      new Promise((_, reject) => {
        if (!properties.isDeaf)
          signal.addEventListener('abort', () => reject(signal.reason as Error))
      }),
  ),
  implement(assign, ({ properties, run }) => {
    run.setVariable(properties.variable, properties.value ?? null)
    if (properties.text !== undefined) run.delta(properties.text)
    run.call({
      kind: 'model',
      attempt: 1,
      ms: 1,
      request: { secretless: true },
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    })
    run.log('info', 'Assigned.')
  }),
  implementResource(reducer, ({ properties: { keep } }) => ({
    reduce(_, run) {
      if (keep === 0) throw new FlowError('provider_failed', 'Nothing may be kept.')
      run.log('info', `Keeps ${keep}.`)
      return Promise.resolve(Array.from({ length: keep }, () => ({ role: 'user', content: 'k' })))
    },
  })),
]

/** The packages to compile a test's flow with. */
export const fixtures: readonly NodePackage[] = [{ nodes: fixtureNodes }]

/** A node by its id, which is also its type unless the id is `type_name`. */
export function node(id: string, properties?: JsonObject, fields?: Partial<FlowNode>): FlowNode {
  return {
    id,
    type: `test.${id.split('_')[0]}`,
    ...(properties === undefined ? {} : { properties }),
    ...fields,
  }
}

/** Edges from lines such as `repeat.each -> say`; a node without a port goes on at `next`. */
export function edges(...lines: readonly string[]): readonly Edge[] {
  return lines.map((line) => {
    const [from = '', to = ''] = line.split(' -> ')
    const [id = '', port = 'next'] = from.split('.')
    return { from: [id, port], to }
  })
}

/** A flow of test nodes. */
export function flowOf(
  nodes: readonly FlowNode[],
  edgeList: readonly Edge[],
  rest?: Partial<Flow>,
): Flow {
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'test',
    name: 'Test',
    nodes,
    edges: edgeList,
    ...rest,
  }
}
