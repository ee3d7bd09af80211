import type { ComponentProps, MouseEvent } from 'react'
import { basePath } from '../api/base-path.ts'
import { navigate } from './router.ts'

export interface LinkProps extends ComponentProps<'a'> {
  readonly href: string
}

/** A link to a place of the editor, below the base path; opens in a new tab as links do. */
export function Link({ href, onClick, ...rest }: LinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event)
    const wantsNewTab = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0
    if (event.defaultPrevented || wantsNewTab) return
    event.preventDefault()
    navigate(href)
  }
  return <a {...rest} href={basePath + href} onClick={follow} />
}
