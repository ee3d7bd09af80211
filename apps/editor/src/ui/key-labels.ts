const pictures: Readonly<Record<string, string>> = {
  Enter: '↵',
  Backspace: '⌫',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}
const applePictures: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥' }

/** How a shortcut written `Ctrl+Shift+Z` reads on a keyboard of the platform. */
export function keyLabels(keys: string, isApple: boolean): string {
  const labels = keys
    .split(/\+(?!$)/)
    .map((key) => (isApple && applePictures[key]) || pictures[key] || key)
  return labels.join(isApple ? '' : ' ')
}
