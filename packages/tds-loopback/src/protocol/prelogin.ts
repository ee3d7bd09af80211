import { u8 } from './bytes.ts'

/** SQL Server 2022, as it names itself before and after the login. */
export const serverVersion = [16, 0, 0x10, 0] as const

const option = { version: 0, encryption: 1, instance: 2, thread: 3, mars: 4, end: 0xff } as const
const encryption = { on: 0x01, notSupported: 0x02 } as const

/** What the server says first: its version, and whether the connection gets encrypted. */
export function preloginAnswer(security: 'plain' | 'tls'): Buffer {
  const options: readonly (readonly [number, Buffer])[] = [
    [option.version, u8(...serverVersion, 0, 0)],
    [option.encryption, u8(security === 'tls' ? encryption.on : encryption.notSupported)],
    [option.instance, u8(0)],
    [option.thread, Buffer.alloc(0)],
    [option.mars, u8(0)],
  ]
  let offset = options.length * 5 + 1
  const heads = options.map(([token, bytes]) => {
    const head = Buffer.alloc(5)
    head.writeUInt8(token, 0)
    head.writeUInt16BE(offset, 1)
    head.writeUInt16BE(bytes.length, 3)
    offset += bytes.length
    return head
  })
  return Buffer.concat([...heads, u8(option.end), ...options.map(([, bytes]) => bytes)])
}
