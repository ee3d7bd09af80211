import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeSockets } from '../run/fake-socket.ts'
import { followRunsInProgress } from './runs-in-progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function world() {
  const { sockets, openSocket } = fakeSockets()
  const heard: (readonly string[])[] = []
  const leave = followRunsInProgress({
    flowId: 'chat',
    openSocket,
    onChange: (runs) => heard.push(runs.map(({ id }) => id)),
  })
  return { sockets, heard, leave }
}

function run(id: string, state = 'running') {
  const startedAt = `2026-01-01T00:00:0${id}.000Z`
  return { id, flowId: 'chat', state, startedAt, endedAt: null, usage: null }
}

it('tells which runs go on, the latest first, as they start and end', () => {
  const { sockets, heard } = world()
  expect(sockets[0]?.accept().sent).toEqual([{ type: 'watchRuns', flowId: 'chat' }])
  sockets[0]?.say({ type: 'runs', runs: [run('1')] })
  sockets[0]?.say({ type: 'runs', runs: [run('2')] })
  sockets[0]?.say({ type: 'runs', runs: [run('1', 'completed')] })
  expect(heard).toEqual([['1'], ['2', '1'], ['2']])
})

it('knows of none while the socket is away, and asks anew', () => {
  const { sockets, heard, leave } = world()
  sockets[0]?.accept().say({ type: 'runs', runs: [run('1')] })
  sockets[0]?.close()
  expect(heard.at(-1)).toEqual([])
  vi.advanceTimersByTime(5_000)
  expect(sockets[1]?.accept().sent).toEqual([{ type: 'watchRuns', flowId: 'chat' }])
  leave()
  vi.advanceTimersByTime(60_000)
  expect(sockets).toHaveLength(2)
})
