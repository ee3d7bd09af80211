import { z } from 'zod'

/** Who may chat with a published flow without a key. */
const publicModes = [
  'off',
  /** Anybody who opens its chat page, or a page that shows its widget. */
  'anonymous',
  /** Those alone for whom the operator's own back end signs. */
  'signed',
] as const

/**
 * An origin as browsers write it: scheme, host and port, nothing behind. It stands in a policy of the
 * chat page, where other characters that addresses may have mean something.
 */
const origin = z
  .string()
  .max(300)
  .refine((text) => /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.parse(text)?.origin === text, {
    message: 'An origin is a scheme, a host and perhaps a port, such as "https://www.example.com"',
  })

const atMost = (most: number) => z.int().min(1).max(most)

export const publicSettingsSchema = z.strictObject({
  mode: z.enum(publicModes),
  /** Where the widget may stand and the chat page may be framed; the server's own is always one. */
  origins: z
    .array(origin)
    .max(100)
    .refine((list) => new Set(list).size === list.length, {
      message: 'An origin stands in the list twice',
    }),
  /** How many messages: from an address in a minute, in a session, to the flow in a day (UTC). */
  limits: z.strictObject({
    perMinute: atMost(10_000),
    perSession: atMost(10_000),
    perDay: atMost(10_000_000),
  }),
})

export type PublicSettings = z.infer<typeof publicSettingsSchema>

export const closedSettings: PublicSettings = {
  mode: 'off',
  origins: [],
  limits: { perMinute: 10, perSession: 100, perDay: 1000 },
}
