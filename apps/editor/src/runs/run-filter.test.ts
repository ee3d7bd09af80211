import { expect, it } from 'vitest'
import { filterOf, isNarrowed, queryOf, runsPath, unknownIn } from './run-filter.ts'

it('reads what it writes', () => {
  const filter = {
    flow: 'chat & more',
    state: 'failed',
    session: 'anna/1',
    origin: 'client',
    environment: 'production',
    from: '2026-01-02T03:04:00.000Z',
    to: '2026-01-03T00:00:00.000Z',
  } as const
  expect(filterOf(runsPath(filter).slice('/runs?'.length))).toEqual(filter)
  expect(runsPath({ flow: undefined })).toBe('/runs')
  expect(runsPath({ since: 'day', flow: 'chat' })).toBe('/runs?flow=chat&since=day')
})

it('leaves out what is no filter', () => {
  const filter = filterOf(
    'state=broken&origin=toString&environment=live&since=ever&from=yesterday&session=%20',
  )
  expect(filter).toEqual({})
  expect(isNarrowed(filter)).toBe(false)
})

it('asks for a stretch of time up to now, or for the one that is named', () => {
  const now = new Date('2026-01-02T00:00:00Z')
  expect(queryOf({ since: 'day', flow: 'chat' }, now)).toEqual({
    flow: 'chat',
    from: new Date('2026-01-01T00:00:00Z'),
    to: undefined,
  })
  expect(queryOf(filterOf('since=day&to=2026-01-01T06:00:00Z'), now)).toEqual({
    from: undefined,
    to: new Date('2026-01-01T06:00:00Z'),
  })
})

it('tells what an address asks for that is no filter', () => {
  expect(unknownIn('')).toEqual([])
  expect(unknownIn('flow=a&state=failed&since=day&from=2026-01-01T00:00:00Z&session=')).toEqual([])
  expect(unknownIn('flow=a&state=broken&stat=failed&toString=1')).toEqual([
    'state=broken',
    'stat=failed',
    'toString=1',
  ])
})
