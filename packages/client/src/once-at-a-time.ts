/**
 * Lets something be iterated again, but by one reader at a time: two would each get a part of the
 * values, and neither know it.
 */
export function onceAtATime<T>(
  runId: string,
  iterate: () => AsyncGenerator<T>,
): () => AsyncGenerator<T> {
  let isRead = false
  return async function* () {
    if (isRead) {
      throw new Error(`Run "${runId}" is being read already. Attach to it for another reader.`)
    }
    isRead = true
    try {
      yield* iterate()
    } finally {
      isRead = false
    }
  }
}
