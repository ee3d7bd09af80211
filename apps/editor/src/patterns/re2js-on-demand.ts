import type { RE2JS as Engine } from 're2js'

/**
 * What the built editor has in place of the package `re2js`, a tenth of all that a first opening
 * would fetch: `matches` in an expression reads its pattern once the engine is there.
 * @public to the build, which puts it in that place
 */
export const RE2JS = {
  compile(pattern: string): Engine {
    if (engine !== undefined) return engine.compile(pattern)
    void loadPatterns().catch(() => undefined)
    throw new Error('what reads patterns is still being fetched')
  },
}

let engine: typeof Engine | undefined
const listeners = new Set<() => void>()

/** Fetches the engine, once. */
export async function loadPatterns(): Promise<void> {
  if (engine !== undefined) return
  engine = (await import('re2js')).RE2JS
  for (const listener of listeners) listener()
}

/** Calls when the engine is there, so that what could not be checked without it is checked again. */
export function onPatternsLoaded(listener: () => void): void {
  listeners.add(listener)
}
