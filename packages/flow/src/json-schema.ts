import type { z } from 'zod'
import { flowTestsSchema } from './flow-test.ts'
import { flowSchema } from './flow.ts'

/**
 * The JSON Schema of flow documents, for editors and for other languages. It says what a document
 * looks like; that ids are unique and lines lead to nodes, `parseFlow` alone says.
 */
export function flowJsonSchema(): object {
  return published(flowSchema, {
    $id: 'urn:millrace:flow:1',
    title: 'Millrace flow',
    description: 'A flow document of Millrace, version 1, in its canonical form.',
  })
}

/** The same of files of tests; that names are unique, `parseFlowTests` alone says. */
export function flowTestsJsonSchema(): object {
  return published(flowTestsSchema, {
    $id: 'urn:millrace:flow-test:1',
    title: 'Millrace flow tests',
    description: 'The tests of a flow of Millrace, version 1.',
  })
}

function published(documents: z.ZodType, head: Readonly<Record<string, string>>): object {
  const { $schema, ...schema } = documents.toJSONSchema({
    io: 'input',
    // That our own types are read-only says nothing about the file.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly
    },
  })
  return { $schema, ...head, ...schema }
}
