import { isRecord, textOf } from '@millrace/flow'

/** A source that a flow yielded beside its answer. */
export interface Source {
  readonly title: string
  readonly url: string | undefined
  readonly snippet: string | undefined
}

/** One piece of an answer as the chat shows it. */
type AnswerPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'sources'; readonly items: readonly Source[] }

/** What a run's values read like in a chat. */
export interface Answer {
  readonly parts: readonly AnswerPart[]
  /** The last status line, which stands only while the run goes on. */
  readonly statusLine: string | undefined
}

/** The answer that the yielded values make, or the returned one where none was yielded. */
export function answerOf(yields: readonly unknown[], result: unknown): Answer {
  const parts: AnswerPart[] = []
  let statusLine: string | undefined
  let text: string[] = []
  const endText = () => {
    if (text.length > 0) parts.push({ kind: 'text', text: text.join('') })
    text = []
  }
  for (const value of yields) {
    if (isText(value)) {
      text.push(textOf(value))
      continue
    }
    if (isRecord(value) && value['type'] === 'status' && typeof value['text'] === 'string') {
      statusLine = value['text']
      continue
    }
    endText()
    parts.push(
      isRecord(value) && value['type'] === 'sources' && Array.isArray(value['items'])
        ? { kind: 'sources', items: value['items'].filter(isRecord).map(sourceOf) }
        : { kind: 'json', value },
    )
  }
  endText()
  if (yields.length === 0 && result !== undefined && result !== null) {
    parts.push({ kind: 'text', text: textOf(result) })
  }
  return { parts, statusLine }
}

/** The words of an answer, as they go into the history of the next turn. */
export function wordsOf({ parts }: Answer): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || (isRecord(value) && typeof value['content'] === 'string')
}

function sourceOf(item: Readonly<Record<string, unknown>>): Source {
  const { title, url, snippet } = item
  return {
    title: typeof title === 'string' ? title : typeof url === 'string' ? url : 'Source',
    url: typeof url === 'string' && /^https?:/.test(url) ? url : undefined,
    snippet: typeof snippet === 'string' ? snippet : undefined,
  }
}
