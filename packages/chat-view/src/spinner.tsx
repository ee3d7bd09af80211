import { LoaderCircle } from 'lucide-react'
import styles from './spinner.module.css'

/** A turning ring; decorative, so what it waits for must be said in text beside it. */
export function Spinner({ size = 16 }: { readonly size?: number }) {
  return <LoaderCircle className={styles.spinner} size={size} aria-hidden />
}
