// The editors that CodeMirror makes, together in one chunk that is loaded on demand.
export { ChipEditor } from './chip-editor.tsx'
export { ExpressionEditor } from './expression-editor.tsx'
