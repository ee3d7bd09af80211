import { allKeysOf, commandIds, commandOf, type CommandId } from './commands.ts'

/** What browsers keep for themselves, whatever a page says. */
const ofBrowsers = new Set(['Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Shift+N', 'Ctrl+Shift+T'])
/** What the controls and the canvas answer themselves. */
const ofControls = new Set(['Enter', 'Escape', 'Space', 'ArrowUp', 'ArrowDown'])
const ofCanvas = new Set(['ArrowLeft', 'ArrowRight', 'Shift+F10', 'ContextMenu'])

/** Why a command cannot have these keys, as a sentence that says what to do; `undefined` when it can. */
export function whyNotKeys(id: CommandId, keys: string): string | undefined {
  if (ofBrowsers.has(keys)) return 'The browser keeps these keys for itself. Press others.'
  if (ofControls.has(keys) || ofCanvas.has(keys)) {
    return 'The canvas needs this key itself. Press others.'
  }
  const other = commandIds.find((one) => one !== id && allKeysOf(one).includes(keys))
  if (other === undefined) return undefined
  return `These keys mean “${commandOf(other).label}”. Give that others first, or press others.`
}
