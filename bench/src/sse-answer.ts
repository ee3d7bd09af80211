/** What a load client has read of one answer; `end` is undefined until the server ended it. */
export interface SseAnswer {
  text: string
  end?: 'complete' | 'error'
}

/**
 * Feeds an answer's text to `answer`, whatever of the targets it is from: the token is the data
 * itself, its `content`, or in OpenAI's chunk.
 */
export function sseReader(answer: SseAnswer): (text: string) => void {
  let pending = ''
  return (text) => {
    pending += text
    const events = pending.split('\n\n')
    pending = events.pop() ?? ''
    for (const event of events) readEvent(event, answer)
  }
}

/** Looks at each event as little as it can: the client's work takes cores from the server's. */
function readEvent(event: string, answer: SseAnswer): void {
  const dataAt = event.startsWith('data: ') ? 6 : event.indexOf('\ndata: ') + 7
  const head = event.slice(0, dataAt)
  if (head.includes('event: error')) answer.end = 'error'
  else if (head.includes('event: end')) answer.end = 'complete'
  else if (event === 'data: [DONE]') answer.end = 'complete'
  else if (dataAt > 6 || head === 'data: ') answer.text += tokenOf(JSON.parse(event.slice(dataAt)))
}

type TokenData =
  | string
  | { readonly content: string }
  | { readonly choices: readonly { readonly delta: { readonly content?: string } }[] }

function tokenOf(data: TokenData): string {
  if (typeof data === 'string') return data
  if ('content' in data) return data.content
  return data.choices[0]?.delta.content ?? ''
}
