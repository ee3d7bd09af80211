/** How a client wants its vectors: as numbers, or their bytes as text. */
export type EmbeddingFormat = 'float' | 'base64'

/** Texts for the thread that embeds. */
export interface EmbeddingBatch {
  readonly number: number
  readonly texts: readonly string[]
  readonly format: EmbeddingFormat
}

/** What it answers: the vectors of a batch as JSON text, in the order of the texts. */
export type EmbeddingAnswer =
  | { readonly number: number; readonly embeddings: readonly string[] }
  | { readonly number: number; readonly failure: string }
