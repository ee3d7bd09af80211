import fc from 'fast-check'
import { emptyFlow } from '../empty-flow.ts'
import type { Flow, FlowNode } from '../flow.ts'
import { noteColours } from '../note-colours.ts'
import type { JsonValue } from '../json.ts'
import { isIdentifier } from '../name.ts'
import { tidyTags } from '../tags.ts'
import { fixtureNodes } from './fixture-registry.ts'

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/).filter(isIdentifier)
const text = fc.oneof(fc.string({ maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 8 }))

/** JSON as people and programs write it, bindings among it. */
const anyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(withoutProto(value)) as JsonValue), // JSON
  name.map(($ref) => ({ $ref })),
  fc.tuple(name, text).map(([$ref, plain]) => ({ $text: [plain, { $ref }] })),
  name.map((one) => ({ $expr: `${one} + 1` })),
)

function withoutProto(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('__proto__', 'proto')
    .replaceAll(/-0(?=[,}\]]|$)/g, '0')
}

const anyNode: fc.Arbitrary<FlowNode> = fc.record(
  {
    id: name,
    type: fc.constantFrom(...fixtureNodes.map(({ type }) => type), 'nobody.knows'),
    version: fc.integer({ min: 1, max: 3 }),
    title: text,
    description: text,
    disabled: fc.boolean(),
    properties: fc.dictionary(name, anyJson, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  },
  { requiredKeys: ['id', 'type'], noNullPrototype: true },
)

/** Any document that is well formed: finished or not, with circles, loose ends and odd texts. */
export const anyFlow: fc.Arbitrary<Flow> = fc
  .uniqueArray(anyNode, { selector: ({ id }) => id, minLength: 1, maxLength: 8 })
  .chain((nodes) => {
    const id = fc.constantFrom(...nodes.map((one) => one.id))
    const port = fc.constantFrom('next', 'continue', 'forEachMessage', 'true', 'x y')
    const place = fc.integer({ min: -5000, max: 5000 })
    return fc.record({
      nodes: fc.constant(nodes),
      edges: fc.array(fc.record({ from: fc.tuple(id, port), to: id }, { noNullPrototype: true }), {
        maxLength: 8,
      }),
      attachments: fc.array(
        fc.record(
          { host: fc.tuple(id, fc.constantFrom('reducer', 'reducers')), resource: id },
          { noNullPrototype: true },
        ),
        { maxLength: 8 },
      ),
      layout: fc.record(
        {
          nodes: fc
            .uniqueArray(fc.tuple(id, place, place), { selector: ([one]) => one, maxLength: 8 })
            .map((places) =>
              Object.fromEntries(places.map(([one, x, y]) => [one, [x, y] as const])),
            ),
          notes: fc.uniqueArray(
            fc.record(
              {
                id: name,
                kind: fc.constant('frame' as const),
                text,
                colour: fc.constantFrom(...noteColours),
                position: fc.tuple(place, place),
              },
              { requiredKeys: ['id', 'text', 'position'], noNullPrototype: true },
            ),
            { selector: (note) => note.id, maxLength: 2 },
          ),
        },
        { noNullPrototype: true },
      ),
      name: text.filter((one) => one !== ''),
      tags: fc.array(text, { maxLength: 3 }).map(tidyTags),
    })
  })
  .map((parts) => ({ ...emptyFlow('test', 'Test'), ...parts }))
