/**
 * The file of a worker thread by its name. It lies beside this one: as TypeScript in the sources, as
 * JavaScript in the bundle.
 */
export function workerFile(name: string): URL {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  return new URL(`./${name}${extension}`, import.meta.url)
}
