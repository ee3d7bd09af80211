import { revealed, Secret, type Connection } from '@millrace/engine'
import { isRecord } from '@millrace/flow'
import { basic } from './http/credential/basic.ts'
import { registry } from './registry.ts'

/**
 * A text that another server had a hand in, without the secrets of the connection to it. In a single
 * pass, so that what takes the place of a secret is never taken for another one.
 */
export function withoutSecrets(text: string, connection: Connection): string {
  const patterns = secretsOf(connection).map(patternOf)
  return patterns.length === 0
    ? text
    : text.replaceAll(new RegExp(patterns.join('|'), 'gu'), '[secret]')
}

/** From so many characters on, a secret is nothing that could be a part of a word by chance. */
const shortestInWords = 8

/** A short secret counts as a whole word only: taken out of others, it would show by what is missing. */
function patternOf(secret: string): string {
  const pattern = secret.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  return secret.length < shortestInWords
    ? String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])`
    : pattern
}

/** At most so many characters of what a provider says are in an error. */
const longestQuote = 300

/** What another server says, as it may stand in an error: without secrets, and cut short after that. */
export function quoted(words: string, connection: Connection): string {
  return withoutSecrets(words, connection).slice(0, longestQuote)
}

/** Whoever embeds the engine may give a key as plain text. */
const secretFields = ['apiKey', 'clientSecret', 'connectionString', 'password', 'token']

/** The secrets of a connection in clear, the longest first, so that none leaves a part of another. */
export function secretsOf({ kind, fields }: Connection): readonly string[] {
  // What is built in has nothing that is not the same everywhere.
  if (registry.connections.get(kind)?.builtIn === true) return []
  const values = Object.entries(fields).flatMap(([key, value]) => {
    if (isRecord(value) && !(value instanceof Secret)) {
      return Object.values(value).filter((part) => part instanceof Secret)
    }
    return value instanceof Secret || secretFields.includes(key) ? [value] : []
  })
  const user = revealed(fields['user'])
  return values
    .flatMap((value) => {
      const text = revealed(value)
      if (typeof text !== 'string') return []
      // "Bearer sk-…" may come back as "sk-…".
      // An API that tells its callers what they sent says a user and a password as it got them.
      const asBasic = typeof user === 'string' ? basic(user, text).split(' ').slice(1) : []
      return [text.trim(), text.trim().split(/\s+/).at(-1) ?? '', ...passwordsIn(text), ...asBasic]
    })
    .filter((text) => text !== '')
    .toSorted((left, right) => right.length - left.length)
}

/** What is secret in a connection string: a server is told no more of it. */
function passwordsIn(text: string): readonly string[] {
  const url = URL.parse(text.trim())
  const written = url === null ? [] : [url.password, decoded(url.password)]
  const pairs = text.matchAll(
    /(?:^|;)\s*(?:password|pwd|client ?secret)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|([^;]*))/gi,
  )
  return [...written, ...Array.from(pairs, (pair) => pair.slice(1).join('').trim())]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
