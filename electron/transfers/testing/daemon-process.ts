/** The libvirtd of a lab host as this machine sees it, so that a test can end it within a transfer that takes a second. */
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { stateDirectory, type LabHost } from '../../../e2e/lab/lab'

export async function daemonProcess({ name }: LabHost): Promise<number> {
  const init = (await readFile(join(stateDirectory, name, 'init.pid'), 'utf8')).trim()
  const inHost = await readlink(`/proc/${init}/ns/pid`)
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    // processes come and go meanwhile
    const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
    if (command.trim() !== 'libvirtd') continue
    if ((await readlink(`/proc/${pid}/ns/pid`).catch(() => '')) === inHost) return Number(pid)
  }
  throw new Error(`${name} has no libvirtd`)
}
