import { defineCommand } from 'citty'
import { runOnData } from './data-command.ts'

/** `millrace rotate-key`: another key for the secrets of a data directory. */
export const rotateKeyCommand = defineCommand({
  meta: {
    name: 'rotate-key',
    description:
      'Seal all secrets with another key, while the server is stopped: a new one in the key file, or MILLRACE_NEW_SECRET_KEY.',
  },
  run: () =>
    runOnData(async ({ rotateKey, readKeys }, dataDirectory) => {
      const keys = readKeys(process.env)
      const { count, locked } = await rotateKey({ dataDirectory, ...keys })
      const done = `${count} ${count === 1 ? 'secret is' : 'secrets are'} sealed with the new key.`
      const next =
        keys.newSecretKey === undefined
          ? 'Start the server.'
          : 'Start the server with it as MILLRACE_SECRET_KEY.'
      return locked === 0
        ? `${done} ${next}`
        : `${done} ${locked} did not open with the old one and stay as they were. ${next}`
    }),
})
