import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import { FlowError } from '@millrace/flow'
import { z } from 'zod'
import { hasCode } from '../has-code.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import { runAnswer, runAnswerSchema } from './run-answer.ts'
import { exampleRunId } from './run-examples.ts'
import { pagesOf } from './run-pages.ts'
import type { RunRecord } from './run-record.ts'
import type { StoredRunLog } from './stored-run-log.ts'

interface Options {
  /** How a run stands. Throws `not_found`. */
  readonly find: (runId: string) => Promise<RunRecord>
  readonly log: StoredRunLog
}

/** So many runs are in one file. */
const maxExported = 1000

const exportedSchema = z.object({
  format: z.literal('millrace/run'),
  version: z.literal(1),
  run: runAnswerSchema,
  document: z.looseObject({ format: z.string(), version: z.number(), id: z.string() }).nullable(),
  events: z.array(z.looseObject({ seq: z.number(), type: z.string() })),
})

/** Runs as files, each with all that is kept of it. */
export function runExportRoutes({ find, log }: Options): readonly Route[] {
  /** The text of one run, in pieces of about a page of its log. */
  async function* textOf(run: RunRecord): AsyncGenerator<string, void, void> {
    const text = (await log.findDocument(run.document)) ?? 'null'
    yield `{"format":"millrace/run","version":1,"run":${JSON.stringify(runAnswer(run, 'full'))},"document":${text},"events":[`
    let separator = '\n'
    for await (const entries of pagesOf(log, run.id)) {
      yield separator + entries.map(({ json }) => json).join(',\n')
      separator = ',\n'
    }
    yield '\n]}'
  }

  /** The text of a list of runs; what is gone is left out. */
  async function* textOfAll(ids: Iterable<string>): AsyncGenerator<string, void, void> {
    let separator = '[\n'
    for (const id of ids) {
      const run = await found(id)
      if (run === undefined) continue
      yield separator
      yield* textOf(run)
      separator = ',\n'
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n'
  }

  async function found(id: string): Promise<RunRecord | undefined> {
    try {
      return await find(id)
    } catch (error) {
      if (error instanceof FlowError && error.code === 'not_found') return undefined
      throw error
    }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/runs/:id/export',
      caller: 'operator',
      summary: 'Reads a run as one file: how it stands, what it ran, its events so far.',
      answers: {
        200: {
          description: 'The events are those that are kept; the document is null where it is not.',
          schema: exportedSchema,
        },
      },
      async handle({ response, ...call }) {
        const run = await find(paramOf(call, 'id'))
        await sendFile(response, `run-${run.id}.json`, textOf(run))
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/runs/export',
      caller: 'operator',
      summary: 'Reads some runs by their ids as one file, each as it is exported alone.',
      body: {
        schema: z.strictObject({ ids: z.array(z.string().min(1)).min(1).max(maxExported) }),
        maxBytes: ofBody,
        examples: { some: { summary: 'One run of a list', value: { ids: [exampleRunId] } } },
      },
      answers: {
        200: {
          description:
            'The runs in the order of their ids, each once. One that is gone is left out.',
          schema: z.array(exportedSchema),
        },
      },
      async handle({ body: { ids }, response }) {
        await sendFile(response, 'runs.json', textOfAll(new Set(ids)))
      },
    }),
  ]
}

async function sendFile(
  response: Response,
  name: string,
  text: AsyncIterable<string>,
): Promise<void> {
  response.attachment(name).type('json')
  try {
    await pipeline(text, response)
  } catch (error) {
    // Whoever asked for it left; nobody waits for the rest.
    if (!hasCode(error, 'ERR_STREAM_PREMATURE_CLOSE')) throw error
  }
}
