import { Worker } from 'node:worker_threads'
import { workerFile } from '../worker-file.server.ts'
import type { EmbeddingAnswer, EmbeddingBatch, EmbeddingFormat } from './embedding-batch.ts'

/** The vectors of the demo embedder are this long. */
export const demoDimensions = 512

/** A real model for English sentences, in a thread of its own. */
export interface DemoEmbedder {
  /** The vectors of texts as JSON text, in their order. Rejects when it is closed or stopped. */
  embed(
    texts: readonly string[],
    options: { readonly format: EmbeddingFormat; readonly signal: AbortSignal },
  ): Promise<readonly string[]>
  close(): Promise<void>
}

/** Starts the thread when it is first needed; starts another one should it die. */
export function createDemoEmbedder(): DemoEmbedder {
  const waiting = new Map<number, PromiseWithResolvers<readonly string[]>>()
  let lastNumber = 0
  let worker: Worker | undefined
  let isClosed = false

  function start(): Worker {
    const started = new Worker(workerFile('demo-embedder-worker.server', import.meta.url))
    started.unref()
    started.on('message', (answer: EmbeddingAnswer) => {
      const { resolve, reject } = waiting.get(answer.number) ?? {}
      waiting.delete(answer.number)
      if ('failure' in answer) reject?.(new Error(answer.failure))
      else resolve?.(answer.embeddings)
    })
    started.on('error', (error) => give(started, error))
    started.on('exit', () => give(started, new Error('The thread of the demo embedder ended.')))
    return started
  }

  function give(dead: Worker, error: unknown): void {
    if (worker !== dead) return
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  async function embedBatch(
    texts: readonly string[],
    format: EmbeddingFormat,
  ): Promise<readonly string[]> {
    if (isClosed) throw new Error('The demo embedder is closed.')
    worker ??= start()
    lastNumber += 1
    const answer = Promise.withResolvers<readonly string[]>()
    waiting.set(lastNumber, answer)
    worker.postMessage({ number: lastNumber, texts, format } satisfies EmbeddingBatch)
    return answer.promise
  }

  return {
    async embed(texts, { format, signal }) {
      const embeddings: string[] = []
      // The next batch is sent when the last one came back: requests that wait take turns.
      for (const batch of batchesOf(texts)) {
        signal.throwIfAborted()
        embeddings.push(...(await embedBatch(batch, format)))
      }
      return embeddings
    },
    async close() {
      isClosed = true
      await worker?.terminate()
    },
  }
}

/** What the model embeds in about a tenth of a second. */
const batchTexts = 8
const batchCharacters = 4000

/** The texts in batches that keep others waiting briefly; a longer text is one by itself. */
function* batchesOf(texts: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = []
  let size = 0
  for (const text of texts) {
    const isFull = batch.length === batchTexts || size + text.length > batchCharacters
    if (isFull && batch.length > 0) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(text)
    size += text.length
  }
  if (batch.length > 0) yield batch
}
