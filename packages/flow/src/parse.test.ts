import { describe, expect, it } from 'vitest'
import { emptyFlow } from './empty-flow.ts'
import { maxNodes, maxTextLength } from './flow-limits.ts'
import { maxDepth } from './malformed.ts'
import { parseFlow } from './parse.ts'
import { chatFlow } from './testing/flow-of.ts'

const base = emptyFlow('test', 'Test')

function messages(document: unknown): readonly string[] {
  const result = parseFlow(document)
  return result.status === 'malformed'
    ? result.problems.map(({ message }) => message)
    : [result.status]
}

describe('a flow document', () => {
  it('[F1] is read as it stands', () => {
    const document: unknown = JSON.parse(JSON.stringify(chatFlow()))
    expect(parseFlow(document)).toEqual({ status: 'flow', flow: document })
  })

  it('[F2] may be unfinished: unknown types, broken references, circles', () => {
    expect(
      messages({
        ...base,
        nodes: [
          { id: 'a', type: 'nobody.knows', properties: { x: { $ref: 'nothing..there' } } },
          { id: 'b', type: 'nobody.knows', version: 9 },
        ],
        edges: [
          { from: ['a', 'next'], to: 'b' },
          { from: ['b', 'next'], to: 'a' },
        ],
      }),
    ).toEqual(['flow'])
  })

  it('[F7] of a newer version is kept as it is', () => {
    const document = { format: 'millrace/flow', version: 2, whatever: [{ is: 'there' }] }
    expect(parseFlow(document)).toEqual({ status: 'newer', version: 2, document })
  })

  it('[F3] of a newer version is refused where its names are hostile', () => {
    const document: unknown = JSON.parse('{"format":"millrace/flow","version":2,"__proto__":{}}')
    expect(messages(document)).toContain('At __proto__: The name "__proto__" is refused.')
  })
})

describe('a malformed document', () => {
  it.each([null, undefined, 1, 'text', true, [], [base]])(
    'may be no object at all: %j',
    (document) => {
      expect(messages(document)).toEqual(['A flow document is a JSON object.'])
    },
  )

  it('[F1] has every problem listed at once', () => {
    const document: unknown = JSON.parse(`{
      "format": "other/flow", "version": 0, "id": "A b", "name": "", "extra": 1,
      "variables": [{ "name": "prototype", "type": "string" }],
      "nodes": [
        { "id": "1", "type": "Foo", "x": 1, "version": 1.5, "disabled": "yes", "properties": { "a b": 1, "constructor": 1 } },
        { "id": "a", "type": "a.b" }, { "id": "a", "type": "a.b" }, 3, {}
      ],
      "edges": [{ "from": ["a"], "to": "gone" }, { "from": ["a", "x", "y"], "to": 1 }, { "from": "a" }],
      "attachments": [{ "host": ["gone", "p"], "resource": "gone" }],
      "layout": {
        "nodes": { "gone": [1, 2000000] },
        "notes": [{ "id": "n", "text": "", "position": [0, 0] }, { "id": "n", "text": "", "position": ["a", null] }]
      },
      "settings": { "timeoutSeconds": 0, "trace": "all", "__proto__": 1 }
    }`)
    expect(messages(document)).toMatchInlineSnapshot(`
      [
        "At settings.__proto__: The name "__proto__" is refused.",
        "At format: Here should be "millrace/flow".",
        "At version: Here should be 1.",
        "At id: An id holds lower-case letters, digits and hyphens only, starts with a letter or digit, and has at most 64 characters.",
        "At name: This is too short: at least 1 character.",
        "At variables[0].name: A name starts with a letter and holds letters, digits and _ only, at most 64 characters; "prototype" and "constructor" are refused.",
        "At variables[0].type: Here should be "text" or "number" or "boolean" or "list" or "record" or "any".",
        "At nodes[0].id: A name starts with a letter and holds letters, digits and _ only, at most 64 characters; "prototype" and "constructor" are refused.",
        "At nodes[0].type: A node type reads "system.name", such as "openai.streamingChatCompletion".",
        "At nodes[0].version: Here should be a whole number.",
        "At nodes[0].disabled: Here should be true or false, and there is text.",
        "At nodes[0].properties.a b: A name starts with a letter and holds letters, digits and _ only, at most 64 characters; "prototype" and "constructor" are refused.",
        "At nodes[0].properties.constructor: A name starts with a letter and holds letters, digits and _ only, at most 64 characters; "prototype" and "constructor" are refused.",
        "At nodes[0].x: This is not known in this version of the format. Remove it.",
        "At nodes[3]: Here should be an object, and there is a number.",
        "At nodes[4].id: This is missing: text.",
        "At nodes[4].type: This is missing: text.",
        "At edges[0].from: This is too short: at least 2 items.",
        "At edges[1].from: This is too long: at most 2 items.",
        "At edges[1].to: Here should be text, and there is a number.",
        "At edges[2].from: Here should be a list, and there is text.",
        "At edges[2].to: This is missing: text.",
        "At layout.nodes.gone[1]: This is too big: at most 1,000,000.",
        "At layout.notes[1].position[0]: Here should be a number, and there is text.",
        "At layout.notes[1].position[1]: Here should be a number, and there is null.",
        "At settings.timeoutSeconds: This is too small: at least 1.",
        "At settings.trace: Here should be "summary" or "full" or "fullOnFailure".",
        "At settings.__proto__: This is not known in this version of the format. Remove it.",
        "At extra: This is not known in this version of the format. Remove it.",
        "At nodes[2].id: Two nodes have the id "a".",
        "At layout.notes[1].id: Two notes have the id "n".",
        "At edges[0].to: There is no node "gone".",
        "At attachments[0].host: There is no node "gone".",
        "At attachments[0].resource: There is no node "gone".",
        "At layout.nodes.gone: There is no node "gone".",
      ]
    `)
  })

  it('[F1] is told the place of a problem', () => {
    const result = parseFlow({
      ...base,
      nodes: [{ id: 'a', type: 'a.b', properties: { 'x y': 1 } }],
    })
    expect(result).toMatchObject({
      problems: [
        {
          code: 'document_malformed',
          severity: 'error',
          path: ['nodes', 0, 'properties', 'x y'],
        },
      ],
    })
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    '[F10] refuses the name %s everywhere',
    (name) => {
      const key = JSON.stringify(name)
      const documents = [
        `{"nodes":[{"id":${key},"type":"a.b"}]}`,
        `{"nodes":[{"id":"a","type":"a.b","properties":{${key}:1}}]}`,
        `{"variables":[{"name":${key},"type":"text"}]}`,
        `{"layout":{"nodes":{${key}:[0,0]}}}`,
        `{"id":${key}}`,
        `{${key}:{}}`,
      ]
      for (const part of documents) {
        const document: unknown = { ...base, ...(JSON.parse(part) as object) }
        // A spread would define no such key.
        if (part.startsWith(`{${key}`) && name === '__proto__') {
          Object.defineProperty(document, name, { value: 1, enumerable: true })
        }
        expect(parseFlow(document).status).toBe('malformed')
      }
    },
  )

  it('[F3] refuses __proto__ at any depth, and never changes a prototype', () => {
    const value: unknown = JSON.parse('{"a":[{"b":{"__proto__":{"polluted":true}}}]}')
    expect(messages({ ...base, nodes: [{ id: 'a', type: 'a.b', properties: { value } }] })).toEqual(
      ['At nodes[0].properties.value.a[0].b.__proto__: The name "__proto__" is refused.'],
    )
    expect('polluted' in {}).toBe(false)
  })

  it('[F3] refuses what JSON does not hold', () => {
    for (const value of [
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      () => 1,
      1n,
      new Date(),
    ]) {
      expect(
        parseFlow({ ...base, nodes: [{ id: 'a', type: 'a.b', properties: { value } }] }).status,
      ).toBe('malformed')
    }
  })
})

describe('the limits', () => {
  it('[F4] take as many nodes as a flow may have, and no more', () => {
    const nodes = Array.from({ length: maxNodes + 1 }, (_, index) => ({
      id: `n${index}`,
      type: 'a.b',
    }))
    expect(messages({ ...base, nodes: nodes.slice(1) })).toEqual(['flow'])
    expect(messages({ ...base, nodes })).toEqual([
      'At nodes: This is too long: at most 2,000 items.',
    ])
  })

  it('[F4] take texts of 256 KiB, also inside of values, and no longer ones', () => {
    const withText = (length: number) => {
      const value = ['x'.repeat(length)]
      return { ...base, nodes: [{ id: 'a', type: 'a.b', properties: { value } }] }
    }
    expect(messages(withText(maxTextLength))).toEqual(['flow'])
    expect(messages(withText(maxTextLength + 1))).toEqual([
      'At nodes[0].properties.value: A text has at most 262,144 characters.',
    ])
    expect(messages({ ...base, description: 'x'.repeat(maxTextLength + 1) })).toEqual([
      'At description: This is too long: at most 262,144 characters.',
    ])
  })

  it('[F4] take a depth of 64, and no deeper', () => {
    const nested = (depth: number): unknown =>
      JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    const withDepth = (depth: number) => ({
      ...base,
      // The document, nodes, the node and its properties are four levels themselves.
      nodes: [{ id: 'a', type: 'a.b', properties: { value: nested(depth - 4) } }],
    })
    expect(messages(withDepth(maxDepth))).toEqual(['flow'])
    expect(messages(withDepth(maxDepth + 1))).toEqual(['The document nests deeper than 64 levels.'])
    expect(messages(nested(50_000))).toEqual(['A flow document is a JSON object.'])
    expect(messages({ ...base, deep: nested(50_000) })).toEqual([
      'The document nests deeper than 64 levels.',
    ])
  })

  it('[F1] list 200 problems, and say that there are more', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key${index}`, 1]))
    const listed = messages({ ...base, ...many })
    expect(listed).toHaveLength(201)
    expect(listed.at(-1)).toBe('There are more problems than these.')
  })

  it('[F4] hold for documents of five megabytes without a crash', () => {
    const documents = [
      { ...base, nodes: Array.from({ length: 2_000_000 }, () => 0) },
      { ...base, edges: Array.from({ length: 100_000 }, () => ({ from: ['a', 'b'], to: 'c' })) },
      { ...base, ['x'.repeat(5_000_000)]: 1 },
    ]
    for (const document of documents) {
      const result = parseFlow(document)
      expect(result.status).toBe('malformed')
      if (result.status === 'malformed') expect(result.problems.length).toBeLessThanOrEqual(201)
    }
  })
})
