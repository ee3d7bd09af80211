import type { FlowNode } from './flow.ts'
import type { TemplateProperty } from './property.ts'
import { readRecordDefinition, type RecordField } from './record-definition.ts'
import { promptParts, recordFields, type PlaceholderNotation } from './template.ts'

/** What a template may hold, and how it is written there. */
export interface TemplatePlaceholders {
  readonly notation: PlaceholderNotation
  /** By name, what each stands for. */
  readonly meanings: ReadonlyMap<string, string>
}

/** The placeholders that a template may hold in a node with these properties. */
export function templatePlaceholders(
  { placeholders = {}, fieldsOf }: TemplateProperty,
  properties: FlowNode['properties'] = {},
): TemplatePlaceholders {
  if (fieldsOf === undefined) {
    return { notation: promptParts, meanings: new Map(Object.entries(placeholders)) }
  }
  const fields = readRecordDefinition(properties[fieldsOf] ?? []) ?? []
  const given = fields.filter(({ name, vector }) => name !== '' && vector !== true)
  return {
    notation: recordFields,
    meanings: new Map(given.map((field) => [field.name, meaningOf(field)])),
  }
}

function meaningOf({ key, content }: RecordField): string {
  if (key === true) return 'The key'
  return content === true ? 'The content' : 'Metadata'
}
