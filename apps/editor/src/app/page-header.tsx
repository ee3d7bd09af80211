import { Braces, Cable, History, KeyRound, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { ThemeMenu } from './theme-menu.tsx'
import { Link } from './link.tsx'
import { Mark } from './mark.tsx'
import { SignOutButton } from '../sign-in/sign-out-button.tsx'
import styles from './page-header.module.css'

interface PageHeaderProps {
  /** `undefined` on a page that no way of the bar leads to. */
  readonly current?: 'flows' | 'runs' | 'connections' | 'variables' | 'keys'
  readonly children?: ReactNode
}

/** The bar over every page that is not the designer: the name, the ways, the theme. */
export function PageHeader({ current, children }: PageHeaderProps) {
  return (
    <header className={styles.bar}>
      <Link href="/" className={styles.brand}>
        <Mark />
        Millrace
      </Link>
      <nav className={styles.ways} aria-label="Pages">
        <Link href="/" aria-current={current === 'flows' ? 'page' : undefined}>
          <Workflow size={16} aria-hidden />
          Flows
        </Link>
        <Link href="/runs" aria-current={current === 'runs' ? 'page' : undefined}>
          <History size={16} aria-hidden />
          Runs
        </Link>
        <Link href="/connections" aria-current={current === 'connections' ? 'page' : undefined}>
          <Cable size={16} aria-hidden />
          Connections
        </Link>
        <Link href="/variables" aria-current={current === 'variables' ? 'page' : undefined}>
          <Braces size={16} aria-hidden />
          Variables
        </Link>
        <Link href="/keys" aria-current={current === 'keys' ? 'page' : undefined}>
          <KeyRound size={16} aria-hidden />
          API keys
        </Link>
      </nav>
      <div className={styles.end}>
        {children}
        <ThemeMenu />
        <SignOutButton />
      </div>
    </header>
  )
}
