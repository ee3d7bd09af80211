/**
 * Where on its host the server is, without a slash at its end; empty for all of it. The server writes
 * it into the page.
 */
export const basePath = readBasePath()

/** The address of the server that the page is from, without a slash at its end. */
export function serverUrl(): string {
  return location.origin + basePath
}

function readBasePath(): string {
  // Tests that draw nothing have no page.
  if (typeof document === 'undefined') return ''
  const meta = document.querySelector<HTMLMetaElement>('meta[name="millrace-base"]')
  // As it was built, and in development, it is relative: all of the host.
  return meta?.content.replace(/^\.?\/$|\/$/, '') ?? ''
}
