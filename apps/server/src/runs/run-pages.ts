import type { LogEntry, RunLog } from '@millrace/engine'

const pageSize = 1000

/** What is kept of a run's log so far, page by page: of one that goes on, up to now. */
export async function* pagesOf(
  log: RunLog,
  runId: string,
): AsyncGenerator<readonly LogEntry[], void, void> {
  let position = 0
  while (true) {
    const page = await log.read(runId, position, pageSize)
    switch (page.status) {
      case 'unknown':
        return
      case 'gap':
        position = page.oldest - 1
        break
      case 'found':
        if (page.entries.length > 0) yield page.entries
        if (page.isEnd || page.entries.length === 0) return
        position = page.entries.at(-1)?.seq ?? position
    }
  }
}
