import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDirectory } from './lock.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const lockFile = () => join(directory, 'lock')

describe('lockDirectory', () => {
  it('refuses a second holder with a message that names the first', () => {
    const lock = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(
      `The data directory "${directory}" is in use by process ${process.pid}. Stop that server, or set MILLRACE_DATA_DIR to another directory.`,
    )
    lock.release()
    lockDirectory(directory).release()
    expect(existsSync(lockFile())).toBe(false)
  })

  it('refuses it in another process too', () => {
    const lock = lockDirectory(directory)
    const module = JSON.stringify(new URL('./lock.ts', import.meta.url).href)
    const other = spawnSync(process.execPath, [
      '--input-type=module',
      '-e',
      `const { lockDirectory } = await import(${module}); lockDirectory(${JSON.stringify(directory)})`,
    ])
    expect(other.stderr.toString()).toContain(`in use by process ${process.pid}`)
    lock.release()
  })

  it('takes over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    writeFileSync(lockFile(), JSON.stringify({ pid, started: null, token: 'old' }))
    lockDirectory(directory)
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid })
  })

  it.runIf(existsSync('/proc/self/stat'))(
    'takes over when the number now belongs to another process',
    () => {
      writeFileSync(
        lockFile(),
        JSON.stringify({ pid: process.ppid, started: 'another boot/1', token: 'old' }),
      )
      lockDirectory(directory)
      expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid })
    },
  )

  it('waits for nobody who died while making the file, but not at once', () => {
    writeFileSync(lockFile(), '')
    expect(() => lockDirectory(directory)).toThrow('in use by another process')
    utimesSync(lockFile(), 0, 0)
    lockDirectory(directory).release()
  })

  it('leaves a lock alone that is not its own any more', () => {
    const lock = lockDirectory(directory)
    const other = JSON.stringify({ pid: 1, started: null, token: 'other' })
    writeFileSync(lockFile(), other)
    lock.release()
    expect(readFileSync(lockFile(), 'utf8')).toBe(other)
  })
})
