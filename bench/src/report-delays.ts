// Loaded into a measured server: tells the longest time that its event loop was blocked since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 1
const delays = monitorEventLoopDelay({ resolution: resolutionMs })
delays.enable()

process.on('message', (message) => {
  if (message !== 'delays') return
  // What is measured holds the timer's own wait.
  process.send?.(Math.max(0, delays.max / 1e6 - resolutionMs))
  delays.reset()
})
process.channel?.unref()
