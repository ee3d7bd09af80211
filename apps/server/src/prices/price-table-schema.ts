import { z } from 'zod'

const perMillion = z.number().min(0).max(1_000_000)

const modelPrice = z.strictObject({
  model: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^*]*\*?$/, 'may have a * at its end only'),
  inputPerMillion: perMillion,
  outputPerMillion: perMillion,
})

/** A table of prices as an operator sends it: each model once, whatever the case of its letters. */
export const priceTableSchema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'is a code of three capital letters, such as USD'),
  models: z
    .array(modelPrice)
    .max(1000)
    .superRefine((models, context) => {
      const seen = new Set<string>()
      for (const [index, { model }] of models.entries()) {
        const name = model.toLowerCase()
        if (seen.has(name)) {
          const message = `"${model}" has a price already`
          context.addIssue({ code: 'custom', path: [index, 'model'], message })
        }
        seen.add(name)
      }
    }),
})
