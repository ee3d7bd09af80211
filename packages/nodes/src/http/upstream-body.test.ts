import { describe, expect, it } from 'vitest'
import { UpstreamBody } from './upstream-body.ts'

function bodyWithLog(): { body: UpstreamBody; log: string[] } {
  const log: string[] = []
  const body = new UpstreamBody({
    pause: () => log.push('pause'),
    resume: () => log.push('resume'),
    abort: (reason) => log.push(`abort: ${reason.message}`),
  })
  return { body, log }
}

async function read(body: UpstreamBody): Promise<readonly Uint8Array[] | undefined> {
  await body.arrival()
  return body.take()
}

const bytes = (length: number) => new Uint8Array(length)
const lengths = (pieces: readonly Uint8Array[] | undefined) => pieces?.map(({ length }) => length)

describe('UpstreamBody', () => {
  it('gives everything that one socket read brought in one batch', async () => {
    const { body } = bodyWithLog()
    const batch = read(body)
    body.push(bytes(1))
    body.push(bytes(2))
    expect(lengths(await batch)).toEqual([1, 2])
  })

  it('gives what is left before the end, then the end for ever', async () => {
    const { body } = bodyWithLog()
    body.push(bytes(1))
    body.end()
    expect(lengths(await read(body))).toEqual([1])
    expect(await read(body)).toBeUndefined()
    expect(await read(body)).toBeUndefined()
  })

  it('gives what arrived before the connection broke, then throws what broke it', async () => {
    const { body } = bodyWithLog()
    body.push(bytes(1))
    body.fail(new Error('reset'))
    expect(lengths(await read(body))).toEqual([1])
    await expect(read(body)).rejects.toThrow('reset')
  })

  it('wakes a waiting reader at the end', async () => {
    const { body } = bodyWithLog()
    const batch = read(body)
    body.end()
    expect(await batch).toBeUndefined()
  })

  it('holds the connection back while much is unread, and lets it go when it was read', async () => {
    const { body, log } = bodyWithLog()
    body.push(bytes(40_000))
    expect(log).toEqual([])
    body.push(bytes(40_000))
    body.push(bytes(40_000))
    expect(log).toEqual(['pause'])
    await read(body)
    expect(log).toEqual(['pause', 'resume'])
  })

  it('drops what was not read when it is aborted, and ends the connection once', async () => {
    const { body, log } = bodyWithLog()
    body.push(bytes(1))
    body.abort(new Error('stopped'))
    body.abort(new Error('again'))
    await expect(read(body)).rejects.toThrow('stopped')
    expect(log).toEqual(['abort: stopped'])
  })

  it('gives what arrived before it was cut, and ends the connection once', async () => {
    const { body, log } = bodyWithLog()
    body.push(bytes(1))
    body.cut(new Error('complete'))
    body.cut(new Error('again'))
    expect(log).toEqual(['abort: complete'])
    expect(await read(body)).toHaveLength(1)
    expect(await read(body)).toBeUndefined()
  })

  it('leaves a connection alone that ended before it was aborted', () => {
    const { body, log } = bodyWithLog()
    body.end()
    body.abort(new Error('late'))
    expect(log).toEqual([])
  })
})
