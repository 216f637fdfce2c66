/** Pools of a store for tests: folders of their own, and one that has little room. */
import { mkdir, readdir } from 'node:fs/promises'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { runHere } from './suite-store'

export interface SuitePool {
  readonly name: string
  readonly folder: string
  path(file: string): string
  files(): Promise<string[]>
}

export async function folderPool(session: HypervisorSession, root: string, name: string): Promise<SuitePool> {
  const folder = `${root}/${name}`
  await mkdir(folder, { recursive: true })
  const values = { name, type: 'dir', path: folder }
  await session.storage.createPool({ values, build: 'no', start: true, autostart: true }, calm())
  return {
    name,
    folder,
    path: (file) => `${folder}/${file}`,
    files: async () => (await readdir(folder)).filter((file) => !file.startsWith('.')),
  }
}

export async function smallPool(
  session: HypervisorSession,
  root: string,
  sizeBytes: number,
): Promise<SuitePool & { remove(): Promise<void> }> {
  const folder = `${root}/small`
  await mkdir(folder)
  await runHere(['mount', '-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'small', folder])
  return {
    ...(await folderPool(session, root, 'small')),
    async remove() {
      await runHere(['umount', folder])
    },
  }
}
