/**
 * Whether the emulator may get at a file. It runs as a user of its own: libvirt gives it the file itself when the guest
 * starts, but no folder on the way, so an image in somebody's home is the usual reason for a guest that does not start.
 */
import type { EditElement } from '../../../domain-xml/edit/tree'
import { parseXml } from '../../../domain-xml/document'
import { readTimeoutMs, type LibvirtHost } from '../host'

export interface EmulatorUser {
  readonly uid: string
  readonly gid: string
}

type Run = (argv: string[]) => Promise<{ readonly stdout: string; readonly code: number }>

/** Undefined where it may go everywhere, or is not known. */
export async function emulatorUser(
  host: LibvirtHost,
  domain: EditElement,
): Promise<EmulatorUser | undefined> {
  // a VM may name a user of its own
  if (host.driver !== 'QEMU' || domain.children('seclabel').length > 0) return undefined
  const { capabilities } = await host.rpc.call('CONNECT_GET_CAPABILITIES', undefined, {
    timeoutMs: readTimeoutMs,
  })
  const models = parseXml(capabilities, 'the capabilities of the host')
    .root.find('host')
    ?.children('secmodel')
  const label = models
    ?.find((model) => model.find('model')?.text() === 'dac')
    ?.find('baselabel')
    ?.text()
  const [, uid, gid] = /^\+(\d{1,10}):\+(\d{1,10})$/.exec(label ?? '') ?? []
  return uid === undefined || gid === undefined || uid === '0' ? undefined : { uid, gid }
}

/** What keeps the emulator from a file that is there. Only root may look with another user's eyes; others learn nothing. */
export async function whyOutOfReach(
  run: Run,
  { uid, gid }: EmulatorUser,
  path: string,
): Promise<string | undefined> {
  const seen = async (what: string): Promise<number> =>
    (await run(['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', 'test', '-e', what])).code
  if ((await seen(path)) !== 1 || (await seen('/')) !== 0) return undefined
  const { stdout } = await run(['id', '-nu', uid])
  return `The emulator runs as user “${stdout.trim() || uid}”, who may not enter a folder on the way to it`
}
