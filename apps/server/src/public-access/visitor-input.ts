import { FlowError } from '@millrace/flow'
import { z } from 'zod'
import type { Visitor } from './visitor-tokens.ts'

const said = z.object({ role: z.enum(['user', 'assistant']), content: z.string() })

/**
 * What a visitor may say to a flow. Nothing else passes: no instructions, no options of a model, and
 * no name but the one that was vouched for.
 */
const visitorInputSchema = z.object({
  sessionId: z.string().min(1).max(200),
  prompt: z.string().min(1).max(32_000),
  context: z.union([z.string().max(32_000), z.record(z.string(), z.json())]).optional(),
  history: z.array(said).max(400).optional(),
})

export type VisitorInput = z.infer<typeof visitorInputSchema> & { readonly user: string }

/** The input of a run that a visitor starts. Throws `input_invalid`. */
export function visitorInput(body: unknown, { user }: Visitor): VisitorInput {
  const result = visitorInputSchema.safeParse(body)
  if (result.success) return { ...result.data, user: user ?? '' }
  const [issue] = result.error.issues
  throw new FlowError(
    'input_invalid',
    `A visitor sends { "sessionId", "prompt" }, and "context" and a "history" of user and assistant: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? ''}.`,
    { property: ['body', ...(issue?.path ?? []).map(String)].join('.') },
  )
}
