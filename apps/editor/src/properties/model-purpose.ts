/** What a model is asked for. */
export type ModelPurpose = 'chat' | 'embedding'

/** How ids of embedding models look, by their makers' own words. */
const embeds = /embed|(?:^|[-_/:])(?:bge|gte|e5|minilm|mpnet)(?:$|[-_:.])/i

/** What a model is most likely for, which lists of models do not say. */
export function likelyPurpose(modelId: string): ModelPurpose {
  return embeds.test(modelId) ? 'embedding' : 'chat'
}
