import type { Usage } from '@millrace/flow'

/**
 * Whether a stored value counts tokens. It stands alone, since the thread that writes logs needs it
 * and is to load nothing else of the flow language.
 */
export function isUsage(value: unknown): value is Usage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'inputTokens' in value &&
    typeof value.inputTokens === 'number'
  )
}
