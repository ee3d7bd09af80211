import { textInTemplate } from '@millrace/flow'

/** A hit of a search, its fields by the names of the record definition. */
export interface Hit {
  readonly content: string
  readonly fields: ReadonlyMap<string, unknown>
}

/**
 * The hits written for a model, an empty line between them: each by the template, in which `@[name]`
 * stands for a field, else its content. What is put in is never read as a template; unknown
 * placeholders stay.
 */
export function hitsPrompt(hits: readonly Hit[], template: string | undefined): string {
  return hits
    .map(({ content, fields }) =>
      template === undefined
        ? content
        : template.replaceAll(/@\[([^\]]+)\]/g, (whole, name: string) =>
            fields.has(name) ? textInTemplate(fields.get(name)) : whole,
          ),
    )
    .join('\n\n')
}
