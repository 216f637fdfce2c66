/** Debian's own installer as a mirror has it, out of the package that brings it for network starts. */
import { readFile } from 'node:fs/promises'

/** By the release; which one is installed is what `packages.txt` found. */
const releases = ['12', '13']
const files = ['linux', 'initrd.gz'] as const

/** Where a mirror has the two files, below the folder "installer-amd64". */
const onMirror = 'current/images/netboot/debian-installer/amd64'

/** The text installer's kernel and initrd, by their paths on a mirror whose folder "installer-amd64" is this one. */
export async function debianMirror(folder: string): Promise<Record<string, Buffer>> {
  const refusals: string[] = []
  for (const release of releases) {
    const root = `/usr/lib/debian-installer/images/${release}/amd64/text/debian-installer/amd64`
    try {
      const read = await Promise.all(files.map((file) => readFile(`${root}/${file}`)))
      return Object.fromEntries(read.map((bytes, at) => [`${folder}/${onMirror}/${files[at] ?? ''}`, bytes]))
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Error(
    `Debian's installer is not here; e2e/lab/install-packages.sh brings it: ${refusals[0] ?? ''}`,
  )
}
