/** How often things may be done, each by a name: as many times a minute, at once or spread. */
export interface TokenBuckets {
  /** Does it once more: answers 0, or in how many seconds that is possible again. */
  take(name: string, perMinute: number): number
}

interface Bucket {
  /** In parts of which `tokenParts` are a token, so that it is counted in whole numbers. */
  readonly parts: number
  /** Epoch milliseconds. */
  readonly at: number
}

/** As many as a minute has milliseconds: in one of them there come as many as tokens in a minute. */
const tokenParts = 60_000

/** Beyond so many names, those that have not come for a minute, and so are full again, are forgotten. */
const maxBuckets = 10_000

export function createTokenBuckets(now: () => number): TokenBuckets {
  const buckets = new Map<string, Bucket>()
  return {
    take(name, perMinute) {
      const at = now()
      const full = perMinute * tokenParts
      const bucket = buckets.get(name) ?? { parts: full, at }
      const parts = Math.min(full, bucket.parts + (at - bucket.at) * perMinute)
      const isThere = parts >= tokenParts
      // Maps keep their order: the first is the one that came longest ago.
      buckets.delete(name)
      buckets.set(name, { parts: isThere ? parts - tokenParts : parts, at })
      if (buckets.size > maxBuckets) forgetFull(buckets, at)
      return isThere ? 0 : Math.ceil((tokenParts - parts) / perMinute / 1000)
    },
  }
}

function forgetFull(buckets: Map<string, Bucket>, now: number): void {
  for (const [name, { at }] of buckets) {
    if (now - at < 60_000) return
    buckets.delete(name)
  }
}
