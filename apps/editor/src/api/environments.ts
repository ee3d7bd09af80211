/** Where flows run: development is what is saved or on the canvas, the others what is published. */
export const environments = ['development', 'test', 'production'] as const

export type Environment = (typeof environments)[number]

/** Those that a flow is published to; the first is the one that most clients call. */
export const publishedEnvironments = ['production', 'test'] as const

export type PublishedEnvironment = (typeof publishedEnvironments)[number]

/** What environments are called. */
export const environmentNames: Readonly<Record<Environment, string>> = {
  development: 'Development',
  test: 'Test',
  production: 'Production',
}
