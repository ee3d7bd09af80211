import { createHash } from 'node:crypto'
import { FlowError } from '@millrace/flow'
import { errors, jwtVerify } from 'jose'
import type { RenewableVisitor } from './visitor-tokens.ts'

interface Options {
  readonly flowId: string
  /** That of the flow. */
  readonly secret: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** Nobody is vouched for longer than this, in ms. */
const longestMs = 24 * 60 * 60 * 1000

/**
 * Reads what the operator's own back end says of a visitor: a JWT, signed with HS256, whose `sub` is
 * the user and whose `exp` is at most a day ahead. Throws `unauthorized`.
 */
export async function readSignedVisitor(
  signed: string,
  { flowId, secret, now }: Options,
): Promise<RenewableVisitor> {
  const { sub, exp } = await claimsOf(signed, secret, now)
  const until = (exp ?? 0) * 1000
  if (sub === undefined || sub === '' || sub.length > 300) {
    throw refused('has no "sub" of 1 to 300 characters, which is the user')
  }
  if (until > now + longestMs) throw refused('is good for more than a day: "exp" is too far ahead')
  // The same user is the same visitor in each browser, so that each can follow the others' answers.
  const visitorId = createHash('sha256').update(`${flowId}/${sub}`).digest('base64url')
  return { visitor: { kind: 'visitor', flowId, visitorId, user: sub }, until }
}

async function claimsOf(signed: string, secret: string, now: number) {
  try {
    const key = new TextEncoder().encode(secret)
    const { payload } = await jwtVerify(signed, key, {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now),
    })
    return payload
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw refused('has expired')
    if (cause instanceof errors.JWTClaimValidationFailed) throw refused('lacks "sub" or "exp"')
    throw refused('is not signed with the secret of this flow')
  }
}

function refused(what: string): FlowError {
  return new FlowError(
    'unauthorized',
    `What vouches for this visitor ${what}. Sign a JWT with HS256, "sub" and "exp" on your own back end.`,
    { details: { reason: 'signature' } },
  )
}
