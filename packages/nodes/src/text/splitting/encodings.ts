/** The encodings by which tokens can be counted, with the models that use them. */
export const encodings = {
  cl100k_base: 'cl100k_base (text-embedding-3, GPT-4)',
  o200k_base: 'o200k_base (GPT-4o, GPT-5)',
} as const

export type EncodingName = keyof typeof encodings
