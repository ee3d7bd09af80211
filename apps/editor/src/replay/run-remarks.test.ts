import { emptyFlow, type RunEvent } from '@millrace/flow'
import { expect, it } from 'vitest'
import { remarksOf, type RemarkedRun } from './run-remarks.ts'

function startAt(trace: 'full' | 'summary'): RunEvent {
  return { seq: 1, at: 0, type: 'run-start', runId: 'r', flowId: 'f', document: 'd', trace }
}

const plain: RemarkedRun = {
  ran: { kind: 'same' },
  view: 'ran',
  droppedEvents: 0,
  first: startAt('full'),
  status: 'completed',
  failure: undefined,
}

it('has nothing to say of a run that is shown as it was', () => {
  expect(remarksOf(plain)).toEqual([])
})

it('says what was not recorded, and since when it is', () => {
  const first = startAt('summary')
  expect(remarksOf({ ...plain, first, status: 'running' })).toEqual([
    'Values and texts are recorded since you watch it, none before.',
  ])
  expect(remarksOf({ ...plain, first })).toEqual([
    'It recorded no values and texts, unless somebody watched.',
  ])
})

it('says why a run was interrupted, unless it is only this window that lost it', () => {
  const failure = 'The server does not answer.'
  expect(remarksOf({ ...plain, status: 'interrupted' })).toEqual([
    'The server stopped while it ran. Of its last moments something may be missing.',
  ])
  expect(remarksOf({ ...plain, status: 'interrupted', failure })).toEqual([
    `Its log cannot be read to the end. ${failure}`,
  ])
})

it('says that the flow was deleted, by the name that it had', () => {
  const flow = emptyFlow('f', 'Greeting')
  expect(remarksOf({ ...plain, ran: { kind: 'gone', flow } })).toEqual([
    '“Greeting” was deleted since: this is what ran, to be looked at.',
  ])
})

it('says what is no longer kept: the document, the first events, the rest of the log', () => {
  expect(
    remarksOf({ ...plain, ran: { kind: 'lost' }, droppedEvents: 12, failure: 'It was deleted.' }),
  ).toEqual([
    'Its log cannot be read to the end. It was deleted.',
    'What it ran is no longer kept, so it is shown on the flow as it is now.',
    'Its first 12 events are no longer kept.',
  ])
})
