import { FlowError } from '@millrace/flow'
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose'
import type { Principal } from '../access/principal.ts'

export type Visitor = Extract<Principal, { kind: 'visitor' }>

/** What a visitor's browser holds in place of a key. */
export interface VisitorToken {
  readonly token: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** Tokens that the server issues to visitors of a flow's public chat. */
export interface VisitorTokens {
  /** `renewableUntil`, in epoch ms, is until when the same visitor gets another one for it. */
  issue(visitor: Visitor, renewableUntil: number): Promise<VisitorToken>
  /** Whom a token was issued to. Throws `unauthorized` for one that expired or is not ours. */
  read(token: string): Promise<Visitor>
  /** The same of one that may have expired; `undefined` when it cannot be renewed. */
  readRenewable(token: string): Promise<RenewableVisitor | undefined>
}

export interface RenewableVisitor {
  readonly visitor: Visitor
  /** Epoch milliseconds. */
  readonly until: number
}

/** What tells a visitor's token from an API key. */
export const visitorTokenPrefix = 'mrv_'

const lifeMs = 60 * 60 * 1000
const algorithm = 'HS256'
/** Of who made a token: no other token that is signed by the same key is one. */
const issuer = 'millrace/visitors'

export function createVisitorTokens(key: Uint8Array, now: () => number): VisitorTokens {
  async function claimsOf(token: string, at: Date): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token.slice(visitorTokenPrefix.length), key, {
      algorithms: [algorithm],
      issuer,
      currentDate: at,
    })
    return payload
  }
  return {
    async issue({ flowId, visitorId, user }, renewableUntil) {
      const expiresAt = Math.min(now() + lifeMs, renewableUntil)
      const claims = { ...(user === undefined ? {} : { user }), until: renewableUntil }
      const signed = await new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm })
        .setIssuer(issuer)
        .setAudience(flowId)
        .setSubject(visitorId)
        .setExpirationTime(new Date(expiresAt))
        .sign(key)
      return { token: `${visitorTokenPrefix}${signed}`, expiresAt }
    },
    async read(token) {
      try {
        return visitorOf(await claimsOf(token, new Date(now())))
      } catch (cause) {
        const what = cause instanceof errors.JWTExpired ? 'has expired' : 'is not valid'
        throw new FlowError(
          'unauthorized',
          `The visitor's token ${what}. Get another one from POST /api/flows/{id}/visitors.`,
          { cause },
        )
      }
    },
    async readRenewable(token) {
      try {
        // Its own end does not count here.
        const claims = await claimsOf(token, new Date(0))
        const until = Number(claims['until'])
        return until > now() ? { visitor: visitorOf(claims), until } : undefined
      } catch {
        return undefined
      }
    },
  }
}

function visitorOf({ aud, sub, user }: JWTPayload): Visitor {
  if (typeof aud !== 'string' || sub === undefined) throw new Error('A claim is missing.')
  return {
    kind: 'visitor',
    flowId: aud,
    visitorId: sub,
    user: typeof user === 'string' ? user : undefined,
  }
}
