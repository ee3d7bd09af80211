import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { noTests, type FlowTests } from './flow-test.ts'
import { flowTestsJsonSchema } from './json-schema.ts'
import { parseFlowTests } from './parse-flow-tests.ts'
import { serializeFlowTests } from './serialize-flow-tests.ts'

const whole: FlowTests = {
  format: 'millrace/flow-test',
  version: 1,
  flow: 'chat.json',
  tests: [
    {
      name: 'answers',
      input: { prompt: 'Hi' },
      recordings: {
        chat: [
          {
            request: { method: 'POST', path: '/v1/chat/completions', body: { stream: true } },
            status: 200,
            headers: { 'content-type': 'text/event-stream' },
            pieces: [
              [0, 'data: "Gr\\u00fc\n\n'],
              [12.5, { base64: '/w==' }],
            ],
            cut: true,
          },
        ],
      },
      outputs: { search: [{ searchResult: { records: [] } }] },
      expect: { outcome: 'failed', yields: ['Hi', { $any: true }], error: { code: 'timeout' } },
    },
  ],
}

it('reads a file of tests as it was written', () => {
  const text = serializeFlowTests(whole)
  expect(parseFlowTests(JSON.parse(text))).toEqual({ status: 'tests', tests: whole })
})

it('writes each piece of a recording on a line of its own, and the same bytes again', () => {
  const text = serializeFlowTests(whole)
  expect(text).toContain(String.raw`[0, "data: \"Gr\\u00fc\n\n"],`)
  const parsed = parseFlowTests(JSON.parse(text))
  expect(parsed.status === 'tests' && serializeFlowTests(parsed.tests)).toBe(text)
})

it('is described by a JSON Schema', () => {
  // Ours says more of base64 than a format would.
  const isValid = new Ajv2020({ validateFormats: false }).compile(flowTestsJsonSchema())
  expect(isValid(whole)).toBe(true)
  expect(isValid({ ...whole, tests: [{ name: 'one' }] })).toBe(false)
})

it('puts keys into one order, and leaves out what is empty', () => {
  const [test] = whole.tests
  const shuffled = { expect: {}, outputs: {}, recordings: {}, name: test?.name ?? '' }
  expect(serializeFlowTests({ ...noTests('chat'), tests: [shuffled] })).toBe(
    `{
  "format": "millrace/flow-test",
  "version": 1,
  "flow": "chat",
  "tests": [
    {
      "name": "answers",
      "expect": {}
    }
  ]
}
`,
  )
})

it('refuses a malformed file with every problem, in words', () => {
  const parsed = parseFlowTests({
    format: 'millrace/flow-test',
    version: 2,
    flow: '../etc/passwd',
    tests: [
      { name: 'one', expect: { yields: 'Hi' }, recording: {} },
      { name: 'one', outputs: { constructor: [] }, expect: { outcome: 'cancelled' } },
    ],
  })
  const problems = parsed.status === 'malformed' ? parsed.problems : []
  expect(problems.map(({ message }) => message)).toMatchInlineSnapshot(`
    [
      "At version: Here should be 1.",
      "At flow: Here should be the id of a flow, or the path of its file, which ends in ".json".",
      "At tests[0].expect.yields: Here should be a list, and there is text.",
      "At tests[0].recording: This is not known in this version of the format. Remove it.",
      "At tests[1].outputs.constructor: A name starts with a letter and holds letters, digits and _ only, at most 64 characters; "prototype" and "constructor" are refused.",
      "At tests[1].expect.outcome: Here should be "completed" or "failed".",
      "At tests[1].name: Two tests have the name "one".",
    ]
  `)
})

it.each([[null], [[]], ['tests'], [JSON.parse('{"__proto__": {"format": 1}}')]])(
  'refuses %j',
  (value) => {
    expect(parseFlowTests(value)).toMatchObject({
      status: 'malformed',
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'document_malformed' }),
      ]) as unknown,
    })
  },
)
