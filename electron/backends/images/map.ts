/** Where an image has data of its own, where its base's show through, and where there is nothing. */
import type { ImageMap } from '../../../shared/model/storage/image'
import type { HostCommands } from './host-commands'
import { number, objectFrom } from './image-info'
import { readRecords } from './records'
import { toolError } from './tool-errors'

type Extent = ImageMap['extents'][number]

/** More cannot be drawn: a window is a few thousand points wide. */
const maxExtents = 20_000
const limitMs = 25_000

export async function readMap(host: HostCommands, path: string): Promise<ImageMap> {
  const command = await host.start(['qemu-img', 'map', '--output=json', '-U', path])
  const extents: Extent[] = []
  // qemu-img writes one piece a line
  const { isTruncated, exit, stderr } = await readRecords(
    command,
    '\n',
    (line) => {
      const extent = extentFrom(line)
      if (extent) append(extents, extent)
      return extents.length <= maxExtents
    },
    limitMs,
  )
  if (!isTruncated && exit.code !== 0) throw toolError('qemu-img', { stderr, code: exit.code ?? -1 })
  return { extents: extents.slice(0, maxExtents), isTruncated }
}

export function extentFrom(line: string): Extent | undefined {
  const text = /\{.*\}/.exec(line)?.[0]
  if (text === undefined) return undefined
  const json = objectFrom(text)
  const startBytes = number(json['start'])
  const lengthBytes = number(json['length'])
  if (startBytes === undefined || lengthBytes === undefined) return undefined
  const isData = json['data'] === true
  const kind = isData ? ((number(json['depth']) ?? 0) > 0 ? 'base' : 'data') : 'zero'
  return { startBytes, lengthBytes, kind }
}

function append(extents: Extent[], next: Extent): void {
  const last = extents.at(-1)
  if (last && last.kind === next.kind && last.startBytes + last.lengthBytes === next.startBytes) {
    extents[extents.length - 1] = { ...last, lengthBytes: last.lengthBytes + next.lengthBytes }
  } else extents.push(next)
}
