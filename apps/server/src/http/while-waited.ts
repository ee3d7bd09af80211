import { FlowError } from '@millrace/flow'
import type { Response } from 'express'

/** Aborted when the caller left before the answer. */
export function whileWaited(response: Response): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    controller.abort(new FlowError('cancelled', 'The caller left before the answer.'))
  })
  return controller.signal
}
