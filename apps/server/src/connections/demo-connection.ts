/** The demo model's own server, which speaks the protocol of real ones. */
export interface DemoServer {
  /** Up to and including the version. */
  readonly url: string
  close(): Promise<void>
}

/** Gives the built-in demo connection its address; starts the demo model when it is first used. */
export function createDemoConnection(startDemo: () => Promise<DemoServer>) {
  let starting: Promise<DemoServer> | undefined
  return {
    async open() {
      starting ??= startDemo().catch((error: unknown) => {
        starting = undefined
        throw error
      })
      return { baseUrl: (await starting).url, apiKey: 'demo' }
    },
    async close(): Promise<void> {
      await (await starting)?.close()
    },
  }
}
