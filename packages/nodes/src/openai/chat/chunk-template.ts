import { isRecord } from '@millrace/flow'

/**
 * Knows what the chunks of one answer look like around their content, so that of the next chunk only
 * the content is parsed.
 *
 * The chunks of an answer differ in nothing else, except for the random padding that OpenAI calls
 * obfuscation. When the text before and after the content is the same as in a chunk that was parsed
 * whole, and the content is one JSON string, then parsing the whole would give the same.
 */
export class ChunkTemplate {
  #head = ''
  #tail = ''
  #isPadded = false
  #misses = 0

  /** The content of a chunk that looks like the one learned; `undefined` when it does not. */
  read(text: string, start: number, end: number): string | undefined {
    if (this.#head === '') return undefined
    const contentStart = start + this.#head.length
    const contentEnd = this.#tailStart(text, end)
    if (contentEnd < contentStart) return undefined
    // Slices are not copied, and comparing them takes a quarter of the time that `startsWith` takes.
    if (text.slice(start, contentStart) !== this.#head) return undefined
    if (text.slice(contentEnd, contentEnd + this.#tail.length) !== this.#tail) return undefined
    const content = unescape(text.slice(contentStart, contentEnd))
    if (content !== undefined) this.#misses = 0
    return content
  }

  /** Learns from a chunk that was parsed whole and holds this content and nothing else of interest. */
  learn(chunk: string): void {
    // A server whose chunks differ in other ways, such as a time in each, is not worth the attempt.
    if (this.#misses > 3) return
    this.#misses += 1
    const head = /^.*?"content":\s*"/s.exec(chunk)?.[0]
    if (head === undefined) return
    const literal = /^[^"\\]*(?:\\.[^"\\]*)*/s.exec(chunk.slice(head.length))?.[0] ?? ''
    const tail = chunk.slice(head.length + literal.length)
    if (contentOf(`${head}${probe}${tail}`) !== probe) return
    const padding = tail.indexOf(paddingKey)
    this.#isPadded = padding !== -1 && isPadding.test(tail.slice(padding + paddingKey.length))
    this.#head = head
    this.#tail = this.#isPadded ? tail.slice(0, padding + paddingKey.length) : tail
  }

  #tailStart(text: string, end: number): number {
    if (!this.#isPadded) return end - this.#tail.length
    const padding = text.lastIndexOf('"', end - '"}'.length - 1) + 1
    return isPadding.test(text.slice(padding, end)) ? padding - this.#tail.length : -1
  }
}

const probe = 'probe'
const paddingKey = ',"obfuscation":"'
const isPadding = /^[A-Za-z0-9]*"\}$/
// oxlint-disable-next-line no-control-regex -- JSON strings hold none, so what has one is no string
const isPlain = /^[^"\\\u0000-\u001F]*$/

/** The value of a JSON string without its quotes; `undefined` when it is no such string. */
function unescape(escaped: string): string | undefined {
  if (isPlain.test(escaped)) return escaped
  try {
    const value: unknown = JSON.parse(`"${escaped}"`)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

function contentOf(chunk: string): unknown {
  const parsed: unknown = JSON.parse(chunk)
  if (!isRecord(parsed) || !Array.isArray(parsed['choices'])) return undefined
  const choice: unknown = parsed['choices'][0]
  const delta = isRecord(choice) ? choice['delta'] : undefined
  return isRecord(delta) ? delta['content'] : undefined
}
