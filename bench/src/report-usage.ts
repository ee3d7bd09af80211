// Loaded into a measured server where there is no /proc: answers with what it uses.
import type { Usage } from './server-process.ts'

process.on('message', (message) => {
  if (message !== 'usage') return
  const { user, system } = process.cpuUsage()
  process.send?.({
    cpuSeconds: (user + system) / 1e6,
    memoryBytes: process.memoryUsage.rss(),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  } satisfies Usage)
})
process.channel?.unref()
