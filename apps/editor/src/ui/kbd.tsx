import { keyLabels } from './key-labels.ts'
import styles from './kbd.module.css'

/** The keys of a shortcut, written `Ctrl+Enter`; shown as the platform writes them. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className={styles.kbd}>{keyLabels(keys, isApple)}</kbd>
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')
