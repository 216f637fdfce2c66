import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { initrdFiles } from './initrd-files'

/** As the kernel's unpacker goes through an archive. */
function unpacked(archive: Uint8Array): Record<string, string> {
  const all = gunzipSync(archive)
  const found: Record<string, string> = {}
  for (let at = 0; ; ) {
    expect(all.toString('latin1', at, at + 6)).toBe('070701')
    const number = (field: number): number =>
      Number.parseInt(all.toString('latin1', at + 6 + field * 8, at + 14 + field * 8), 16)
    const [mode, size, nameLength] = [number(1), number(6), number(11)]
    const name = all.toString('utf8', at + 110, at + 110 + nameLength - 1)
    if (name === 'TRAILER!!!') return found
    expect(mode & 0o170_000).toBe(0o100_000)
    const data = (at + 110 + nameLength + 3) & ~3
    found[name] = all.toString('utf8', data, data + size)
    at = (data + size + 3) & ~3
  }
}

it('an archive for an initrd has each file whole, whatever its length', () => {
  const files = { 'ks.cfg': 'text\n', a: 'ü', abc: '', 'preseed.cfg': 'x'.repeat(5001) }
  const archive = initrdFiles(
    Object.entries(files).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })),
  )
  expect(unpacked(archive)).toEqual(files)
  expect(gunzipSync(archive).length % 4).toBe(0)
})
