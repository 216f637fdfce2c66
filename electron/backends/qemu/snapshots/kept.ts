/** The snapshots of a VM as they are written down in its folder: one file each, as libvirt writes them, and which is current. */
import { AppError } from '../../../../shared/errors'
import type { EditDocument } from '../../../domain-xml/edit/tree'
import { readSnapshot, withWords, type SnapshotFacts } from '../../../domain-xml/snapshots/document'
import type { Store } from '../store/store'
import { folderOf } from '../store/names'

/** Of a VM's folder. */
export const snapshotFolder = 'snapshots'
const currentFile = 'current'

export interface KeptSnapshots {
  readonly snapshots: readonly SnapshotFacts[]
  readonly current: string | undefined
}

/** By folder. What is no snapshot is passed over: anybody may put files there. */
export async function readKept(
  store: Store,
  folders: readonly string[],
): Promise<Map<string, KeptSnapshots>> {
  const texts = await store.readKept(snapshotFolder, folders)
  return new Map(
    folders.map((folder) => {
      const own = [...texts].flatMap(([path, text]) =>
        path.startsWith(`${folder}/${snapshotFolder}/`) ? [[path, text] as const] : [],
      )
      const snapshots = own.flatMap(([path, text]) => (path.endsWith('.xml') ? readOne(text) : []))
      const current = own.find(([path]) => path.endsWith(`/${currentFile}`))?.[1]
      return [
        folder,
        { snapshots, current: snapshots.some(({ name }) => name === current) ? current : undefined },
      ]
    }),
  )
}

function readOne(text: string): SnapshotFacts[] {
  try {
    const facts = readSnapshot(text)
    return facts.name === '' || facts.document.root.name !== 'domainsnapshot' ? [] : [facts]
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

export async function keep(
  store: Store,
  folder: string,
  document: EditDocument,
  isCurrent: boolean,
): Promise<void> {
  const name = document.root.find('name')?.text() ?? ''
  await store.writeKept(folder, snapshotFolder, `${folderOf(name)}.xml`, document.toString())
  if (isCurrent) await setCurrent(store, folder, name)
}

export async function setCurrent(store: Store, folder: string, name: string | undefined): Promise<void> {
  if (name === undefined) await store.removeFiles(folder, `${snapshotFolder}/${currentFile}`)
  else await store.writeKept(folder, snapshotFolder, currentFile, name)
}

/** Its children are its parent's from then on, and where it was the place of the VM, that is its parent. */
export async function forget(store: Store, folder: string, name: string): Promise<void> {
  const { snapshots, current } = (await readKept(store, [folder])).get(folder) ?? {
    snapshots: [],
    current: undefined,
  }
  const gone = snapshots.find((one) => one.name === name)
  if (!gone) return
  for (const child of snapshots)
    if (child.parent === name) await keep(store, folder, withWords(child, parentOf(gone)), false)
  if (current === name) await setCurrent(store, folder, gone.parent)
  await store.removeFiles(folder, `${snapshotFolder}/${folderOf(name)}.xml`)
}

/** Without one, an empty name stands there, and `withWords` takes the element out. */
function parentOf({ parent }: SnapshotFacts): { readonly parent: string } {
  return { parent: parent ?? '' }
}
