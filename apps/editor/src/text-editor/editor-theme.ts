import { EditorView } from '@codemirror/view'

/** The look of the text editors, over CodeMirror's own base theme. */
export const editorTheme = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'transparent', minWidth: '0' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', lineHeight: 'inherit', overflowX: 'hidden' },
  '.cm-content': { padding: '5px 0', caretColor: 'var(--text)', minWidth: '0' },
  '.cm-line': { padding: '0 10px' },
  '.cm-placeholder': {
    color: 'var(--text-2)',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    maxWidth: '100%',
    verticalAlign: 'bottom',
  },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    zIndex: '60',
    padding: '5px',
    border: '1px solid var(--line)',
    borderRadius: '10px',
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow-raised)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font)',
    minWidth: '220px',
    maxHeight: '240px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '5px 8px',
    borderRadius: '6px',
    fontSize: '13px',
    lineHeight: '20px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--text)',
    backgroundColor: 'var(--surface-2)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > completion-section': {
    padding: '8px 8px 4px',
    border: 'none',
    font: '12px/16px var(--font)',
    color: 'var(--text-2)',
    opacity: '1',
  },
  '.cm-completionLabel': { font: '12px/20px var(--mono)' },
  // A sentence in place of suggestions.
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li.cm-note': {
    maxWidth: '300px',
    whiteSpace: 'normal',
  },
  '.cm-note .cm-completionLabel': { font: '12px/16px var(--font)', color: 'var(--text-2)' },
  '.cm-completionDetail': {
    marginLeft: '12px',
    fontStyle: 'normal',
    fontSize: '12px',
    color: 'var(--text-2)',
  },
  '.cm-tooltip.cm-completionInfo': {
    width: 'max-content',
    maxWidth: '240px',
    margin: '0 6px',
    padding: '8px 10px',
    border: '1px solid var(--line)',
    borderRadius: '10px',
    font: '12px/16px var(--font)',
    color: 'var(--text-2)',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow-raised)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
})
