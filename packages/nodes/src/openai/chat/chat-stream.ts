import { FlowError, isRecord, type Usage } from '@millrace/flow'
import { SseDecoder } from '../../http/sse-decoder.ts'
import { readUsage } from '../read-usage.ts'
import { ChunkTemplate } from './chunk-template.ts'
import { isBreak, reportedError } from './reported-error.ts'

/**
 * What a model's answer has said so far, read from the bytes of its stream. Whether the answer is
 * complete is decided by what was seen, never by how the connection ended.
 */
export class ChatStream {
  readonly #provider: string
  readonly #quote: (words: string) => string
  readonly #decoder: SseDecoder
  readonly #template = new ChunkTemplate()
  #deltas: string[] = []
  #content = ''
  #role = 'assistant'
  #modelId: string | undefined
  #finishReason: string | null = null
  #refusal: string | null = null
  #usage: Usage | null = null
  #isDone = false
  #isOver = false
  #failure: FlowError | undefined

  /**
   * For errors: `provider` is the name of the connection, and `quote` makes of the provider's words
   * what may stand in one.
   */
  constructor(provider: string, quote: (words: string) => string) {
    this.#provider = provider
    this.#quote = quote
    this.#decoder = new SseDecoder(provider, (text, start, end) => this.#take(text, start, end))
  }

  /** Takes the bytes of one read. What is wrong with them is kept in `failure`. */
  push(bytes: Uint8Array): void {
    try {
      this.#decoder.push(bytes)
    } catch (error) {
      if (!(error instanceof FlowError)) throw error
      this.#fail(error)
    }
  }

  /** The stream is over. An event that was not ended counts only when it says that all was sent. */
  finish(): void {
    this.#isOver = true
    this.#decoder.finish()
  }

  /** Takes an answer that came in one piece. */
  pushWhole(json: string): void {
    const hasChoice = this.#takeChunk(json)
    if (!hasChoice) this.#fail(noCompletion(this.#provider))
    this.#isDone = hasChoice
  }

  /** The pieces of content since the last call, in order; none is empty. */
  takeDeltas(): readonly string[] {
    const deltas = this.#deltas
    if (deltas.length > 0) this.#deltas = []
    return deltas
  }

  /** All of the content so far. */
  get content(): string {
    return this.#content
  }
  get role(): string {
    return this.#role
  }
  /** The model that answers; `undefined` while it was not said. */
  get modelId(): string | undefined {
    return this.#modelId
  }
  /** Once there is one, the content is complete. */
  get finishReason(): string | null {
    return this.#finishReason
  }
  get refusal(): string | null {
    return this.#refusal
  }
  get usage(): Usage | null {
    return this.#usage
  }
  /** Whether the server said that nothing more will come. */
  get isDone(): boolean {
    return this.#isDone
  }
  /** What went wrong in what was read; the deltas before it are good. */
  get failure(): FlowError | undefined {
    return this.#failure
  }

  #take(text: string, start: number, end: number): void {
    if (this.#isDone || this.#failure !== undefined) return
    const content = this.#template.read(text, start, end)
    if (content !== undefined) {
      this.#add(content)
      return
    }
    const data = text.slice(start, end)
    if (data.trim() === '[DONE]') this.#isDone = true
    else if (!this.#isOver && data.trim() !== '') this.#takeChunk(data)
  }

  /** Once the answer is complete, nothing that still comes can spoil it. */
  #fail(failure: FlowError): void {
    if (this.#finishReason === null) this.#failure ??= failure
  }

  /** Answers whether there was a choice of ours in it. */
  #takeChunk(data: string): boolean {
    const chunk = parse(data)
    if (!isRecord(chunk)) {
      this.#fail(noCompletion(this.#provider))
      return false
    }
    const reported = reportedError(chunk)
    if (reported !== undefined) {
      const { words } = reported
      this.#fail(this.#brokenOff(words === undefined ? '. Try again.' : `: ${this.#quote(words)}`))
      return false
    }
    if (isText(chunk['model'])) this.#modelId = chunk['model']
    if (isRecord(chunk['usage'])) this.#usage = readUsage(chunk['usage'])
    const choices = Array.isArray(chunk['choices']) ? chunk['choices'].filter(isRecord) : []
    const choice = choices.find(({ index }) => index === undefined || index === 0)
    if (choice === undefined) return false
    const isPlain = this.#takeChoice(choice) && !isRecord(chunk['usage']) && choices.length === 1
    if (isPlain) this.#template.learn(data)
    return true
  }

  /** Answers whether there was nothing in it but content. */
  #takeChoice(choice: Readonly<Record<string, unknown>>): boolean {
    const isPlain = this.#takeDelta(choice['delta'] ?? choice['message'])
    const finishReason = choice['finish_reason']
    if (!isText(finishReason)) return isPlain
    if (isBreak(finishReason)) this.#fail(this.#brokenOff(` (${finishReason}). Try again.`))
    else this.#finishReason = finishReason
    return false
  }

  /** Answers whether there was nothing in it but content. */
  #takeDelta(delta: unknown): boolean {
    if (!isRecord(delta)) return false
    if (isText(delta['role'])) this.#role = delta['role']
    if (isText(delta['refusal'])) this.#refusal = (this.#refusal ?? '') + delta['refusal']
    const { content } = delta
    if (Array.isArray(content)) this.#add(content.map(textOfPart).join(''))
    if (typeof content !== 'string') return false
    this.#add(content)
    return !isText(delta['refusal'])
  }

  /** `said` ends the sentence. */
  #brokenOff(said: string): FlowError {
    return new FlowError('provider_failed', `"${this.#provider}" broke off its answer${said}`, {
      retryable: true,
    })
  }

  #add(content: string): void {
    if (content === '') return
    this.#content += content
    this.#deltas.push(content)
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The text of one part of a content; what a model thought is no part of its answer. */
function textOfPart(part: unknown): string {
  return isRecord(part) && part['type'] === 'text' && isText(part['text']) ? part['text'] : ''
}

function noCompletion(provider: string): FlowError {
  return new FlowError(
    'upstream_protocol',
    `"${provider}" sent something that is not part of a chat completion. Check the base URL of the connection; it often ends with /v1.`,
    { retryable: true, property: 'connection' },
  )
}
