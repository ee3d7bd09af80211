import { isRecord } from './json.ts'
import { textOf } from './text-of.ts'

/** A source that a flow yields beside its answer. */
export interface Source {
  readonly title: string
  /** An address of the web; nothing else may become a link. */
  readonly url?: string
  readonly snippet?: string
  /** How well it fits, as whoever found it says. */
  readonly score?: number
}

/** What a value is to somebody who reads a chat. */
export type ReadValue =
  /** A piece of the answer; what follows goes on right behind it. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sources'; readonly items: readonly Source[] }
  /** What the flow does at the moment; the next one takes its place, the end of the run removes it. */
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'json'; readonly value: unknown }

/**
 * Reads a yielded or returned value as chats show it. Every surface for people reads values here, so
 * that a flow looks the same in each; a value of a shape that is not known stays JSON.
 */
export function readValue(value: unknown): ReadValue {
  if (isText(value)) return { kind: 'text', text: textOf(value) }
  if (!isRecord(value)) return { kind: 'json', value }
  const { type, items, text } = value
  if (type === 'sources' && Array.isArray(items)) {
    return { kind: 'sources', items: items.filter(isRecord).map(sourceOf) }
  }
  if (type === 'status' && typeof text === 'string') return { kind: 'status', text }
  return { kind: 'json', value }
}

/** Whether a value is a piece of the answer; the others stand beside it. */
export function isAnswer({ kind }: ReadValue): boolean {
  return kind === 'text' || kind === 'json'
}

/** Null is no text at all rather than the word for it. */
function isText(value: unknown): boolean {
  if (typeof value === 'string' || value === null || value === undefined) return true
  return isRecord(value) && typeof value['content'] === 'string'
}

function sourceOf({ title, url, snippet, score }: Readonly<Record<string, unknown>>): Source {
  return {
    title: firstText(title, url) ?? 'Source',
    ...(typeof url === 'string' && /^https?:/i.test(url) ? { url } : {}),
    ...(typeof snippet === 'string' && snippet !== '' ? { snippet } : {}),
    ...(typeof score === 'number' ? { score } : {}),
  }
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '')
}
