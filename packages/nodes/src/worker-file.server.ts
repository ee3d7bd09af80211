/**
 * The file of a worker thread by its name. It lies beside the module that asks, whose
 * `import.meta.url` is `beside`: as TypeScript in the sources, as JavaScript in the bundle.
 */
export function workerFile(name: string, beside: string): URL {
  const extension = beside.slice(beside.lastIndexOf('.'))
  return new URL(`./${name}${extension}`, beside)
}
