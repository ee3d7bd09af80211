import type { RunEventOf } from '@millrace/flow'

/** How the log of a run begins, with an input that no client is to see. */
export const runStart: RunEventOf<'run-start'> = {
  seq: 1,
  at: 10,
  type: 'run-start',
  runId: 'r1',
  flowId: 'mill',
  document: 'hash',
  trace: 'summary',
  input: { prompt: 'secret' },
}
