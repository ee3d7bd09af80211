import { property } from '@millrace/flow'

/** What a node says about the model that embeds, in the order of the panel. */
export const embeddingProperties = {
  connection: property.connection({
    label: 'Connection',
    help: 'Where the model is: OpenAI, or any server that speaks its protocol.',
    required: true,
    kinds: ['openai', 'demo'],
  }),
  embeddingModel: property.model({
    label: 'Embedding model',
    help: 'The id of the model that embeds. What is searched must have been stored with the same one.',
    required: true,
    connection: 'connection',
    purpose: 'embedding',
    port: 1,
  }),
  dimensions: property.number({
    label: 'Dimensions',
    help: "How long the vectors are, where the model lets you choose. Empty: the model's own length.",
    minimum: 1,
    integer: true,
    placeholder: "The model's own",
  }),
}
