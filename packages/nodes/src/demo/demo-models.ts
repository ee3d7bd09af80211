/** The model of the demo connection that answers. */
export const demoModelId = 'demo'

/** The one that embeds. */
export const demoEmbedderId = 'demo-embedder'

/** Both, as OpenAI lists models. */
export const demoModels = [demoModelId, demoEmbedderId].map((id) => ({
  id,
  object: 'model',
  created: 1_767_225_600,
  owned_by: 'millrace',
}))
