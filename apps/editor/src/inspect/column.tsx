import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState, type CSSProperties, type ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './inspector.module.css'

export interface ColumnProps {
  readonly title: string
  readonly count: number
  /** In pixels. */
  readonly width: number
  readonly children: ReactNode
}

/** A column of the inspector, which can be folded to its title. */
export function Column({ title, count, width, children }: ColumnProps) {
  const [isFolded, setFolded] = useState(false)
  const name = `${title} (${count.toLocaleString('en')})`
  return (
    <section
      className={styles.column}
      data-folded={isFolded || undefined}
      // The type knows no custom properties.
      style={{ '--width': isFolded ? 32 : width } as CSSProperties}
      aria-label={title}
    >
      <header className={styles.columnHead}>
        {!isFolded && <h3>{name}</h3>}
        <IconButton
          label={isFolded ? `Unfold ${title.toLowerCase()}` : `Fold ${title.toLowerCase()}`}
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? (
            <ChevronRight size={14} aria-hidden />
          ) : (
            <ChevronLeft size={14} aria-hidden />
          )}
        </IconButton>
      </header>
      {isFolded ? <span className={styles.foldedTitle}>{name}</span> : children}
    </section>
  )
}
