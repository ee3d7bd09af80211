import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

/** The one place a sealed text is good for: moved to another, it does not open. */
export interface SecretPlace {
  readonly connection: string
  readonly field: string
}

/** Seals secrets for storage: AES-256-GCM, bound to their place. */
export interface SecretBox {
  seal(text: string, place: SecretPlace): string
  /** `undefined` when it was sealed with another key or for another place, or was tampered with. */
  open(sealed: string, place: SecretPlace): string | undefined
}

/** The layout of what follows the first byte: 12 bytes of nonce, 16 of tag, the sealed text. */
const layoutVersion = 1
const nonceLength = 12
const tagLength = 16

/** A box for one key, which may be a passphrase. The key is stretched at the first use. */
export function createSecretBox(key: string): SecretBox {
  let stretched: Buffer | undefined
  const keyBytes = () => (stretched ??= scryptSync(key, 'millrace/connections', 32))
  return {
    seal(text, place) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', keyBytes(), nonce)
      cipher.setAAD(aadOf(place))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(layoutVersion), nonce, cipher.getAuthTag(), sealed]).toString(
        'base64',
      )
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64')
      const tagStart = 1 + nonceLength
      const textStart = tagStart + tagLength
      if (bytes[0] !== layoutVersion || bytes.length < textStart) return undefined
      const nonce = bytes.subarray(1, tagStart)
      const cipher = createDecipheriv('aes-256-gcm', keyBytes(), nonce)
      cipher.setAAD(aadOf(place))
      cipher.setAuthTag(bytes.subarray(tagStart, textStart))
      try {
        return cipher.update(bytes.subarray(textStart), undefined, 'utf8') + cipher.final('utf8')
      } catch {
        return undefined
      }
    },
  }
}

function aadOf({ connection, field }: SecretPlace): Buffer {
  return Buffer.from(`${connection}/${field}`)
}
