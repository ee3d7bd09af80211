import type { Usage } from '@millrace/flow'

/** What a provider says that a call used up; what it leaves out counts as nothing. */
export function readUsage(usage: Readonly<Record<string, unknown>>): Usage {
  const inputTokens = count(usage['prompt_tokens'])
  const outputTokens = count(usage['completion_tokens'])
  const totalTokens = count(usage['total_tokens']) || inputTokens + outputTokens
  return { inputTokens, outputTokens, totalTokens }
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
