import { describe, expect, it } from 'vitest'
import { defineNode, FlowError, property } from '@millrace/flow'
import { compile, hashFlow } from './compile.ts'
import { implement } from './implement.ts'
import { runFlow } from './run-flow.ts'
import { fakeServices } from './testing/fake-services.ts'
import { edges, fixtures, flowOf, node } from './testing/fixture-nodes.ts'

const working = flowOf(
  [node('trigger'), node('repeat', { times: 2 }), node('say', { value: { $ref: 'item' } })],
  edges('trigger -> repeat', 'repeat.each -> say'),
)

describe('compiling', () => {
  it('[C1] refuses a flow with errors, with every problem in the details', () => {
    const broken = {
      ...working,
      nodes: working.nodes.map((one) =>
        one.id === 'say' ? node('say', { value: { $ref: 'itm' }, volume: 1 }) : one,
      ),
    }
    const error = caught(() => compile(broken, fixtures))
    expect(error.code).toBe('flow_invalid')
    expect(error.details?.problems?.map(({ code }) => code).toSorted()).toEqual([
      'property_unknown',
      'reference_broken',
    ])
  })

  it('[C1] takes a flow that has warnings only', () => {
    const loose = { ...working, nodes: [...working.nodes, node('say_loose', { value: 1 })] }
    expect(compile(loose, fixtures).block.steps).toHaveLength(1)
  })

  it('[C1] refuses a node that is in none of the packages', () => {
    const error = caught(() => compile(working, []))
    expect(error.code).toBe('flow_invalid')
    expect(error.details?.problems?.map(({ code, nodeId }) => [code, nodeId])).toEqual([
      ['node_unknown', 'trigger'],
      ['node_unknown', 'repeat'],
      ['node_unknown', 'say'],
    ])
  })

  it('[C1] refuses what is no flow document, and what a newer Millrace wrote', () => {
    const malformed = caught(() => compile({ ...working, name: 3 }, fixtures))
    expect(malformed).toMatchObject({
      code: 'flow_invalid',
      details: { problems: [{ code: 'document_malformed', path: ['name'] }] },
    })
    const newer = caught(() => compile({ ...working, version: 99 }, fixtures))
    expect(newer).toMatchObject({
      code: 'flow_invalid',
      message: expect.stringContaining('version 99') as string,
    })
  })

  it('takes a document as JSON, and nodes of several packages', () => {
    const [all] = fixtures
    const packages = all?.nodes.map((one) => ({ nodes: [one] })) ?? []
    const plan = compile(JSON.parse(JSON.stringify(working)), packages)
    expect(plan.document).toBe(compile(working, fixtures).document)
  })

  it('refuses two nodes of one type', () => {
    expect(() => compile(working, [...fixtures, ...fixtures])).toThrow(
      'Two definitions are named "test.trigger".',
    )
  })

  it('[C3] gives every variable a slot of its own', () => {
    const plan = compile(working, fixtures)
    const [repeat] = plan.block.steps
    const slots = [
      ...(plan.trigger?.outputs ?? []),
      ...(repeat?.outputs ?? []),
      ...(repeat?.blocks.get('each')?.variables ?? []),
    ].map(({ slot }) => slot)
    expect(new Set(slots).size).toBe(3)
    expect(plan.slots).toBe(3)
  })

  it('[C4] names the document by what it says, not by the order it is written in', () => {
    const reordered = {
      ...working,
      nodes: working.nodes.toReversed(),
      edges: working.edges.toReversed(),
    }
    expect(hashFlow(reordered)).toBe(hashFlow(working))
    expect(hashFlow({ ...working, name: 'Other' })).not.toBe(hashFlow(working))
    expect(hashFlow(working)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('[C5] leaves out what a hidden property holds, also what could not run', async () => {
    const hiding = defineNode({
      ...({ version: 1, kind: 'action', system: 'Test', category: 'control', icon: '' } as const),
      type: 'test.hiding',
      title: 'Hiding',
      description: 'Hides one of its properties.',
      exec: { in: true, out: {} },
      properties: {
        way: property.choice({ label: 'Way', options: { a: 'A', b: 'B' }, default: 'a' }),
        ofA: property.text({ label: 'Of A', visible: { property: 'way', in: ['a'] } }),
        ofB: property.number({
          label: 'Of B',
          required: true,
          visible: { property: 'way', in: ['b'] },
        }),
      },
    })
    const seen: unknown[] = []
    const plan = compile(flowOf([node('hiding', { ofA: 'kept', ofB: { $ref: 'gone' } })], []), [
      { nodes: [implement(hiding, ({ properties }) => void seen.push(properties))] },
    ])
    expect(await runFlow(plan, { input: {}, services: fakeServices() }).end).toMatchObject({
      outcome: 'completed',
    })
    expect(seen).toEqual([{ way: 'a', ofA: 'kept', ofB: undefined }])
  })

  it('knows whether a run can yield, also where a disabled node would', () => {
    const silent = {
      ...working,
      nodes: working.nodes.map((one) => (one.id === 'say' ? { ...one, disabled: true } : one)),
    }
    expect(compile(working, fixtures).yields).toBe(true)
    expect(compile(silent, fixtures).yields).toBe(false)
  })
})

function caught(run: () => unknown): FlowError {
  try {
    run()
  } catch (error) {
    if (error instanceof FlowError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}
