import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Held } from './report-heap.ts'

/** What a process has used since it started. */
export interface Usage {
  readonly cpuSeconds: number
  readonly memoryBytes: number
  readonly peakMemoryBytes: number
}

/** A server under measurement; whoever starts it stops it. */
export interface ServerProcess extends AsyncDisposable {
  /** The next line of its output, for servers that say where they listen. */
  readonly firstLine: () => Promise<string>
  readonly usage: () => Promise<Usage>
  /** The longest time in ms that its event loop was blocked since this was last asked; needs `watchDelays`. */
  readonly longestDelay: () => Promise<number>
  /** What it holds when everything else is collected; needs `holdReports`. */
  readonly held: () => Promise<Held>
  /** Resolves when `url` answers, whatever it says. */
  readonly answering: (url: string, options?: { ok: boolean }) => Promise<void>
}

const procFileSystem = existsSync('/proc/self/stat')
const reporter = join(import.meta.dirname, 'report-usage.ts')

/** Has a server watch its event loop, which costs it a little. */
export const watchDelays = ['--import', join(import.meta.dirname, 'report-delays.ts')]

/** Has a server tell what it holds. */
export const holdReports = ['--expose-gc', '--import', join(import.meta.dirname, 'report-heap.ts')]

/** Starts a script with this Node.js and an environment of nothing but PATH and `env`. */
export function startServerProcess(
  script: string,
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): ServerProcess {
  const child = fork(script, {
    // The process is asked for what it uses only where the system cannot tell.
    execArgv: [...(procFileSystem ? [] : ['--import', reporter]), ...nodeOptions],
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()))

  return {
    firstLine,
    usage: () => readUsage(child),
    longestDelay,
    held,
    answering,
    [Symbol.asyncDispose]: stop,
  }

  async function longestDelay(): Promise<number> {
    child.send('delays')
    const [delay] = await once(child, 'message')
    return delay as number // sent by report-delays.ts
  }

  async function held(): Promise<Held> {
    child.send('held')
    const [answer] = await once(child, 'message')
    return answer as Held // sent by report-heap.ts
  }

  async function firstLine(): Promise<string> {
    await until(() => output.includes('\n'))
    return output.split('\n', 1)[0] ?? ''
  }

  async function answering(url: string, { ok } = { ok: false }): Promise<void> {
    await until(async () => {
      const response = await fetch(url).catch(() => undefined)
      await response?.bytes()
      return response !== undefined && (response.ok || !ok)
    })
  }

  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 30_000
    while (!(await condition())) {
      if (child.exitCode !== null) throw new Error(`"${script}" ended at its start:\n${output}`)
      if (performance.now() > deadline) throw new Error(`"${script}" did not start:\n${output}`)
      await wait(2)
    }
  }

  async function stop(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill()
    await once(child, 'exit')
  }
}

async function readUsage(child: ChildProcess): Promise<Usage> {
  if (!procFileSystem) {
    child.send('usage')
    const [usage] = await once(child, 'message')
    return usage as Usage // Sent by report-usage.ts.
  }
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  // The name, second field, is in brackets and may hold spaces; 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond,
    memoryBytes: bytes('VmRSS'),
    peakMemoryBytes: bytes('VmHWM'),
  }
}

/** Linux reports times to user space in hundredths of a second on every machine Node.js runs on. */
const clockTicksPerSecond = 100
