import { FlowError, isIdentifier, declaredTypes } from '@millrace/flow'
import { z } from 'zod'
import { ofBody } from '../http/limits.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { whileWaited } from '../http/while-waited.ts'
import type { RuntimeLoader } from '../runtime.ts'

interface Options {
  readonly runtime: RuntimeLoader
}

const nameSchema = z.string().refine(isIdentifier, 'It is no name of an input.')

const logSchema = z.array(
  z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string() }),
)

const errorSchema = z.looseObject({ code: z.string(), message: z.string(), retryable: z.boolean() })

/** Code of functions, for whoever writes it. */
export function functionRoutes({ runtime }: Options): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/functions/check',
      caller: 'operator',
      summary: 'Reads the code of a function without running it.',
      body: {
        schema: z.object({ code: z.string(), inputs: z.array(nameSchema).max(100).default([]) }),
        maxBytes: ofBody,
      },
      answers: {
        200: {
          description: 'What keeps the code from being read; null when it can be run.',
          schema: z.object({
            problem: z
              .object({
                message: z.string(),
                position: z.object({ line: z.number(), column: z.number() }).optional(),
                /** The input whose name is to blame. */
                input: z.string().optional(),
              })
              .nullable(),
          }),
        },
      },
      async handle({ body, response }) {
        const { services } = await runtime.load()
        const problem = await services.functions.check({ source: body.code, inputs: body.inputs })
        response.json({ problem: problem ?? null })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/functions/run',
      caller: 'operator',
      summary: 'Runs the code of a function once, with the values that are given, as a trial.',
      body: {
        schema: z.object({
          title: z.string().max(200).default('Function'),
          code: z.string(),
          inputs: z.record(nameSchema, z.unknown()).default({}),
          resultType: z.enum(declaredTypes).default('any'),
          timeoutSeconds: z.number().min(0.1).max(60).default(5),
          memoryMiB: z.int().min(1).max(256).default(32),
        }),
        maxBytes: ofBody,
      },
      answers: {
        200: {
          description:
            'What the code returned or why it failed, what it wrote, and how long it took.',
          schema: z.discriminatedUnion('status', [
            z.object({
              status: z.literal('returned'),
              result: z.unknown(),
              log: logSchema,
              ms: z.number(),
            }),
            z.object({
              status: z.literal('failed'),
              error: errorSchema,
              log: logSchema,
              ms: z.number(),
            }),
          ]),
        },
      },
      async handle({ body, response }) {
        const { nodes, services } = await runtime.load()
        const log: { level: 'info' | 'warning' | 'error'; message: string }[] = []
        const start = performance.now()
        const outcome = await services.functions
          .run({
            title: body.title,
            source: body.code,
            inputs: body.inputs,
            timeoutMs: body.timeoutSeconds * 1000,
            memoryBytes: body.memoryMiB * 1024 * 1024,
            signal: whileWaited(response),
            onLog: (level, message) => log.push({ level, message }),
          })
          .then((result) => {
            const wrong = nodes.wrongResult(body.title, result, body.resultType)
            return wrong === undefined ? { status: 'returned', result } : failed(wrong)
          }, failed)
        response.json({ ...outcome, log, ms: Math.round(performance.now() - start) })
      },
    }),
  ]
}

/** What the code did is an answer; that the sandbox cannot work is an error of the route. */
function failed(error: unknown) {
  if (!(error instanceof FlowError)) throw error
  return { status: 'failed', error: error.toShape() }
}
