import type { JsonValue } from '@millrace/flow'

/** Reads JSON text; blank text is no value. */
export function readJson(
  text: string,
): { readonly value: JsonValue | undefined } | { readonly problem: string } {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as JsonValue } // what JSON.parse answers is JSON
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read'
    return { problem: `This is no JSON yet: ${reason}` }
  }
}
