/** Where a flow runs: development is the saved draft, the others what was published to them. */
export const environments = ['development', 'test', 'production'] as const

export type Environment = (typeof environments)[number]

/** Those that something is published to. */
export const publishedEnvironments = ['test', 'production'] as const

export type PublishedEnvironment = (typeof publishedEnvironments)[number]
