import { isRecord } from './json.ts'

/**
 * What a yielded or returned value reads like in a chat: text as it is, a record with text
 * `content` as that, null as nothing, anything else as its JSON.
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (isRecord(value) && typeof value['content'] === 'string') return value['content']
  return JSON.stringify(value)
}

/** How a value reads inside `$text`: text as it is, null as nothing, anything else as its JSON. */
export function textInTemplate(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return JSON.stringify(value)
}
