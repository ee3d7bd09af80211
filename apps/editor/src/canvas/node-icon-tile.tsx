import { NodeIcon, type NodeIconProps } from './node-icon.tsx'
import styles from './node-icon-tile.module.css'

/** The picture of a node's type on a tile in the colour of its category. */
export function NodeIconTile({ definition }: Pick<NodeIconProps, 'definition'>) {
  return (
    <span className={styles.tile} data-category={definition?.category ?? 'unknown'}>
      <NodeIcon definition={definition} />
    </span>
  )
}
