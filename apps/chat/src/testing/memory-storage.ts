/** A storage that is as large as it is told, in characters. */
export function memoryStorage(room = Infinity): Storage {
  const texts = new Map<string, string>()
  return {
    get length() {
      return texts.size
    },
    clear: () => texts.clear(),
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    removeItem: (key) => void texts.delete(key),
    setItem(key, text) {
      if (text.length > room) throw new DOMException('Full.', 'QuotaExceededError')
      texts.set(key, text)
    },
  }
}
