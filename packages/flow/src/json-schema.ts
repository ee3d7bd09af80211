import { flowSchema } from './flow.ts'
import { flowTestsSchema } from './flow-test.ts'

/**
 * The JSON Schema of flow documents, for editors and for other languages. It says what a document
 * looks like; that ids are unique and lines lead to nodes, `parseFlow` alone says.
 */
export function flowJsonSchema(): object {
  return schemaOf(flowSchema, {
    $id: 'urn:millrace:flow:1',
    title: 'Millrace flow',
    description: 'A flow document of Millrace, version 1, in its canonical form.',
  })
}

/** The JSON Schema of the file of a flow's tests. */
export function flowTestsJsonSchema(): object {
  return schemaOf(flowTestsSchema, {
    $id: 'urn:millrace:flow-test:1',
    title: 'Millrace flow tests',
    description: 'The tests of a flow of Millrace, version 1.',
  })
}

function schemaOf(
  documents: typeof flowSchema | typeof flowTestsSchema,
  names: { readonly $id: string; readonly title: string; readonly description: string },
): object {
  const { $schema, ...schema } = documents.toJSONSchema({
    io: 'input',
    // That our own types are read-only says nothing about the file.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly
    },
  })
  return { $schema, ...names, ...schema }
}
