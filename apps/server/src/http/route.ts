import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Caller } from '../access/caller.ts'
import type { Principal } from '../access/principal.ts'
import type { MaxBytes } from './limits.ts'

/** How a route answers, for the description of the API. */
export interface AnswerDescription {
  readonly description: string
  /** Of a JSON answer. */
  readonly schema?: z.ZodType
  /** Of an answer that is not plain JSON, the default first. */
  readonly contentTypes?: readonly string[]
  /** What such an answer looks like, by its type. */
  readonly examples?: Readonly<Record<string, unknown>>
  /** Whether a run answers, so that its id stands in the header `x-run-id`. */
  readonly isOfRun?: true
}

/** What the body of a request must be. */
export interface BodyRule<Body> {
  readonly schema: z.ZodType<Body>
  readonly maxBytes: MaxBytes
  /** Bodies as they are sent, for the description of the API, each under a name. */
  readonly examples?: Readonly<
    Record<string, { readonly summary: string; readonly value: unknown }>
  >
}

/** A request whose parts were checked. */
export interface Call<Body, Query> {
  /** The named parts of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  /** Who calls; of those whom the route's `caller` lets in. */
  readonly principal: Principal
  readonly request: Request
  readonly response: Response
}

/** One line of the route table. From it come the router, the checks and `GET /openapi.json`. */
export interface Route<Body = unknown, Query = unknown> {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** As Express writes it: `/api/flows/:id`. */
  readonly path: string
  readonly caller: Caller
  /** Whether pages of every origin may call it; it decides itself which of them it serves. */
  readonly isForAnyOrigin?: true
  readonly summary: string
  readonly query?: z.ZodType<Query>
  /** Whether a request says in `If-Match` which revision it is based on. */
  readonly ifMatch?: 'required' | 'optional'
  /** Whether a request that comes again with the same `Idempotency-Key` is the same one. */
  readonly hasIdempotencyKey?: true
  /** What further headers of a request are for, by name. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyRule<Body>
  /** By status; every route can also answer with an error. */
  readonly answers: Readonly<Record<number, AnswerDescription>>
  readonly handle: (call: Call<Body, Query>) => Promise<void> | void
}

/** Declares a route; its handler is typed by its schemas. */
export function defineRoute<Body = undefined, Query = undefined>(route: Route<Body, Query>): Route {
  // The app hands each handler what the route's own schemas let through.
  return route as unknown as Route
}

/** A named part of the path, which the route has. */
export function paramOf(call: Pick<Call<unknown, unknown>, 'params'>, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new Error(`The route has no part ":${name}".`)
  return value
}
