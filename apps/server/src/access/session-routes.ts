import { FlowError } from '@millrace/flow'
import { z } from 'zod'
import { ofBody } from '../http/limits.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { PasswordSessions } from './password-sessions.ts'

const sessionSchema = z.object({
  /** Whether this browser may design. */
  isSignedIn: z.boolean(),
  /** Whether that takes a password: else whoever reaches the server is its operator. */
  hasPassword: z.boolean(),
})

type SessionAnswer = z.infer<typeof sessionSchema>

/** Signing in and out; `sessions` is `undefined` on a server without a password. */
export function sessionRoutes(sessions: PasswordSessions | undefined): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/session',
      caller: 'anyone',
      summary: 'Tells whether the caller is signed in, and whether that takes a password.',
      answers: { 200: { description: 'How it stands.', schema: sessionSchema } },
      async handle({ request, response }) {
        const isSignedIn = sessions === undefined || (await sessions.has(request))
        const answer: SessionAnswer = { isSignedIn, hasPassword: sessions !== undefined }
        response.json(answer)
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/session',
      caller: 'anyone',
      summary: 'Signs the operator in with the password; the answer sets a cookie for a week.',
      body: {
        schema: z.strictObject({ password: z.string().max(1000) }),
        maxBytes: ofBody,
      },
      answers: { 200: { description: 'Signed in.', schema: sessionSchema } },
      async handle({ body, request, response }) {
        if (sessions === undefined) {
          throw new FlowError(
            'conflict',
            'This server has no password: whoever reaches it is its operator. Start it with MILLRACE_OPERATOR_PASSWORD to have one.',
          )
        }
        response.setHeader('Set-Cookie', await sessions.signIn(body.password, request))
        const answer: SessionAnswer = { isSignedIn: true, hasPassword: true }
        response.json(answer)
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/session',
      caller: 'anyone',
      summary: 'Signs the operator out in this browser.',
      answers: { 204: { description: 'Signed out.' } },
      async handle({ request, response }) {
        if (sessions !== undefined) {
          response.setHeader('Set-Cookie', await sessions.signOut(request))
        }
        response.status(204).end()
      },
    }),
  ]
}
