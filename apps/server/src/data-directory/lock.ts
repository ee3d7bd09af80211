import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasCode } from '../has-code.ts'
import { StartError } from '../start-error.ts'

/** A data directory that this process holds alone. */
export interface DirectoryLock {
  release(): void
}

interface Holder {
  readonly pid: number
  /** When the process started, as its system tells it; null where the system does not. */
  readonly started: string | null
  /** Tells this lock from any other. */
  readonly token: string
}

/** Makes the error of a directory that `who` holds: `process 123`. */
type HeldError = (directory: string, who: string) => Error

/**
 * Takes the lock file of a directory: two processes on one embedded database lose data. A lock whose
 * process is gone, or whose number went to another process, is taken over. Throws when another
 * process holds it: a `StartError` about the data directory, unless told otherwise.
 */
export function lockDirectory(
  directory: string,
  heldError: HeldError = dataDirectoryHeld,
): DirectoryLock {
  const held = (holder: Holder | undefined) =>
    heldError(directory, holder === undefined ? 'another process' : `process ${holder.pid}`)
  const file = join(directory, 'lock')
  const token = randomUUID()
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), token }
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (create(file, mine)) {
      return {
        release: () => {
          if (holderIn(readOrNothing(file))?.token === token) rmSync(file, { force: true })
        },
      }
    }
    takeAway(file, held)
  }
  throw held(undefined)
}

function create(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Removes a lock that nobody holds any more; throws when somebody does. */
function takeAway(file: string, held: (holder: Holder | undefined) => Error): void {
  const text = readOrNothing(file)
  if (text === undefined) return
  const holder = holderIn(text)
  if (holder === undefined ? isBeingWritten(file) : isAlive(holder)) {
    throw held(holder)
  }
  // Moved first, then looked at again: another process may have taken it over in between.
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  const isFresh = readOrNothing(aside) !== text
  if (isFresh) linkSync(aside, file)
  rmSync(aside, { force: true })
  if (isFresh) throw held(holderIn(readOrNothing(file)))
}

/** A lock file without a holder is one whose writer has just made it, or died doing so. */
function isBeingWritten(file: string): boolean {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return age < 5000
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid && holder.started === startOf(process.pid)) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // Not allowed to signal it: it is there, and somebody else's.
    if (!hasCode(error, 'EPERM')) return false
  }
  const started = startOf(holder.pid)
  return holder.started === null || started === null || holder.started === started
}

/** The start of a process in ticks since the system's; with the boot, so that no reboot repeats it. */
function startOf(pid: number): string | null {
  const stat = readOrNothing(`/proc/${pid}/stat`)
  const boot = readOrNothing('/proc/sys/kernel/random/boot_id')
  // The name of the command, in brackets, may hold anything: fields are counted after it.
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return ticks === undefined || boot === undefined ? null : `${boot.trim()}/${ticks}`
}

function holderIn(text: string | undefined): Holder | undefined {
  try {
    const holder: Partial<Holder> | null = JSON.parse(text ?? 'null')
    if (typeof holder?.pid !== 'number' || typeof holder.token !== 'string') return undefined
    return { pid: holder.pid, started: holder.started ?? null, token: holder.token }
  } catch {
    return undefined
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function dataDirectoryHeld(directory: string, who: string): StartError {
  return new StartError(
    `The data directory "${directory}" is in use by ${who}. Stop that server, or set MILLRACE_DATA_DIR to another directory.`,
  )
}
