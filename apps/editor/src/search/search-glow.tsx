import styles from './search-glow.module.css'
import { useSearch } from './search-store.ts'

/** The marker around the card of a node that holds what is searched. */
export function SearchGlow({ nodeId }: { readonly nodeId: string }) {
  const isHit = useSearch(({ hitNodeIds }) => hitNodeIds.has(nodeId))
  return isHit ? <div className={styles.glow} data-testid="search-glow" /> : null
}
