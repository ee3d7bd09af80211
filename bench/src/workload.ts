/** What a scenario asks of a server: so many streams at once, of so many tokens at this pace. */
export interface Workload {
  readonly streams: number
  readonly tokens: number
  /** Between two tokens of a stream, in ms; 0 sends them as fast as the socket takes them. */
  readonly delayMs: number
  /** How often it is done, one after the other on the same connections. */
  readonly repeat: number
}

/** The prompt of every request: it tells the mock provider, through any server, what to send. */
export function promptOf({ tokens, delayMs }: Pick<Workload, 'tokens' | 'delayMs'>): string {
  return `${tokens} tokens, ${delayMs} ms apart`
}

/** Reads a `promptOf` again. */
export function parsePrompt(prompt: string): Pick<Workload, 'tokens' | 'delayMs'> {
  const [, tokens, delayMs] = /^(\d+) tokens, (\d+) ms apart$/.exec(prompt) ?? []
  if (tokens === undefined || delayMs === undefined) {
    throw new Error(`"${prompt}" is not a prompt of the benchmark.`)
  }
  return { tokens: Number(tokens), delayMs: Number(delayMs) }
}

/** The text of an answer. Each token says its number, and some need escaping, as in real answers. */
export function tokensOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    index % 20 === 19 ? ` "größe"\n${index}` : ` token${index}`,
  )
}
