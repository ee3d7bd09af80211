/** A browser's storage in memory; with a limit, it is full at so many characters. */
export function fakeStorage(limit = Infinity): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      const others = [...kept].filter(([one]) => one !== key)
      const taken = others.reduce((sum, [, text]) => sum + text.length, value.length)
      if (taken > limit) throw new Error('The storage is full.')
      kept.set(key, value)
    },
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}
