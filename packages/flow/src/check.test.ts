import { describe, expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import type { CheckOptions } from './check-node.ts'
import type { NodeDefinition } from './definition.ts'
import type { Flow, FlowNode, FlowVariable } from './flow.ts'
import type { JsonValue } from './json.ts'
import { hasErrors } from './problem.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, node } from './testing/flow-of.ts'

function problems(flow: Flow, options?: CheckOptions): readonly string[] {
  return checkFlow(flow, fixtureRegistry, options).map(
    ({ severity, code, nodeId, property, message }) =>
      `${severity} ${code} ${nodeId ?? '-'}.${property ?? '-'}: ${message}`,
  )
}

const variables: readonly FlowVariable[] = [{ name: 'count', type: 'number', value: 0 }]

/** A trigger, then the nodes one after the other. */
function chain(...nodes: readonly FlowNode[]): Flow {
  const all = [node('start', 'request'), ...nodes]
  return flowOf({
    nodes: all,
    lines: nodes.map(({ id, type }, index) => {
      const before = all[index]
      const port = before?.type === 'test.if' || before?.type === 'test.chat' ? 'continue' : 'next'
      return `${before?.id}.${type === '' ? '' : port} -> ${id}`
    }),
    variables,
  })
}

function chat(properties: Readonly<Record<string, JsonValue>>): FlowNode {
  return node('chat', 'chat', { connection: 'main', prompt: 'Hi', ...properties })
}

describe('a flow', () => {
  it('that is finished has no problems', () => {
    expect(problems(chatFlow())).toEqual([])
  })

  it('with warnings alone can run', () => {
    const flow = chain(chat({ template: 'no placeholder' }))
    expect(hasErrors(checkFlow(flow, fixtureRegistry))).toBe(false)
    expect(hasErrors(checkFlow(flowOf({ nodes: [] }), fixtureRegistry))).toBe(true)
  })

  it('[F20] has its problems in the order in which it is read, those of the flow first', () => {
    const flow = chain(node('a', 'yield'), node('b', 'yield'), node('c', 'if'))
    const shuffled = { ...flow, nodes: flow.nodes.toReversed() }
    const ids = (of: Flow) => checkFlow(of, fixtureRegistry).map(({ nodeId }) => nodeId)
    expect(ids(flow)).toEqual(['a', 'b', 'c'])
    expect(ids(shuffled)).toEqual(['a', 'b', 'c'])
    const withBadVariable: Flow = {
      ...flow,
      variables: [{ name: 'n', type: 'number', value: 'a' }],
    }
    expect(ids(withBadVariable)[0]).toBeUndefined()
  })
})

describe('problems', () => {
  it('end with one mark, whatever the problem of an expression ends with', () => {
    const flow = chain(node('a', 'yield', { value: { $expr: 'request.prompt.siz()' } }))
    expect(checkFlow(flow, fixtureRegistry).map(({ message }) => message)).toEqual([
      'The expression in "Value" of "Yield" does not work: there is no function "siz"; did you mean "size"?',
    ])
  })

  it.each<[string, Flow, CheckOptions?]>([
    ['node_unknown', chain({ id: 'a', type: 'test.yeld' })],
    ['node_unknown', chain({ id: 'a', type: 'nobody.knows', title: 'Mine' })],
    ['node_newer', chain({ ...node('a', 'read'), version: 3 })],
    ['property_unknown', chain(chat({ promt: 'x' }))],
    ['property_missing', chain(node('chat', 'chat'))],
    ['property_missing', chain(node('start2', 'if', { condition: '' }))],
    ['property_invalid', chain(chat({ temperature: 3, tokens: 1.5, prompt: 7 }))],
    ['property_invalid', chain(node('a', 'read', { as: 'xml', isStrict: 'yes' }))],
    ['property_invalid', chain(chat({ connection: { $ref: 'request.prompt' }, context: 'text' }))],
    ['property_invalid', chain(chat({ prompt: { $ref: 'request', also: 1 } }))],
    ['name_invalid', chain(chat({ resultVariable: 'my result', streamVariable: { $ref: 'x' } }))],
    ['name_clash', chain(chat({ resultVariable: 'request' }))],
    ['reference_broken', chain(node('a', 'yield', { value: { $ref: 'requst.prompt' } }))],
    ['reference_broken', chain(node('a', 'yield', { value: { $ref: 'request.promt' } }))],
    ['reference_broken', chain(node('a', 'yield', { value: { $ref: 'request.prompt.text' } }))],
    ['reference_broken', chain(node('a', 'yield', { value: { $ref: 'request..prompt' } }))],
    ['reference_broken', chain(node('a', 'yield', { value: { $ref: 'response' } }), chat({}))],
    ['reference_broken', chain(chat({}), node('a', 'yield', { value: { $ref: 'message' } }))],
    ['reference_broken', chain(node('a', 'yield', { value: { $text: ['Hi ', { $ref: 'you' }] } }))],
    ['reference_broken', chain(node('a', 'set', { variable: 'coutn', value: 1 }))],
    [
      'reference_broken',
      chain(
        node('a', 'if', {
          condition: { match: 'all', rows: [{ left: { $ref: 'x' }, operator: 'isEmpty' }] },
        }),
      ),
    ],
    ['reference_broken', chain(chat({ temperature: { $ref: 'request.countt' } }))],
    ['reference_broken', chain(chat({ temperature: { $ref: 'cont' }, resultVariable: 'cond' }))],
    ['type_mismatch', chain(chat({ prompt: { $ref: 'request' } }))],
    [
      'type_mismatch',
      chain(
        node('a', 'store', {
          query: { statement: '?', parameters: [{ name: 'n', type: 'number', value: 'one' }] },
        }),
      ),
    ],
    ['property_invalid', chain(node('a', 'read', { list: 'a text' }))],
    ['property_invalid', chain(node('a', 'read', { list: [{ no: 'text' }] }))],
    ['type_mismatch', chain(chat({ temperature: { $ref: 'request.prompt' } }))],
    ['type_mismatch', chain(node('a', 'read', { list: { $text: ['a'] } }))],
    ['type_mismatch', chain(node('a', 'if', { condition: { $expr: 'request.prompt' } }))],
    ['expression_invalid', chain(node('a', 'if', { condition: { $expr: 'request.promt == ""' } }))],
    ['expression_invalid', chain(node('a', 'yield', { value: { $expr: 'count +' } }))],
    [
      'maybe_null',
      chain(chat({}), node('a', 'yield', { value: { $expr: 'response.usage.totalTokens + 1' } })),
    ],
    ['maybe_null', chain(chat({}), node('a', 'yield', { value: { $ref: 'response.usage' } }))],
    ['template_incomplete', chain(chat({ template: 'Answer @@promptly.' }))],
    ['template_incomplete', chain(chat({ template: 'Answer @@promptä.' }))],
    ['template_incomplete', chain(chat({ template: { $text: ['To ', { $ref: 'count' }] } }))],
    [
      'attachment_missing',
      flowOf({ nodes: [chat({}), node('x', 'chain')], lines: ['chat.reducer = x'] }),
    ],
    ['jump_misplaced', chain(node('a', 'break'))],
    ['connection_missing', chain(chat({})), { connections: new Map() }],
    [
      'property_invalid',
      chain(chat({})),
      { connections: new Map([['main', { kind: 'postgres' }]]) },
    ],
    [
      'type_mismatch',
      { ...chain(), variables: [{ name: 'limit', type: 'number', value: 'many' }] },
    ],
    [
      'expression_invalid',
      chain(node('a', 'yield', { value: { $text: [{ $expr: 'you.upper()' }] } })),
    ],
  ])('[F23] %s: say what, which thing and what to do', (code, flow, options) => {
    const found = problems(flow, options)
    expect(found.join('\n')).toContain(` ${code} `)
    expect(found).toMatchSnapshot()
  })

  it('[F21] of the shape are told together with those of properties', () => {
    const codes = new Set(
      checkFlow(
        flowOf({
          nodes: [node('a', 'yield'), node('b', 'yield'), node('c', 'reducer')],
          lines: ['a.next -> b', 'b.next -> a', 'a.x -> b', 'c.reducer = c'],
        }),
        fixtureRegistry,
      ).map(({ code }) => code),
    )
    expect([...codes].toSorted()).toEqual([
      'attachment_refused',
      'cycle',
      'edge_refused',
      'entry_missing',
      'property_missing',
    ])
  })

  it('[F23] come with a name that may be meant, the first two hundred of them', () => {
    const wrong = Array.from({ length: 300 }, (_, index) =>
      node(`n${index}`, 'yield', { value: { $ref: 'requst' } }),
    )
    const found = checkFlow(chain(...wrong), fixtureRegistry)
    const advised = found.filter(({ message }) => message.includes('Did you mean "request"?'))
    expect([found.length, advised.length]).toEqual([300, 200])
  })

  it('of one node are told up to fifty, however many there are', () => {
    const parts = Array.from({ length: 100_000 }, (_, index) => ({ $ref: `gone${index}` }))
    const found = checkFlow(chain(node('a', 'yield', { value: { $text: parts } })), fixtureRegistry)
    expect(found).toHaveLength(50)
  })
})

describe('a property', () => {
  it('with a default need not be set, and must not be cleared when it is required', () => {
    expect(problems(chain())).toEqual([])
    const cleared = { ...chain(), nodes: [node('start', 'request', { requestVariable: '' })] }
    expect(problems(cleared)).toEqual([
      'error property_missing start.requestVariable: "Request variable" of "Request" is empty. Set it.',
    ])
  })

  it('that is not shown is not checked', () => {
    expect(problems(chain(node('a', 'read', { as: 'text' })))).toEqual([])
    expect(problems(chain(node('a', 'read', { as: 'json' })))).toEqual([
      'error property_missing a.format: "Format" of "Read" is empty. Set it.',
    ])
  })

  it('takes what its kind allows', () => {
    expect(
      problems(
        chain(
          chat({
            prompt: { $text: ['Say ', { $ref: 'request.prompt' }, ' ', { $ref: 'count' }] },
            history: { $ref: 'request.history' },
            context: { $ref: 'count' },
            temperature: { $expr: 'count > 3 ? 1 : 0.5' },
            tokens: { $ref: 'count' },
            template: '@@context @@prompt!',
          }),
          node('a', 'read', {
            as: 'number',
            model: { $text: ['gpt-', { $ref: 'count' }] },
            options: { $anything: { $ref: 'not a reference' } },
            list: { $expr: '["a"]' },
            isStrict: { $expr: 'request.context != ""' },
          }),
          node('b', 'yield', { value: { $literal: { $ref: 'plain' } } }),
        ),
      ),
    ).toEqual([])
  })

  it('[F12] is checked in the cells of condition rows', () => {
    const row = (left: JsonValue, right?: JsonValue) => ({
      left,
      operator: 'equals',
      ...(right === undefined ? {} : { right }),
    })
    const rows = [
      row({ $ref: 'request.prompt' }, 'stop'),
      row({ $expr: 'count + 1' }, { $ref: 'gone' }),
      row({ $ref: 'request.nope' }),
      row({ $ref: 1 }),
    ]
    expect(
      problems(chain(node('a', 'if', { condition: { match: 'any', rows } }))),
    ).toMatchSnapshot()
  })
})

describe('a binding inside a value', () => {
  const query = (value: JsonValue, type = 'text') => ({
    query: { statement: 'SELECT @Id', parameters: [{ name: 'Id', type, value }] },
  })
  const column = (value: JsonValue, type = 'auto') => ({
    columns: [{ column: 'id', key: true, type, value }],
  })
  const filter = (field: JsonValue, value: JsonValue) => ({
    filter: { match: 'all', rows: [{ field, operator: 'equals', value }] },
  })

  it.each<[Readonly<Record<string, JsonValue>>]>([
    [query({ $ref: 'request.prompt' })],
    [query({ $ref: 'count' }, 'integer')],
    [query({ $text: ['a', { $ref: 'count' }] })],
    [query(null, 'integer')],
    [column({ $ref: 'count' })],
    [column({ $expr: '[1.0, 2.0]' }, 'vector')],
    [filter('name', { $ref: 'count' })],
    [filter({ $ref: 'request.prompt' }, [1, 2])],
  ])('is fine where it fits: %j', (properties) => {
    expect(problems(chain(node('a', 'store', properties)))).toEqual([])
  })

  it.each<[string, Readonly<Record<string, JsonValue>>]>([
    ['reference_broken', query({ $ref: 'gone' })],
    ['type_mismatch', query({ $ref: 'request.prompt' }, 'integer')],
    ['expression_invalid', query({ $expr: 'count +' })],
    ['reference_broken', column({ $ref: 'request.promt' })],
    ['type_mismatch', column({ $ref: 'count' }, 'vector')],
    ['reference_broken', filter({ $ref: 'gone' }, 1)],
    ['reference_broken', filter('name', { $ref: 'gone' })],
    ['property_invalid', query({ $ref: 'request.prompt', also: 1 })],
  ])('is found by its label: %s %j', (code, properties) => {
    const found = problems(chain(node('a', 'store', properties)))
    expect(found.join('\n')).toContain(` ${code} a.`)
    expect(found).toMatchSnapshot()
  })
})

describe('a node that cannot run', () => {
  const broken = node('a', 'yield', { value: { $ref: 'gone' } })

  it('[F26] has only warnings when it is disabled', () => {
    expect(problems(chain({ ...broken, disabled: true }))).toEqual([
      expect.stringMatching(/^warning reference_broken a\.value/),
    ])
    expect(problems(chain({ ...node('a', 'break'), disabled: true }))).toEqual([
      expect.stringMatching(/^warning jump_misplaced a/),
    ])
  })

  it('[F26] has only warnings when the start does not reach it, names and jumps included', () => {
    const flow = flowOf({
      nodes: [
        node('start', 'request'),
        broken,
        node('b', 'read', { resultVariable: 'count' }),
        node('c', 'break'),
        node('d', 'yield', { value: 1 }),
      ],
      lines: ['a.next -> b', 'b.next -> c', 'a.elsewhere -> d'],
      variables,
    })
    const found = checkFlow(flow, fixtureRegistry)
    expect(found.map(({ severity }) => severity)).not.toContain('error')
    expect(new Set(found.map(({ code }) => code))).toEqual(
      new Set([
        'reference_broken',
        'name_clash',
        'jump_misplaced',
        'edge_refused',
        'node_unreachable',
      ]),
    )
  })

  it('[F26] has errors all the same for circles and a second trigger', () => {
    const flow = flowOf({
      nodes: [
        node('start', 'request'),
        node('a', 'yield', { value: 1 }),
        node('b', 'yield', { value: 1 }),
      ],
      lines: ['a.next -> b', 'b.next -> a'],
    })
    expect(
      checkFlow(flow, fixtureRegistry).filter(({ severity }) => severity === 'error'),
    ).toMatchObject([{ code: 'cycle' }])
  })
})

describe('a jump', () => {
  it('[F34] stands in a loop, at any depth', () => {
    const flow = flowOf({
      nodes: [
        node('start', 'request'),
        chat({}),
        node('if', 'if', { condition: { $expr: 'message.index > 3' } }),
        node('stop', 'break'),
      ],
      lines: ['start.next -> chat', 'chat.forEachMessage -> if', 'if.true -> stop'],
    })
    expect(problems(flow)).toEqual([])
  })
})

describe('a flow of 2,000 nodes', () => {
  /** How often a definition is looked up for each node: more, the longer the flow, is not linear. */
  function lookUpsPerNode(flow: Flow): number {
    let count = 0
    class CountedDefinitions extends Map<string, NodeDefinition> {
      override get(type: string) {
        count += 1
        return super.get(type)
      }
    }
    const nodes = new CountedDefinitions(fixtureRegistry.nodes)
    checkFlow(flow, { ...fixtureRegistry, nodes })
    return count / flow.nodes.length
  }

  const ids = Array.from({ length: 1999 }, (_, index) => `n${index}`)

  it('[F24] is checked in one pass when it is long', () => {
    const flow = chain(
      ...ids.map((id, index) =>
        node(id, 'read', {
          as: 'json',
          resultVariable: `result${index}`,
          format: { $text: ['Hi ', { $ref: 'request.prompt' }] },
          isStrict: { $expr: index === 0 ? 'count > 3' : `result${index - 1} == "x" && count > 3` },
        }),
      ),
    )
    expect(problems(flow)).toEqual([])
    expect(lookUpsPerNode(flow)).toBeLessThan(20)
  })

  it('[F24] is checked in one pass when it is deep', () => {
    const flow = flowOf({
      nodes: ids.map((id) => node(id, 'if', { condition: { $expr: 'true' } })),
      lines: ids.slice(1).map((id, index) => `n${index}.true -> ${id}`),
    })
    expect(problems(flow)[0]).toContain('nesting_too_deep')
    expect(lookUpsPerNode(flow)).toBeLessThan(20)
  })

  it('[F24] is checked in one pass when everything in it is broken', () => {
    const flow = chain(
      ...ids.map((id, index) =>
        node(id, 'read', {
          as: 'json',
          resultVariable: `aVariableNameOfSomeLength${index}`,
          format: { $text: [{ $ref: `aVariableNameOfSameLength${index}` }] },
        }),
      ),
    )
    const twice = { ...flow, edges: [...flow.edges, ...flow.edges.toReversed()] }
    expect(lookUpsPerNode(twice)).toBeLessThan(20)
  })
})

it.each<[string, FlowNode]>([
  ['a list where text is wanted', node('a', 'read', { list: [['no text']] })],
  ['text where a list is wanted', node('a', 'read', { list: 'text' })],
  ['text in a parameter that is a number', node('a', 'store', parameter('number', 'one'))],
  ['a list in a parameter that is true or false', node('a', 'store', parameter('boolean', []))],
])('[F25] finds a literal that does not fit: %s', (_, wrong) => {
  expect(problems(chain(wrong)).filter((problem) => problem.startsWith('error'))).toHaveLength(1)
})

it('[F25] takes a literal that fits, or that is left empty', () => {
  for (const properties of [
    { list: ['a', ''] },
    { list: '' },
    { list: null },
    parameter('number', 1),
    parameter('number', ''),
    parameter('number', null),
    parameter('json', [1]),
  ]) {
    const type = 'list' in properties ? 'read' : 'store'
    expect(problems(chain(node('a', type, properties)))).toEqual([])
  }
})

function parameter(type: string, value: JsonValue): Readonly<Record<string, JsonValue>> {
  return { query: { statement: 'SELECT @a', parameters: [{ name: 'a', type, value }] } }
}

it('[F23] says which part of a value a problem is about', () => {
  const rows = [{ left: { $ref: 'request.prompt' }, operator: 'equals', right: { $ref: 'gone' } }]
  const flow = chain(node('a', 'if', { condition: { match: 'all', rows } }))
  expect(checkFlow(flow, fixtureRegistry)[0]).toMatchObject({
    code: 'reference_broken',
    property: 'condition',
    part: ['rows', 0, 'right'],
  })
})
