import { describe, expect, it } from 'vitest'
import { errorForVisitor } from './error-for-visitor.ts'
import { statusByCode, type ErrorCode, type ErrorShape } from './error.ts'

const codes = Object.keys(statusByCode) as ErrorCode[] // its own keys
/** Stands in everything that is for operators. */
const secret = 'grist'
const details = {
  limit: 'minute',
  retryAfter: 3,
  reason: 'origin',
  host: `${secret}.internal`,
  problems: [{ code: 'node_unreachable', severity: 'error', message: secret } as const],
}

function failed(code: ErrorCode, more: Partial<ErrorShape> = {}): ErrorShape {
  const message = `Node "${secret}" failed at https://${secret}.internal.`
  return { code, message, retryable: true, details: { ...details, childRunId: secret }, ...more }
}

const ofNode = { nodeId: secret, property: secret }

describe('a visitor', () => {
  it.each(codes)(
    'reads none of the words for operators in %s, and whether to try again',
    (code) => {
      for (const more of [{}, ofNode, { property: secret }]) {
        const told = errorForVisitor(failed(code, more))
        expect(JSON.stringify(told)).not.toContain(secret)
        expect(told.message).not.toBe('')
        expect(told.retryable).toBe(true)
        expect(errorForVisitor(failed(code, { ...more, retryable: false })).retryable).toBe(false)
        // Told again, as by a door behind a door, it stays the same.
        expect(errorForVisitor(told)).toEqual(told)
      }
    },
  )

  it('learns why a node failed only where waiting helps, or where somebody stopped it', () => {
    const kept = codes.filter((code) => errorForVisitor(failed(code, ofNode)).code === code)
    expect(kept).toEqual(['rate_limited', 'cancelled', 'internal', 'draining', 'timeout'])
    const { details: told } = errorForVisitor(failed('rate_limited', ofNode))
    expect(told).toBeUndefined()
  })

  it('learns what is their own doing, and what passes', () => {
    const hidden = codes.filter((code) => errorForVisitor(failed(code)).code !== code)
    expect(hidden).toEqual([
      'address_refused',
      'connection_missing',
      'flow_invalid',
      'variable_missing',
      'precondition_required',
      'provider_limited',
      'database_failed',
      'database_unauthorized',
      'function_failed',
      'flow_failed',
      'recording_missing',
      'provider_failed',
      'provider_model_unknown',
      'provider_unauthorized',
      'provider_unreachable',
      'upstream_disconnected',
      'upstream_protocol',
      'upstream_truncated',
      'connection_locked',
    ])
  })

  it('learns where their own request is wrong, and how long to wait', () => {
    expect(errorForVisitor(failed('input_invalid', { property: 'body.prompt' }))).toMatchObject({
      property: 'body.prompt',
    })
    expect(errorForVisitor(failed('rate_limited')).details).toEqual({
      limit: 'minute',
      retryAfter: 3,
    })
    expect(errorForVisitor(failed('forbidden')).details).toEqual({ reason: 'origin' })
  })

  it('reads what the flow throws by itself in its own words, and none of its details', () => {
    const thrown = { ...ofNode, message: 'We are closed on Sundays.', details }
    expect(errorForVisitor(failed('flow_failed', thrown))).toEqual({
      code: 'flow_failed',
      message: 'We are closed on Sundays.',
      retryable: true,
    })
  })

  it('does not read what another flow threw at the one that called it', () => {
    const message = `The flow "${secret}" failed: No rows.`
    expect(errorForVisitor(failed('flow_failed', { ...ofNode, message })).code).toBe('internal')
  })
})
