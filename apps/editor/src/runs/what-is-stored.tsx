import { useState } from 'react'
import { FetchedPart } from '../ui/fetched-part.tsx'
import styles from './what-is-stored.module.css'

const load = async () => ({ default: (await import('./stored-dialog.tsx')).StoredDialog })

/** Leads to all that is stored of a run. */
export function WhatIsStored() {
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  return (
    <>
      <button type="button" className={styles.link} onClick={() => setIsOpen(true)}>
        What is stored
      </button>
      {isOpen && (
        <FetchedPart
          name="What is stored"
          load={load}
          props={{ onClose: close }}
          onFailed={close}
        />
      )}
    </>
  )
}
