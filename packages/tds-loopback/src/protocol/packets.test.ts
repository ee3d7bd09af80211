import fc from 'fast-check'
import { expect, it } from 'vitest'
import { messageType, PacketReader, PacketWriter } from './packets.ts'

function packetsOf(type: number, data: Buffer, packetSize: number): readonly Buffer[] {
  const packets: Buffer[] = []
  const writer = new PacketWriter(type, packetSize, (packet) => packets.push(packet))
  writer.add(data)
  writer.end()
  return packets
}

it('puts a message together, however it is cut into packets and reads', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(
      bytes,
      bytes,
      fc.integer({ min: 9, max: 64 }),
      fc.integer({ min: 1, max: 50 }),
      check,
    ),
  )

  function check(first: Uint8Array, second: Uint8Array, packetSize: number, readSize: number) {
    const sent = [first, second].map((data) => Buffer.from(data))
    const wire = Buffer.concat(
      sent.flatMap((data) => packetsOf(messageType.batch, data, packetSize)),
    )
    const reader = new PacketReader()
    const messages = Array.from({ length: Math.ceil(wire.length / readSize) }, (_, index) =>
      reader.push(wire.subarray(index * readSize, (index + 1) * readSize)),
    ).flat()
    expect(messages.map(({ data }) => data)).toEqual(sent)
  }
})

it('sends packets of the size that was agreed on, and the end with the last one', () => {
  const packets = packetsOf(messageType.answer, Buffer.alloc(20), 16)
  expect(packets.map((packet) => [packet.length, packet.readUInt8(1)])).toEqual([
    [16, 0],
    [16, 0],
    [12, 1],
  ])
})

it('knows a message that its client took back, and one that is to begin anew', () => {
  const [packet = Buffer.alloc(0)] = packetsOf(messageType.batch, Buffer.from('x'), 4096)
  const withStatus = (status: number) => {
    const bytes = Buffer.from(packet)
    bytes.writeUInt8(status, 1)
    return bytes
  }
  const reader = new PacketReader()
  expect(reader.push(Buffer.concat([withStatus(3), withStatus(9), withStatus(1)]))).toMatchObject([
    { isIgnored: true, resets: false },
    { isIgnored: false, resets: true },
    { isIgnored: false, resets: false },
  ])
})
