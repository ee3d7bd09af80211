import { flowSchema } from './flow.ts'

/**
 * The JSON Schema of flow documents, for editors and for other languages. It says what a document
 * looks like; that ids are unique and lines lead to nodes, `parseFlow` alone says.
 */
export function flowJsonSchema(): object {
  const { $schema, ...schema } = flowSchema.toJSONSchema({
    io: 'input',
    // That our own types are read-only says nothing about the file.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly
    },
  })
  return {
    $schema,
    $id: 'urn:millrace:flow:1',
    title: 'Millrace flow',
    description: 'A flow document of Millrace, version 1, in its canonical form.',
    ...schema,
  }
}
