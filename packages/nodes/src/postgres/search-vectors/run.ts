import { implement, type OutputsOf } from '@millrace/engine'
import { FlowError, type Template } from '@millrace/flow'
import { blaming, withDatabase } from '../../sql/with-database.server.ts'
import { findVectorTable } from '../vectors/find-vector-table.server.ts'
import { hitsPrompt } from '../vectors/hits-prompt.ts'
import { searchStatement } from '../vectors/search-statement.ts'
import { expectDimensions, type VectorTable } from '../vectors/vector-table.ts'
import { widenSearch } from '../vectors/widen-search.ts'
import { searchVectors } from './definition.ts'

type SearchResult = OutputsOf<typeof searchVectors>['searchResult']

/** Looks at the table, embeds the text, and finds what is nearest to it. */
export const runSearchVectors = implement(searchVectors, async (node) => {
  const { properties, attachments, title } = node
  const { searchText, filter, promptTemplate } = properties
  if (searchText.trim() === '') {
    throw new FlowError('input_invalid', `"Search text" of "${title}" is empty.`, {
      property: 'searchText',
    })
  }
  const found = await withDatabase(node, {}, (database) =>
    findVectorTable(database, { ...properties, property: 'table', name: properties.table }),
  )
  // No session of the database is held meanwhile.
  const [vector = []] = (await attachments.textEmbedder[0]?.embed([searchText])) ?? []
  expectDimensions(found, vector.length)
  const options = { transaction: 'commit' } as const
  const rows = await withDatabase(node, options, async ({ dialect, session, catalogue }) => {
    await widenSearch(catalogue, found, properties.top + properties.skip)
    const blamed = filter === undefined || filter.rows.length === 0 ? 'recordDefinition' : 'filter'
    return blaming(blamed, async () => {
      const { statement, parameters } = searchStatement(dialect, found, { ...properties, vector })
      return (await session.run(statement, parameters)).rows
    })
  })
  return { outputs: { searchResult: searchResult(found, rows, promptTemplate) } }
})

function searchResult(
  { key, content, others }: VectorTable,
  rows: readonly (readonly unknown[])[],
  template: Template | undefined,
): SearchResult {
  const records = rows.flatMap(([keyValue, text, ...rest]) => {
    const score = rest.at(-1)
    // The distance to a vector of zeros is no number.
    if (typeof score !== 'number') return []
    const metadata = Object.fromEntries(others.map(({ field }, index) => [field.name, rest[index]]))
    return [{ key: keyValue, content: typeof text === 'string' ? text : '', metadata, score }]
  })
  const hits = records.map(({ key: value, content: text, metadata }) => ({
    content: text,
    fields: new Map<string, unknown>([
      [key.field.name, value],
      [content.field.name, text],
      ...Object.entries(metadata),
    ]),
  }))
  return { records, prompt: hitsPrompt(hits, template) }
}
