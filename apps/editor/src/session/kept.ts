/** A text that this browser keeps; `undefined` when it keeps none. */
export function readKeptText(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    // A browser may forbid it.
    return undefined
  }
}

/** Keeps a text for this browser, or forgets it. A full or forbidden storage keeps none, which is no reason to fail. */
export function keepText(key: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // It lasts for as long as the page.
  }
}

/** A value that this browser keeps; `undefined` when it keeps none that can be read. */
export function readKept(key: string): unknown {
  try {
    return JSON.parse(readKeptText(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a value as JSON, as `keepText` keeps a text. */
export function keep(key: string, value: unknown): void {
  keepText(key, JSON.stringify(value))
}
