/** How long the view takes to get to another place, in ms: no time for who asked for less motion. */
export function viewMotion(): { readonly duration: number } {
  return { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200 }
}
