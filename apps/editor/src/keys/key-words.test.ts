import { expect, it } from 'vitest'
import type { ApiKey } from '../api/keys-api.ts'
import { factsOf } from './key-words.ts'

const key: ApiKey = {
  id: '00aa',
  name: 'Web shop',
  start: 'mr_00aa',
  policies: ['execute'],
  flows: null,
  environment: null,
  limits: { requestsPerMinute: null, concurrentRuns: null },
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUsedAt: null,
  revokedAt: null,
}

it('says of a key what it is for, as far as it is not for everything', () => {
  expect(factsOf(key)).toEqual(['all flows'])
  expect(
    factsOf({
      ...key,
      flows: ['rag-chat'],
      environment: 'production',
      limits: { requestsPerMinute: 60, concurrentRuns: 1 },
    }),
  ).toEqual([
    'rag-chat',
    'Production only',
    'at most 60 requests a minute',
    'at most 1 run at a time',
  ])
})

it('counts flows that are too many to name', () => {
  expect(factsOf({ ...key, flows: ['a', 'b', 'c', 'd'] })).toEqual(['4 flows'])
})

it('says nothing of flows for a key that designs: it reaches them all', () => {
  expect(factsOf({ ...key, policies: ['configure'] })).toEqual([])
})
