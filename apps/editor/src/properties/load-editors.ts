/** Fetches the text editors. */
export const loadEditors = () => import('./text-editors.ts')
