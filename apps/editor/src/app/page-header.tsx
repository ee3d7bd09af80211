import { Braces, Cable, History, KeyRound, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { ThemeMenu } from './theme-menu.tsx'
import { Link } from './link.tsx'
import { Mark } from './mark.tsx'
import { SignOutButton } from '../sign-in/sign-out-button.tsx'
import styles from './page-header.module.css'

/** The pages that the bar leads to. */
const ways = [
  { page: 'flows', href: '/', word: 'Flows', Icon: Workflow },
  { page: 'runs', href: '/runs', word: 'Runs', Icon: History },
  { page: 'connections', href: '/connections', word: 'Connections', Icon: Cable },
  { page: 'variables', href: '/variables', word: 'Variables', Icon: Braces },
  { page: 'keys', href: '/keys', word: 'API keys', Icon: KeyRound },
] as const

interface PageHeaderProps {
  /** `undefined` on a page that no way of the bar leads to. */
  readonly current?: (typeof ways)[number]['page']
  readonly children?: ReactNode
}

/** The bar over every page that is not the designer: the name, the ways, the theme. */
export function PageHeader({ current, children }: PageHeaderProps) {
  return (
    <header className={styles.bar}>
      <Link href="/" className={styles.brand}>
        <Mark />
        <span>Millrace</span>
      </Link>
      <nav className={styles.ways} aria-label="Pages">
        {ways.map(({ page, href, word, Icon }) => (
          <Link
            key={page}
            href={href}
            title={word}
            aria-current={current === page ? 'page' : undefined}
          >
            <Icon size={16} aria-hidden />
            <span>{word}</span>
          </Link>
        ))}
      </nav>
      <div className={styles.end}>
        {children}
        <ThemeMenu />
        <SignOutButton />
      </div>
    </header>
  )
}
