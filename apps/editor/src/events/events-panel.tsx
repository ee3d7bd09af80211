/** Stands here until the real one does. */
export function EventsPanel() {
  return null
}
