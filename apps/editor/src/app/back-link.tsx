import { ChevronLeft } from 'lucide-react'
import { classNames } from '../ui/class-names.ts'
import styles from './back-link.module.css'
import { Link, type LinkProps } from './link.tsx'

/** The way back, at the start of a bar. */
export function BackLink({ children, className, ...rest }: LinkProps) {
  return (
    <Link {...rest} className={classNames(styles.back, className)}>
      <ChevronLeft size={16} aria-hidden />
      {children}
    </Link>
  )
}
