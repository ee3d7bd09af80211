import { useEffect, useRef, useState } from 'react'
import { basePath } from '../../api/base-path.ts'
import { readAnswer, type TrialAnswer } from './read-answer.ts'
import type { TrialRequest } from './trial-request.ts'

/** How a trial stands. */
export type TrialState =
  | { readonly status: 'idle' }
  | { readonly status: 'waiting' }
  | { readonly status: 'answering' | 'ended' | 'stopped'; readonly answer: TrialAnswer }
  /** No answer came, or it broke off. */
  | { readonly status: 'lost'; readonly answer: TrialAnswer | undefined }

export interface TrialControl {
  readonly state: TrialState
  readonly isGoing: boolean
  readonly send: (request: TrialRequest) => void
  /** Ends the run too: what it is tried for is over. */
  readonly stop: () => void
}

/** Sends trials, one at a time; the one that goes on ends with the page. */
export function useTrial(): TrialControl {
  const [state, setState] = useState<TrialState>({ status: 'idle' })
  const going = useRef<AbortController>(undefined)
  useEffect(() => () => going.current?.abort(), [])

  async function send(request: TrialRequest): Promise<void> {
    going.current?.abort()
    const controller = new AbortController()
    going.current = controller
    const { signal } = controller
    let answer: TrialAnswer | undefined
    const show = (next: TrialState) => {
      if (going.current === controller) setState(next)
    }
    show({ status: 'waiting' })
    try {
      const asked = { ...request, path: basePath + request.path }
      const options = { fetch, now: () => performance.now(), signal }
      for await (answer of readAnswer(asked, options)) {
        show({ status: answer.endedMs === undefined ? 'answering' : 'ended', answer })
      }
    } catch {
      if (!signal.aborted) show({ status: 'lost', answer })
      else {
        show(answer === undefined ? { status: 'idle' } : { status: 'stopped', answer })
        if (answer?.runId !== undefined) await stopRun(answer.runId, request)
      }
    }
  }

  return {
    state,
    isGoing: state.status === 'waiting' || state.status === 'answering',
    send: (request) => void send(request),
    stop: () => going.current?.abort(),
  }
}

/** As who started it. Where that fails, the run ends as its flow says of clients that leave. */
async function stopRun(runId: string, { init }: TrialRequest): Promise<void> {
  const { body: _, ...asStarted } = init
  const path = `${basePath}/api/runs/${encodeURIComponent(runId)}/stop`
  await fetch(path, asStarted).catch(() => undefined)
}
