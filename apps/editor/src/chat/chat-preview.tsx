/** Stands here until the real one does. */
export function ChatPreview() {
  return null
}
