import { KeyRound, Lock } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import styles from './stored-secret.module.css'

interface StoredSecretProps {
  readonly label: string
  readonly isLocked: boolean
  readonly onReplace: () => void
}

/** In the place of a secret that is stored: it is never shown. */
export function StoredSecret({ label, isLocked, onReplace }: StoredSecretProps) {
  return (
    <div className={styles.stored} data-locked={isLocked || undefined}>
      {isLocked ? <Lock size={14} aria-hidden /> : <KeyRound size={14} aria-hidden />}
      <span>{isLocked ? 'Cannot be read' : 'Set, and never shown'}</span>
      <Button size="small" variant="quiet" onClick={onReplace}>
        Replace
        <span className="visually-hidden"> {label}</span>
      </Button>
    </div>
  )
}
