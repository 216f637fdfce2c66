/**
 * A file with a guest's memory, as QEMU writes it, and beside it what it belongs to: the definition it ran with, and how it
 * goes on. One without the other cannot be restored.
 */
import { z } from 'zod'
import { AppError } from '../../../../shared/errors'
import { folderOfPath, type SavedFile } from '../../../../shared/model/save/saved-state'
import { parseXml, type XmlElement } from '../../../domain-xml/document'
import { readBytes } from '../../images/read-bytes'
import { factsOf } from '../definition'
import type { QemuHost } from '../host'

const note = z.object({ wasRunning: z.boolean(), definition: z.string().max(1_048_576) })
/** QEMU_VM_FILE_MAGIC of its migration/qemu-file-types.h */
const magic = 'QEVM'

export interface SavedImage {
  readonly file: Omit<SavedFile, 'sizeBytes' | 'savedAtMs'>
  readonly wasRunning: boolean
  readonly definition: string
  /** Files that the guest writes to. */
  readonly diskPaths: readonly string[]
}

export function notePath(path: string): string {
  return `${path}.json`
}

export function noteOf(image: Pick<SavedImage, 'wasRunning' | 'definition'>): string {
  const { wasRunning, definition } = image
  return `${JSON.stringify({ wasRunning, definition }, null, 2)}\n`
}

/** Undefined for what is no note of ours. */
export function imageFrom(path: string, text: string | undefined): SavedImage | undefined {
  const found = note.safeParse(jsonOf(text))
  const facts = found.success ? factsOf(found.data.definition) : undefined
  if (!found.success || !facts) return undefined
  const { definition, wasRunning } = found.data
  return {
    file: { path, name: facts.name, vm: facts.id, memoryBytes: facts.maxMemoryBytes },
    wasRunning,
    definition,
    diskPaths: writableFiles(parseXml(definition).root),
  }
}

export async function readImage({ commands, store }: QemuHost, path: string): Promise<SavedImage> {
  if ((await commands.run(['test', '-e', path])).code !== 0)
    throw new AppError('not-found', `There is no file ${path} on the host`, {
      cure: 'It was moved or deleted.',
    })
  const head = await readBytes(commands, path, 0, magic.length)
  const name = notePath(path).slice(path.lastIndexOf('/') + 1)
  const text = (await store.readAt(folderOfPath(path), [name])).get(name)
  const image = imageFrom(path, text)
  if (Buffer.from(head).toString('latin1') !== magic || (text !== undefined && !image))
    throw new AppError('invalid', `${path} does not hold the memory of a VM`, {
      cure: 'Choose a file that "Save to file" has written. One whose writing was cut off cannot be restored.',
    })
  if (!image)
    throw new AppError('invalid', `The definition that belongs to ${path} is gone`, {
      cure: `Put ${notePath(path)} back beside it: the memory fits no other machine.`,
    })
  return image
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function writableFiles(root: XmlElement): string[] {
  return (root.find('devices')?.children('disk') ?? []).flatMap((disk) => {
    const path = disk.find('source')?.attribute('file')
    return path === undefined || disk.find('readonly') ? [] : [path]
  })
}
