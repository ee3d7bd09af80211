import { loadExpressions } from '../expressions/expressions-on-demand.ts'

/** Fetches the text editors, and what reads the expressions that are written in them. */
export async function loadEditors() {
  const [editors] = await Promise.all([import('./text-editors.ts'), loadExpressions()])
  return editors
}
