import { fillTemplate, recordFields, textInTemplate, type Template } from '@millrace/flow'

/** A hit of a search, its fields by the names of the record definition. */
export interface Hit {
  readonly content: string
  readonly fields: ReadonlyMap<string, unknown>
}

/**
 * The hits written for a model, an empty line between them: each by the template, in which `@[name]`
 * stands for a field, else its content.
 */
export function hitsPrompt(hits: readonly Hit[], template: Template | undefined): string {
  return hits
    .map(({ content, fields }) =>
      template === undefined ? content : fillTemplate(template, texts(fields), recordFields),
    )
    .join('\n\n')
}

function texts(fields: Hit['fields']): ReadonlyMap<string, string> {
  return new Map(Array.from(fields, ([name, value]) => [name, textInTemplate(value)]))
}
