import type { Response } from 'express'
import { z } from 'zod'
import { ofBody } from '../http/limits.ts'
import { requiredRevision, tagOf } from '../http/revision.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { PriceStore, StoredPrices } from './price-store.ts'
import { priceTableSchema } from './price-table-schema.ts'
import { shippedAsOf, shippedPrices } from './shipped-prices.ts'

const pricesAnswer = {
  description: 'The prices in force; their revision is the ETag.',
  schema: z.object({
    currency: z.string(),
    models: z.array(
      z.object({
        model: z.string(),
        inputPerMillion: z.number(),
        outputPerMillion: z.number(),
      }),
    ),
    /** The day of the shipped prices; null where an operator's own are in force. */
    shippedAsOf: z.iso.date().nullable(),
  }),
}

/** What models cost, by which runs are told in money. */
export function priceRoutes(store: PriceStore): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/prices',
      caller: 'operator',
      summary: 'Reads what models cost, for a million tokens each.',
      answers: { 200: pricesAnswer },
      async handle({ response }) {
        sendPrices(response, await store.read())
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/prices',
      caller: 'operator',
      ifMatch: 'required',
      summary: 'Replaces the prices over the revision in If-Match; a model may end in *.',
      body: { schema: priceTableSchema, maxBytes: ofBody },
      answers: { 200: pricesAnswer },
      async handle({ body, request, response }) {
        const basedOn = requiredRevision(request)
        sendPrices(response, await store.save({ table: body, basedOn }))
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/prices',
      caller: 'operator',
      ifMatch: 'required',
      summary: 'Puts the prices in force again that came with this Millrace.',
      answers: { 200: pricesAnswer },
      async handle({ request, response }) {
        const basedOn = requiredRevision(request)
        sendPrices(response, await store.save({ table: undefined, basedOn }))
      },
    }),
  ]
}

function sendPrices(response: Response, { revision, table }: StoredPrices): void {
  response
    .setHeader('ETag', tagOf(revision))
    .json({ ...(table ?? shippedPrices), shippedAsOf: table === undefined ? shippedAsOf : null })
}
