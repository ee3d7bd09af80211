import type { Published } from '../api/published.ts'
import { counted } from '../ui/counted.ts'

/** What is published where it counts most: to production, else to test. */
export function mainPublication(published: readonly Published[]): Published | undefined {
  return published.find(({ environment }) => environment === 'production') ?? published[0]
}

/** How a flow stands to what is published of it: "Published · 3 changes since". */
export function publishedWords({ environment, changes }: Published): string {
  const published = environment === 'production' ? 'Published' : `Published to ${environment}`
  const since = changesWords(changes)
  return since === undefined ? published : `${published} · ${since}`
}

/** "3 changes since"; nothing while there are none. */
function changesWords(changes: number | undefined): string | undefined {
  if (changes === undefined) return 'changed since'
  return changes === 0 ? undefined : `${counted(changes, 'change')} since`
}
