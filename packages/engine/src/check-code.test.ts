import {
  createRegistry,
  defineNode,
  property,
  type FlowNode,
  type JsonObject,
} from '@millrace/flow'
import { expect, it } from 'vitest'
import { checkCode } from './check-code.ts'
import type { FunctionCode } from './services.ts'
import { edges, fixtureNodes, flowOf } from './testing/fixture-nodes.ts'

const definition = defineNode({
  type: 'test.compute',
  version: 1,
  kind: 'action',
  title: 'Compute',
  system: 'Test',
  category: 'control',
  icon: 'test',
  description: 'Runs code.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    inputs: property.namedValues({ label: 'Inputs', names: 'identifier', itemLabel: 'Input' }),
    code: property.code({ label: 'Code', inputs: 'inputs' }),
  },
})
const registry = createRegistry({
  nodes: [definition, ...fixtureNodes.map((one) => one.definition)],
  connections: [],
})

/** Refuses code that says so, and inputs named `bad`. */
const functions = {
  check: ({ source, inputs }: FunctionCode) =>
    Promise.resolve(
      inputs.includes('bad')
        ? { message: 'It is bad.', input: 'bad' }
        : source === 'wrong'
          ? { message: 'It is wrong.', position: { line: 2, column: 3 } }
          : undefined,
    ),
}

function compute(id: string, properties: JsonObject, more: Partial<FlowNode> = {}): FlowNode {
  return { id, type: 'test.compute', title: id, properties, ...more }
}

const problemsIn = async (nodes: readonly FlowNode[], ...lines: readonly string[]) =>
  checkCode(flowOf(nodes, edges(...lines)), registry, functions)

it('[J18] tells what is wrong with each code, where it is, in the order of the nodes', async () => {
  const problems = await problemsIn(
    [
      compute('first', { code: 'wrong' }),
      compute('second', { code: 'right' }),
      compute('third', { code: 'right', inputs: [{ name: 'bad', value: 1 }] }),
    ],
    'first.next > second',
    'second.next > third',
  )
  expect(problems).toEqual([
    {
      code: 'code_invalid',
      severity: 'error',
      message: '"Code" of "first" cannot be read in line 2: It is wrong.',
      nodeId: 'first',
      property: 'code',
      position: { line: 2, column: 3 },
    },
    {
      code: 'code_invalid',
      severity: 'error',
      message: '"Code" of "third" cannot be read: It is bad.',
      nodeId: 'third',
      property: 'inputs',
    },
  ])
})

it('[J18] only warns of code that does not run', async () => {
  const problems = await problemsIn(
    [
      { id: 'trigger', type: 'test.trigger' },
      compute('disabled', { code: 'wrong' }, { disabled: true }),
      compute('loose', { code: 'wrong' }),
    ],
    'trigger.next > disabled',
  )
  expect(problems.map(({ nodeId, severity }) => [nodeId, severity])).toEqual([
    ['disabled', 'warning'],
    ['loose', 'warning'],
  ])
})

it('[J18] leaves to the check of the flow what is no code, or no list of inputs', async () => {
  const problems = await problemsIn([
    compute('empty', {}),
    compute('number', { code: 7 }),
    compute('reference', { code: { $ref: 'a' } }),
    compute('inputs', { code: 'right', inputs: 'bad' }),
    { id: 'unknown', type: 'test.unknown', properties: { code: 'wrong' } },
  ])
  expect(problems).toEqual([])
})

it('[J18] asks for one code at a time, however many a flow has', async () => {
  let asked = 0
  let most = 0
  const busy = {
    async check() {
      asked += 1
      most = Math.max(most, asked)
      await Promise.resolve()
      asked -= 1
      return undefined
    },
  }
  const nodes = Array.from({ length: 2000 }, (_, index) => compute(`n${index}`, { code: 'right' }))
  expect(await checkCode(flowOf(nodes, []), registry, busy)).toEqual([])
  expect(most).toBe(1)
})

it('[J18] reads code without the inputs whose names are no names', async () => {
  const asked: unknown[] = []
  const flow = flowOf(
    [
      compute('one', {
        code: 'x',
        inputs: [
          { name: 'a b', value: 1 },
          { name: 'x', value: 2 },
        ],
      }),
    ],
    [],
  )
  await checkCode(flow, registry, {
    check: async ({ inputs }) => {
      asked.push(inputs)
      return undefined
    },
  })
  expect(asked).toEqual([['x']])
})
