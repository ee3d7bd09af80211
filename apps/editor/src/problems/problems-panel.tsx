/** Stands here until the real one does. */
export function ProblemsPanel() {
  return null
}
